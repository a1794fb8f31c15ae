import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Tables of `0002_library.sql` as drizzle sees them. Hot paths and full text use SQL itself. */
export const assets = sqliteTable('assets', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  id: text('id').notNull(),
  kind: text('kind', { enum: ['video', 'image', 'audio', 'caption', 'document'] }).notNull(),
  name: text('name').notNull(),
  sizeBytes: integer('size_bytes').notNull(),
  contentHash: text('content_hash'),
  quickKey: text('quick_key').notNull(),
  durationMs: integer('duration_ms'),
  ratio: text('ratio'),
  playbackNote: text('playback_note'),
  origin: text('origin', { enum: ['import', 'sample', 'generated', 'recorded'] }).notNull(),
  rights: text('rights'),
  rating: integer('rating').notNull().default(0),
  isRejected: integer('is_rejected', { mode: 'boolean' }).notNull().default(false),
  isMissing: integer('is_missing', { mode: 'boolean' }).notNull().default(false),
  removedAt: integer('removed_at'),
  sourceFolder: text('source_folder').notNull(),
  shootDay: text('shoot_day').notNull(),
  importedAt: integer('imported_at').notNull(),
});

/** What looking at the file told, as JSON. */
export const assetProbes = sqliteTable('asset_probes', {
  assetSeq: integer('asset_seq').primaryKey(),
  probe: text('probe').notNull(),
});

/** Where an asset's bytes are. */
export const assetLocations = sqliteTable('asset_locations', {
  path: text('path').primaryKey(),
  assetSeq: integer('asset_seq').notNull(),
  mode: text('mode', { enum: ['link', 'copy'] }).notNull(),
  isMissing: integer('is_missing', { mode: 'boolean' }).notNull().default(false),
  sizeBytes: integer('size_bytes').notNull(),
  modifiedMs: real('modified_ms').notNull(),
  changedMs: real('changed_ms'),
  addedAt: integer('added_at').notNull(),
});

/** Files derived from an asset. */
export const renditions = sqliteTable('renditions', {
  assetSeq: integer('asset_seq').notNull(),
  kind: text('kind', { enum: ['thumbnail', 'filmstrip', 'waveform', 'proxy', 'still'] }).notNull(),
  state: text('state', { enum: ['queued', 'ready', 'failed'] }).notNull(),
  mime: text('mime').notNull().default(''),
  sizeBytes: integer('size_bytes').notNull().default(0),
  version: text('version').notNull().default(''),
  file: text('file'),
  shape: text('shape'),
  error: text('error'),
  jobId: text('job_id'),
});

/** Named in/out ranges; times are JSON rationals. */
export const subclips = sqliteTable('subclips', {
  id: text('id').primaryKey(),
  assetSeq: integer('asset_seq').notNull(),
  name: text('name').notNull(),
  inSeconds: text('in_seconds').notNull(),
  outSeconds: text('out_seconds').notNull(),
  createdAt: integer('created_at').notNull(),
});

/** Hand-made groups. */
export const collections = sqliteTable('collections', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: integer('created_at').notNull(),
});

/** Members of collections. */
export const collectionAssets = sqliteTable('collection_assets', {
  collectionId: text('collection_id').notNull(),
  assetSeq: integer('asset_seq').notNull(),
});
