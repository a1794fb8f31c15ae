import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { CheckReport, Handoff, HandoffFile, RateControl, Review } from '#shared/contract/render.ts';
import type { AppErrorData } from '#shared/errors/index.ts';
import type {
  CreativeId,
  ExportBatchId,
  JobId,
  OutputVersion,
  PlacementId,
  ProjectId,
  Ratio,
  RatioGroupId,
  Release,
  ReleaseId,
  Variant,
} from '#shared/model/index.ts';
import type { Rate } from '#shared/units/index.ts';
import type { SegmentRecord } from './plan/segment-record.ts';

/** Tables of `0004_render.sql`, `0006_matrix.sql` and `0010_flow.sql` as drizzle sees them. */
export const snapshotsTable = sqliteTable('render_snapshots', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  projectId: text('project_id').$type<ProjectId>().notNull(),
  hash: text('hash').notNull(),
  project: text('project').notNull(),
  createdAt: integer('created_at').notNull(),
});

export const creativesTable = sqliteTable('creatives', {
  id: text('id').$type<CreativeId>().primaryKey(),
  projectId: text('project_id').$type<ProjectId>().notNull(),
  variantKey: text('variant_key').notNull(),
  ratio: text('ratio').$type<Ratio>().notNull(),
});

export const ratioGroupsTable = sqliteTable('ratio_groups', {
  id: text('id').$type<RatioGroupId>().primaryKey(),
  projectId: text('project_id').$type<ProjectId>().notNull(),
  variantKey: text('variant_key').notNull(),
});

export const handoffsTable = sqliteTable('handoffs', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  batchId: text('batch_id').$type<ExportBatchId>().notNull(),
  signature: text('signature'),
  files: text('files', { mode: 'json' }).$type<HandoffFile[]>().notNull().default([]),
  error: text('error', { mode: 'json' }).$type<AppErrorData>(),
});

/** Where an export stands as stored. */
export type StoredState = 'queued' | 'running' | 'finished' | 'failed' | 'cancelled';

/** Nothing beside the files. */
const noHandoff: Handoff = { hasCaptions: false, hasCovers: false, hasTable: false, isZipped: false };

export const exportsTable = sqliteTable('exports', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  id: text('id').notNull(),
  batchId: text('batch_id').$type<ExportBatchId>().notNull(),
  projectId: text('project_id').$type<ProjectId>().notNull(),
  projectName: text('project_name').notNull(),
  snapshotId: integer('snapshot_id').notNull(),
  creativeId: text('creative_id').$type<CreativeId>().notNull(),
  revision: integer('revision').notNull(),
  variant: text('variant', { mode: 'json' }).$type<Variant>().notNull(),
  variantKey: text('variant_key').notNull(),
  variantName: text('variant_name').notNull(),
  ratio: text('ratio').$type<Ratio>().notNull(),
  presetId: text('preset_id').notNull(),
  outDir: text('out_dir').notNull(),
  fileName: text('file_name').notNull(),
  state: text('state').$type<StoredState>().notNull(),
  jobId: text('job_id').$type<JobId>(),
  frameCount: integer('frame_count').notNull(),
  durationSeconds: real('duration_seconds').notNull(),
  sizeBytes: integer('size_bytes'),
  error: text('error', { mode: 'json' }).$type<AppErrorData>(),
  checkReport: text('check_report', { mode: 'json' }).$type<CheckReport>(),
  releaseId: text('release_id').$type<ReleaseId>(),
  placing: text('placing', { mode: 'json' }).$type<Placing>(),
  version: text('version').$type<OutputVersion>().notNull().default('full'),
  placements: text('placements', { mode: 'json' }).$type<PlacementId[]>().notNull().default([]),
  rateControl: text('rate_control', { mode: 'json' }).$type<RateControl>().notNull().default({ mode: 'quality' }),
  handoff: text('handoff', { mode: 'json' }).$type<Handoff>().notNull().default(noHandoff),
  rate: text('rate', { mode: 'json' }).$type<Rate>().notNull(),
  sections: text('sections', { mode: 'json' }).$type<Release['sections']>().notNull().default([]),
  isPaused: integer('is_paused', { mode: 'boolean' }).notNull().default(false),
  namingPattern: text('naming_pattern'),
  nameIndex: integer('name_index').notNull().default(1),
  estimatedMs: real('estimated_ms').notNull().default(0),
  createdAt: integer('created_at').notNull(),
  finishedAt: integer('finished_at'),
});

/** Where the pieces of exports came from: a long column of {@link exportsTable} that lists do without. */
export const exportSegmentsTable = sqliteTable('exports', {
  id: text('id').notNull(),
  segments: text('segments', { mode: 'json' }).$type<SegmentRecord[]>(),
});

/** A checked file that is being given its name. */
export interface Placing {
  path: string;
  sha256: string;
  report: CheckReport;
}

/** One row of {@link exportsTable}. */
export type ExportRow = typeof exportsTable.$inferSelect;

export const releasesTable = sqliteTable('releases', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  id: text('id').$type<ReleaseId>().notNull(),
  creativeId: text('creative_id').$type<CreativeId>().notNull(),
  revision: integer('revision').notNull(),
  projectId: text('project_id').$type<ProjectId>().notNull(),
  exportId: text('export_id').notNull(),
  planFingerprint: text('plan_fingerprint').notNull(),
  record: text('record', { mode: 'json' }).$type<Release>().notNull(),
  createdAt: integer('created_at').notNull(),
});

export const reviewsTable = sqliteTable('reviews', {
  exportId: text('export_id').primaryKey(),
  verdict: text('verdict').$type<Review['verdict']>().notNull(),
  notes: text('notes', { mode: 'json' }).$type<Review['notes']>().notNull(),
  updatedAt: integer('updated_at').notNull(),
});

export const speedsTable = sqliteTable('render_speeds', {
  key: text('key').primaryKey(),
  frames: real('frames').notNull(),
  ms: real('ms').notNull(),
  bytes: real('bytes').notNull(),
});
