import { and, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Database } from '#main/platform/db/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type AssetId, type Project, type ProjectId, usedAssets } from '#shared/model/index.ts';
import { type ProjectRow, projectAssetsTable, projectsTable } from './schema.ts';
import { summarise } from './summary.ts';
import type { ProjectOrigin } from './types.ts';

/** What another process may change of a project. */
export type ProjectMark = Pick<ProjectRow, 'id' | 'headSeq' | 'removedAt'>;

/** Rows of projects, their summaries and the media they use. */
export interface ProjectStore {
  /** Throws `not-found`. */
  row(id: ProjectId): ProjectRow;
  has(id: ProjectId): boolean;
  list(isRemoved: boolean): ProjectRow[];
  count(): number;
  hasOrigin(origin: ProjectOrigin): boolean;
  marks(): ProjectMark[];
  insert(project: Project, origin: ProjectOrigin, nowMs: number): void;
  /** Moves the head; returns true when what lists show has changed. */
  moveHead(row: ProjectRow, head: { seq: number; lastSeq: number; project: Project }, nowMs: number): boolean;
  setRemoved(id: ProjectId, removedAt: number | null): void;
  namesUsing(ids: readonly AssetId[]): string[];
  /** Projects (those not removed) that use this asset. */
  idsUsing(id: AssetId): ProjectId[];
}

/** Most ids in one question to the database. */
const idsAtOnce = 500;

/** Creates the store; every method is to be called in the transaction of its caller. */
export function createProjectStore(db: Database): ProjectStore {
  const count = db.raw.prepare<{ count: number }>('SELECT count(*) AS count FROM projects WHERE removed_at IS NULL');
  const assetsOf = db.raw.prepare<{ assetId: AssetId }>(
    'SELECT asset_id AS assetId FROM project_assets WHERE project_id = ?',
  );
  const addAsset = db.raw.prepare('INSERT OR IGNORE INTO project_assets (asset_id, project_id) VALUES (?, ?)');
  const dropAsset = db.raw.prepare('DELETE FROM project_assets WHERE asset_id = ? AND project_id = ?');

  function noteAssets(project: Project): void {
    const now = new Set(usedAssets(project));
    const before = new Set(assetsOf.all(project.id).map(({ assetId }) => assetId));
    for (const id of now) if (!before.has(id)) addAsset.run(id, project.id);
    for (const id of before) if (!now.has(id)) dropAsset.run(id, project.id);
  }

  return {
    row(id) {
      const row = db.orm.select().from(projectsTable).where(eq(projectsTable.id, id)).get();
      if (row) return row;
      throw new AppError('not-found', 'There is no such project in this library.', { details: { projectId: id } });
    },
    has: (id) =>
      db.orm.select({ id: projectsTable.id }).from(projectsTable).where(eq(projectsTable.id, id)).get() !== undefined,
    list: (isRemoved) =>
      db.orm
        .select()
        .from(projectsTable)
        .where(isRemoved ? isNotNull(projectsTable.removedAt) : isNull(projectsTable.removedAt))
        .orderBy(desc(projectsTable.updatedAt), desc(projectsTable.id))
        .all(),
    count: () => count.get()?.count ?? 0,
    hasOrigin: (origin) =>
      db.orm.select({ id: projectsTable.id }).from(projectsTable).where(eq(projectsTable.origin, origin)).get() !==
      undefined,
    marks: () => {
      const { id, headSeq, removedAt } = projectsTable;
      return db.orm.select({ id, headSeq, removedAt }).from(projectsTable).all();
    },
    insert(project, origin, nowMs) {
      const history = { headSeq: 0, lastSeq: 0, createdAt: nowMs, updatedAt: nowMs };
      db.orm
        .insert(projectsTable)
        .values({ id: project.id, origin, ...summarise(project), ...history })
        .run();
      noteAssets(project);
    },
    moveHead(row, { seq, lastSeq, project }, nowMs) {
      const summary = summarise(project);
      db.orm
        .update(projectsTable)
        .set({ ...summary, headSeq: seq, lastSeq, updatedAt: nowMs })
        .where(eq(projectsTable.id, row.id))
        .run();
      noteAssets(project);
      const { name, slots, variantCount, coverAssetId } = row;
      return JSON.stringify({ name, slots, variantCount, coverAssetId }) !== JSON.stringify(summary);
    },
    setRemoved: (id, removedAt) =>
      void db.orm.update(projectsTable).set({ removedAt }).where(eq(projectsTable.id, id)).run(),
    idsUsing: (id) =>
      db.orm
        .selectDistinct({ id: projectsTable.id })
        .from(projectAssetsTable)
        .innerJoin(projectsTable, eq(projectsTable.id, projectAssetsTable.projectId))
        .where(and(eq(projectAssetsTable.assetId, id), isNull(projectsTable.removedAt)))
        .all()
        .map((row) => row.id),
    namesUsing(ids) {
      const names = new Map<ProjectId, string>();
      for (let from = 0; from < ids.length; from += idsAtOnce) {
        const some = ids.slice(from, from + idsAtOnce);
        const rows = db.orm
          .selectDistinct({ id: projectsTable.id, name: projectsTable.name })
          .from(projectAssetsTable)
          .innerJoin(projectsTable, eq(projectsTable.id, projectAssetsTable.projectId))
          .where(and(inArray(projectAssetsTable.assetId, [...some]), isNull(projectsTable.removedAt)))
          .orderBy(sql`${projectsTable.name} COLLATE NOCASE`)
          .all();
        for (const { id, name } of rows) names.set(id, name);
      }
      return [...names.values()];
    },
  };
}
