import { type ExportView, exportRequestSchema } from '#shared/contract/render.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import { completeVariant, type ExportBatchId, variantKey } from '#shared/model/index.ts';
import type { RenderTools } from '../render-tools.ts';
import type { ReviewedRow } from '../review/review-store.ts';
import type { RenderContext } from '../types.ts';
import { removeUnfinished } from './deliver.ts';
import { enqueueExport, startExports } from './start-exports.ts';
import { exportView, isOver } from './views.ts';

/** An export's row with its review. Throws `not-found`. */
export function findExport(tools: RenderTools, id: string): ReviewedRow {
  const row = tools.store.findExport(id);
  if (!row) throw new AppError('not-found', 'This export is not on the list any more.');
  return row;
}

/** Renders again: what failed or was cancelled as itself, with the project as it is now; a finished one as its next revision. */
export async function rerunExport(context: RenderContext, id: string): Promise<ExportView> {
  const { deps, tools, changed } = context;
  const { store, clock } = tools;
  const row = findExport(tools, id);
  const view = exportView(deps.jobs, row);
  if (!isOver(view.state)) throw new AppError('conflict', 'This export is still under way. Cancel it first.');
  const project = await deps.projects.get(row.projectId);
  const completed = completeVariant(project, row.variant);
  if (!completed || variantKey(project, completed) !== row.variantKey)
    throw new AppError('not-found', 'This variant is not in the project any more. Export another one.');
  if (view.state === 'finished') {
    const request = exportRequestSchema.parse({
      ...{ projectId: row.projectId, variants: [row.variant], ratios: [row.ratio], presetId: row.presetId },
      ...{ versions: [row.version], placements: row.placements, rateControl: row.rateControl, handoff: row.handoff },
      outDir: row.outDir,
    });
    const [again] = (await startExports(context, request, new AbortController().signal)).exports;
    if (!again) throw new AppError('internal', 'The export could not be started again. Please try again.');
    return again;
  }
  deps.db.transaction(() => {
    const snapshotId = store.saveSnapshot(project, clock.nowMs());
    store.updateExport(id, {
      ...{ snapshotId, state: 'queued', error: null, checkReport: null, finishedAt: null, projectName: project.name },
    });
    enqueueExport(deps.jobs, store, row);
  });
  changed(row.batchId);
  return exportView(deps.jobs, findExport(tools, id));
}

/** Stops one export or a batch; resolves when nothing of it runs any more. */
export async function cancelExports(
  { deps, tools, changed }: RenderContext,
  { id, batchId }: { id?: string | undefined; batchId?: ExportBatchId | undefined },
): Promise<void> {
  const { store, clock } = tools;
  const { jobs } = deps;
  const rows = id !== undefined ? [findExport(tools, id)] : batchId !== undefined ? store.batch(batchId) : [];
  const open = rows.filter((row) => row.finishedAt === null);
  await Promise.all(open.map((row) => (row.jobId === null ? undefined : jobs.cancel(row.jobId).catch(ignoreGone))));
  for (const row of open) {
    // It may have come to its end while being stopped.
    if (findExport(tools, row.id).finishedAt !== null) continue;
    store.updateExport(row.id, { state: 'cancelled', finishedAt: clock.nowMs() });
    // What a killed process had begun: nobody comes back for it.
    await removeUnfinished(row);
  }
  for (const batch of new Set(open.map((row) => row.batchId))) changed(batch);
}

/** Waits until every export of a batch has ended. */
export async function waitForBatch(
  { deps, tools }: RenderContext,
  batchId: ExportBatchId,
  signal: AbortSignal,
): Promise<ExportView[]> {
  const { jobs } = deps;
  const views = () => tools.store.batch(batchId).map((row) => exportView(jobs, row));
  for (const view of views()) {
    if (signal.aborted) throw cancelledError();
    if (view.jobId !== null && !isOver(view.state)) await jobs.waitFor(view.jobId, signal).catch(ignoreGone);
  }
  return views();
}

/** Takes exports off the list; their files stay. Throws `conflict` for one that is under way. */
export function forgetExports({ deps, tools, changed }: RenderContext, ids: readonly string[]): void {
  const { store } = tools;
  if (store.exportsOf(ids).some((row) => !isOver(exportView(deps.jobs, row).state)))
    throw new AppError('conflict', 'An export is still under way. Cancel it before taking it off the list.');
  deps.db.transaction(() => {
    store.removeExports(ids);
    store.pruneSnapshots();
  });
  changed(null);
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
}
