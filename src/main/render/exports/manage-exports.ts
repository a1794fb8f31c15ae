import type { ExportView } from '#shared/contract/render.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import type { ExportBatchId } from '#shared/model/index.ts';
import type { RenderContext } from '../context.ts';
import type { RenderTools } from '../render-tools.ts';
import type { ReviewedRow } from '../review/review-store.ts';
import { removeUnfinished } from './deliver.ts';
import { ignoreGone, stopJobs } from './stop-jobs.ts';
import { exportState, exportView, isOver, isResting } from './views.ts';

/** An export's row with its review. Throws `not-found`. */
export function findExport(tools: RenderTools, id: string): ReviewedRow {
  const row = tools.store.findExport(id);
  if (!row) throw new AppError('not-found', 'This export is not on the list any more.');
  return row;
}

/** Stops one export or a batch for good; resolves when nothing of it runs any more. */
export async function cancelExports(
  { deps, tools, changed }: RenderContext,
  { id, batchId }: { id?: string | undefined; batchId?: ExportBatchId | undefined },
): Promise<void> {
  const { store, clock } = tools;
  const rows = id !== undefined ? [findExport(tools, id)] : batchId !== undefined ? store.batch(batchId) : [];
  const open = rows.filter((row) => row.finishedAt === null);
  await stopJobs(deps.jobs, open);
  for (const row of open) {
    // It may have come to its end while being stopped.
    if (findExport(tools, row.id).finishedAt !== null) continue;
    store.updateExport(row.id, { state: 'cancelled', isPaused: false, finishedAt: clock.nowMs() });
    // What a killed process had begun: nobody comes back for it.
    await removeUnfinished(row);
  }
  for (const batch of new Set(open.map((row) => row.batchId))) changed(batch);
}

/** Waits until every export of a batch has ended or is paused. */
export async function waitForBatch(
  { deps, tools }: RenderContext,
  batchId: ExportBatchId,
  signal: AbortSignal,
): Promise<ExportView[]> {
  const { jobs } = deps;
  const { store } = tools;
  for (const { id } of store.batch(batchId)) {
    for (;;) {
      if (signal.aborted) throw cancelledError();
      // Looked at again after each end: it may have been resumed with another job.
      const row = store.findExport(id);
      if (!row?.jobId || isResting(exportState(jobs, row))) break;
      await jobs.waitFor(row.jobId, signal).catch(ignoreGone);
    }
  }
  return store.batch(batchId).map((row) => exportView(jobs, row));
}

/** Takes exports off the list; their files stay. Throws `conflict` for one that is under way. */
export function forgetExports({ deps, tools, changed }: RenderContext, ids: readonly string[]): void {
  const { store } = tools;
  if (store.exportsOf(ids).some((row) => !isOver(exportState(deps.jobs, row))))
    throw new AppError('conflict', 'An export is still under way or paused. Cancel it before taking it off the list.');
  deps.db.transaction(() => {
    store.removeExports(ids);
    store.pruneSnapshots();
  });
  changed(null);
}
