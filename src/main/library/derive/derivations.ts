import { join } from 'node:path';
import { z } from 'zod';
import { defineJob, type JobRequest, type Jobs, type JobView } from '#main/jobs/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import type { Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import { AppError, type AppErrorData, cancelledError, toAppError } from '#shared/errors/index.ts';
import {
  type AssetId,
  assetIdSchema,
  type JobId,
  newId,
  type Probe,
  type RenditionKind,
  renditionKindSchema,
} from '#shared/model/index.ts';
import type { AssetStore } from '../asset-store.ts';
import { isThere } from '../media/locate.ts';
import type { RenditionStore } from '../rendition-store.ts';
import { createRenditionMaker } from './make-rendition.ts';
import { isReadThroughStill, renditionPriority } from './plan-renditions.ts';

/** Type of the jobs that make renditions. */
export const deriveJobType = 'library.derive';

/** What derivations need. */
export interface DerivationsOptions {
  db: Database;
  jobs: Jobs;
  ffmpeg: Ffmpeg;
  assets: AssetStore;
  renditions: RenditionStore;
  /** `LibraryPaths.renditions` */
  folder: string;
  log: Log;
  onChanged(id: AssetId): void;
}

/** Makes and keeps renditions. */
export interface Derivations {
  /** Queues these; inside the caller's transaction. Later ones that are made from the still wait for it. */
  queue(
    asset: { seq: number; id: AssetId; name: string; probe: Probe },
    kinds: readonly RenditionKind[],
    group?: string,
  ): void;
  /** Path of a finished rendition; null while there is none. */
  pathOf(seq: number, kind: RenditionKind): { path: string; mime: string } | null;
  /** Waits until a rendition is there, asking for it when nobody has. Throws what making it threw. */
  ensure(id: AssetId, kind: RenditionKind, signal?: AbortSignal): Promise<{ path: string; mime: string }>;
  /** After a start: what is marked as queued gets its job again, or the failure of the one it had. */
  reconcile(): void;
  dispose(): void;
}

/** Registers the job; call before `jobs.start()`. */
export function createDerivations(options: DerivationsOptions): Derivations {
  const { db, jobs, assets, renditions, folder, log, onChanged } = options;

  const make = createRenditionMaker({ ...options, stillOf: (seq) => pathOf(seq, 'still') });

  jobs.register(
    defineJob({
      type: deriveJobType,
      lane: 'cpu',
      input: z.object({ assetId: assetIdSchema, kind: renditionKindSchema }),
      maxAttempts: 2,
      async run({ input, signal, reportProgress }) {
        const row = assets.byId(input.assetId);
        // Taken out of the library meanwhile.
        if (row === undefined || row.removed_at !== null) return;
        try {
          await make(row, input.kind, { signal, onProgress: (fraction) => reportProgress({ fraction }) });
        } catch (error) {
          // Said before the job ends: whoever sees the job failed sees the rendition failed.
          if (!signal.aborted) failed(row.seq, input.kind, toAppError(error).toData());
          throw error;
        }
      },
    }),
  );

  /** What a job that ended without its result means for the rendition it was for. */
  const stopListening = jobs.events.on('changed', (changed) => {
    for (const job of changed) {
      if (job.type !== deriveJobType || (job.state !== 'failed' && job.state !== 'cancelled')) continue;
      settle(job.id, job.error ?? cancelledError().toData());
    }
  });

  function settle(jobId: JobId, error: AppErrorData): void {
    const row = renditions.byJob(jobId);
    if (row === undefined) return;
    failed(row.asset_seq, row.kind, error);
  }

  function failed(seq: number, kind: RenditionKind, error: AppErrorData): void {
    renditions.fail(seq, kind, error);
    const asset = assets.bySeq(seq);
    if (asset !== undefined) onChanged(asset.id);
  }

  function pathOf(seq: number, kind: RenditionKind): { path: string; mime: string } | null {
    const row = renditions.get(seq, kind);
    if (row === undefined || row.file === null) return null;
    return { path: join(folder, row.file), mime: row.mime };
  }

  function queue(
    asset: { seq: number; id: AssetId; name: string; probe: Probe },
    kinds: readonly RenditionKind[],
    group?: string,
  ): void {
    const stillJob = kinds.includes('still') && isReadThroughStill(asset.probe) ? newId<JobId>('job') : null;
    for (const kind of kinds) {
      const request: JobRequest = {
        type: deriveJobType,
        input: { assetId: asset.id, kind },
        title: `Make ${kind} of ${asset.name}`.slice(0, 200),
        priority: renditionPriority[kind],
        idempotencyKey: `${deriveJobType}:${asset.id}:${kind}`,
        ...(group === undefined ? {} : { group }),
        ...(stillJob === null ? {} : kind === 'still' ? { id: stillJob } : { dependsOn: [stillJob] }),
      };
      renditions.queue(asset.seq, kind, jobs.enqueue(request));
    }
  }

  return {
    queue,
    pathOf,
    async ensure(id, kind, signal) {
      const row = assets.byId(id);
      if (row === undefined) throw new AppError('not-found', 'This media is not in the library.');
      const ready = pathOf(row.seq, kind);
      if (ready !== null && (await isThere(ready.path))) return ready;
      const jobId = db.transaction(() => {
        queue({ seq: row.seq, id, name: row.name, probe: assets.probe(row.seq) }, [kind]);
        return renditions.get(row.seq, kind)?.job_id as JobId;
      });
      const done = await jobs.waitFor(jobId, signal);
      const made = pathOf(row.seq, kind);
      if (made === null)
        throw done.error === null
          ? new AppError('job-failed', 'The rendition could not be made.')
          : AppError.fromData(done.error);
      return made;
    },
    reconcile() {
      for (const row of renditions.unfinished()) {
        const asset = assets.bySeq(row.asset_seq);
        if (asset === undefined || asset.removed_at !== null) continue;
        const job = row.job_id === null ? null : jobOrNull(jobs, row.job_id as JobId);
        if (job === null || job.state === 'succeeded') {
          db.transaction(() =>
            queue({ seq: asset.seq, id: asset.id, name: asset.name, probe: assets.probe(asset.seq) }, [row.kind]),
          );
        } else if (job.state === 'failed' || job.state === 'cancelled') {
          settle(job.id, job.error ?? cancelledError().toData());
        }
      }
      log.debug('renditions reconciled');
    },
    dispose: stopListening,
  };
}

function jobOrNull(jobs: Jobs, id: JobId): JobView | null {
  try {
    return jobs.get(id);
  } catch {
    return null;
  }
}
