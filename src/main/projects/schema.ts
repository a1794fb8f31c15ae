import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AssetId, ProjectId } from '#shared/model/index.ts';
import type { ProjectOrigin } from './types.ts';

/** Tables of `0003_projects.sql` as the query builder sees them. The journal is read and written by plain statements. */
export const projectsTable = sqliteTable('projects', {
  id: text('id').$type<ProjectId>().primaryKey(),
  name: text('name').notNull(),
  origin: text('origin').$type<ProjectOrigin>().notNull(),
  headSeq: integer('head_seq').notNull(),
  lastSeq: integer('last_seq').notNull(),
  slots: text('slots').notNull(),
  variantCount: integer('variant_count').notNull(),
  coverAssetId: text('cover_asset_id').$type<AssetId>(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
  removedAt: integer('removed_at'),
});

/** Media in use, per project. */
export const projectAssetsTable = sqliteTable(
  'project_assets',
  {
    assetId: text('asset_id').$type<AssetId>().notNull(),
    projectId: text('project_id').$type<ProjectId>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.assetId, table.projectId] })],
);

/** One row of {@link projectsTable}. */
export type ProjectRow = typeof projectsTable.$inferSelect;
