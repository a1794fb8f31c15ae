import type { Database } from '#main/platform/db/index.ts';
import type { AppErrorData } from '#shared/errors/index.ts';
import type { JobId, Rendition, RenditionKind } from '#shared/model/index.ts';
import type { RenditionRow } from './asset-record.ts';

/** A finished rendition's file and how to read it. */
export interface MadeRendition {
  /** Path below the renditions folder. */
  file: string;
  mime: string;
  sizeBytes: number;
  version: string;
  filmstrip?: Rendition['filmstrip'];
  waveform?: Rendition['waveform'];
}

/** Reads and writes renditions. */
export type RenditionStore = ReturnType<typeof createRenditionStore>;

/** Prepares the statements. */
export function createRenditionStore(db: Database) {
  const { raw } = db;
  const get = raw.prepare<RenditionRow>('SELECT * FROM renditions WHERE asset_seq = ? AND kind = ?');
  const all = raw.prepare<RenditionRow>('SELECT * FROM renditions WHERE asset_seq = ?');
  const queue = raw.prepare(`
    INSERT INTO renditions (asset_seq, kind, state, job_id) VALUES (?, ?, 'queued', ?)
    ON CONFLICT (asset_seq, kind) DO UPDATE SET state = 'queued', error = NULL, job_id = excluded.job_id`);
  const ready = raw.prepare(`
    UPDATE renditions SET state = 'ready', file = ?, mime = ?, size_bytes = ?, version = ?, shape = ?, error = NULL
    WHERE asset_seq = ? AND kind = ?`);
  const fail = raw.prepare(`
    UPDATE renditions SET state = 'failed', error = ? WHERE asset_seq = ? AND kind = ? AND state <> 'ready'`);
  const unfinished = raw.prepare<RenditionRow>(`SELECT * FROM renditions WHERE state = 'queued'`);
  const byJob = raw.prepare<RenditionRow>(`SELECT * FROM renditions WHERE state = 'queued' AND job_id = ?`);
  return {
    get: (seq: number, kind: RenditionKind) => get.get(seq, kind),
    all: (seq: number) => all.all(seq),
    queue: (seq: number, kind: RenditionKind, jobId: JobId) => void queue.run(seq, kind, jobId),
    ready(seq: number, kind: RenditionKind, made: MadeRendition): void {
      const shape = JSON.stringify({ filmstrip: made.filmstrip ?? null, waveform: made.waveform ?? null });
      ready.run(made.file, made.mime, made.sizeBytes, made.version, shape, seq, kind);
    },
    fail: (seq: number, kind: RenditionKind, error: AppErrorData) => void fail.run(JSON.stringify(error), seq, kind),
    unfinished: () => unfinished.all(),
    byJob: (jobId: JobId) => byJob.get(jobId),
  };
}
