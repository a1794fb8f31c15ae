import { z } from 'zod';
import type { JobContext } from '#main/jobs/index.ts';
import type { CheckReport } from '#shared/contract/render.ts';
import { cancelledError, isCancelled, toAppError } from '#shared/errors/index.ts';
import { exportJobType, type RenderContext } from '../context.ts';
import { secondsOf } from '../plan/segment-bounds.ts';
import type { RenderTools } from '../render-tools.ts';
import { exportOne } from './export-one.ts';

const jobInput = z.object({ exportId: z.string() });

/** Makes the export job known to the queue; before `jobs.start()`. */
export function registerExportJob(context: RenderContext): void {
  context.deps.jobs.register({
    type: exportJobType,
    lane: 'export',
    input: jobInput,
    // What fails here fails again; interruptions by a crash do not count.
    maxAttempts: 1,
    run: (job) => runJob(context, job),
  });
}

/** One export in the queue. */
async function runJob(
  { deps, tools, changed }: RenderContext,
  context: JobContext<z.infer<typeof jobInput>>,
): Promise<void> {
  const { store, clock } = tools;
  const row = store.findExport(context.input.exportId);
  if (!row || row.finishedAt !== null) return;
  // Paused while the engine died, before this job could be stopped; or another one has taken its place since.
  if (row.isPaused || row.jobId !== context.id) throw cancelledError();
  store.updateExport(row.id, { state: 'running' });
  changed(row.batchId);
  try {
    const report = (progress: { fraction: number; step: string }) => context.reportProgress(progress);
    const { release, report: check } = await exportOne(tools, row, { signal: context.signal, report });
    deps.db.transaction(() => {
      store.insertRelease(release, row.id);
      store.updateExport(row.id, {
        ...{ state: 'finished', finishedAt: clock.nowMs(), releaseId: release.id, revision: release.revision },
        sections: release.sections,
        ...{ fileName: release.fileName, sizeBytes: release.sizeBytes, frameCount: release.frameCount },
        durationSeconds: secondsOf(release.frameCount, release.rate),
        ...{ checkReport: check, error: null, placing: null, isPaused: false },
      });
    });
    await pruneNowAndThen(tools, deps.settings.get().cacheLimitBytes);
  } catch (error) {
    // A cancelled job may only be put back because the engine stops: who cancels an export says so in its row.
    if (!isCancelled(error)) {
      const known = toAppError(error).toData();
      const checkReport = (known.details?.report as CheckReport | undefined) ?? null;
      const failed = { state: 'failed' as const, error: known, isPaused: false };
      store.updateExport(row.id, { ...failed, finishedAt: clock.nowMs(), checkReport });
    }
    throw error;
  } finally {
    changed(row.batchId);
  }
}

/** Looking at every file of the cache takes a while; once in some minutes is enough. */
const prunePeriodMs = 300_000;
let lastPruneMs = Number.NEGATIVE_INFINITY;

async function pruneNowAndThen({ cache, clock, log }: RenderTools, limitBytes: number): Promise<void> {
  const nowMs = clock.monotonicMs();
  if (nowMs - lastPruneMs < prunePeriodMs) return;
  lastPruneMs = nowMs;
  await cache.prune(limitBytes).catch((error: unknown) => log.warn('the cache could not be pruned', { error }));
}
