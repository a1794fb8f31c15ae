import type { Jobs } from '#main/jobs/index.ts';
import type { ExportsChoice } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ExportBatchId, JobId } from '#shared/model/index.ts';
import type { RenderContext } from '../context.ts';
import { projectsOf, renewal } from '../exports/renew-export.ts';
import { enqueueExport } from '../exports/start-exports.ts';
import { stopJobs } from '../exports/stop-jobs.ts';
import { exportState } from '../exports/views.ts';
import type { ExportRow } from '../schema.ts';
import { chosenExports, inTurns } from './chosen-exports.ts';

/** Tells listeners of every batch that some exports are of. */
function tell({ changed }: RenderContext, rows: readonly ExportRow[]): void {
  const batches = new Set<ExportBatchId>(rows.map((row) => row.batchId));
  if (batches.size > 20) changed(null);
  else for (const batchId of batches) changed(batchId);
}

/**
 * Stops what is queued or running of some exports; resolves when nothing of it runs any more. They are marked before
 * anything is stopped: whatever happens meanwhile, they are paused afterwards.
 */
export async function pauseExports(context: RenderContext, choice: ExportsChoice): Promise<void> {
  const rows = await chosenExports(context, choice, ['queued', 'running']);
  context.tools.store.markPaused(rows.map((row) => row.id));
  tell(context, rows);
  await stopJobs(context.deps.jobs, rows);
  tell(context, rows);
}

/**
 * Goes on with paused exports as they were begun, and with failed and cancelled ones (unless all are meant) with the
 * project as it is now. Throws why when there is nothing of all these that can be gone on with.
 */
export async function resumeExports(context: RenderContext, choice: ExportsChoice): Promise<void> {
  const paused = await chosenExports(context, choice, ['paused']);
  const ended = 'isAll' in choice ? [] : await chosenExports(context, choice, ['failed', 'cancelled']);
  // A job that is still being stopped must not meet its successor at the same file.
  await stopJobs(context.deps.jobs, paused);
  const projects = await projectsOf(context, ended);
  const rows = [...paused, ...ended].sort((a, b) => a.seq - b.seq);
  const refusals: AppError[] = [];
  await inTurns(rows, (some) =>
    context.deps.db.transaction(() => {
      const renewed = renewal(context, projects);
      for (const row of some) refusals.push(...goOn(context, row, renewed));
    }),
  );
  tell(context, rows);
  const [first] = refusals;
  if (first && refusals.length === rows.length) throw first;
}

/**
 * Tries an export again by its own job, as lists of jobs offer it: goes on like `resumeExports`, but the job that ended is
 * the one that runs again. Throws `conflict` when it is not over, or when another job has taken its place since.
 */
export async function retryExportJob(context: RenderContext, jobId: JobId): Promise<void> {
  const { deps, tools } = context;
  const row = tools.store.exportOfJob(jobId);
  if (!row) throw triedSince();
  const projects = await projectsOf(context, [row]);
  deps.db.transaction(() => {
    const now = tools.store.findExport(row.id);
    if (now?.jobId !== jobId) throw triedSince();
    const fresh = exportState(deps.jobs, now) === 'paused' ? {} : renewal(context, projects)(now);
    if (fresh instanceof AppError) throw fresh;
    deps.jobs.retry(jobId);
    tools.store.updateExport(now.id, { ...begunAgain, ...fresh });
  });
  tell(context, [row]);
}

function triedSince(): AppError {
  const sentence = 'This export has been tried again since, or was taken off the list. Look at it in Exports.';
  return new AppError('conflict', sentence);
}

/** The columns of an export that is to be made after all. */
const begunAgain = {
  ...{ state: 'queued' as const, isPaused: false },
  ...{ error: null, checkReport: null, finishedAt: null },
};

/** Puts one into the queue again, unless another call was first; or keeps and returns why it cannot be made any more. */
function goOn({ deps, tools }: RenderContext, { id }: ExportRow, renewed: ReturnType<typeof renewal>): AppError[] {
  const { store, clock } = tools;
  const row = store.findExport(id);
  const state = row && exportState(deps.jobs, row);
  if (!row || !(state === 'paused' || state === 'failed' || state === 'cancelled')) return [];
  const fresh = state === 'paused' ? {} : renewed(row);
  if (fresh instanceof AppError) {
    store.updateExport(id, { state: 'failed', error: fresh.toData(), finishedAt: clock.nowMs() });
    return [fresh];
  }
  const change = { ...begunAgain, ...fresh };
  // The job that failed runs again, so that no list goes on telling of a failure that is mended.
  if (canRunAgain(deps.jobs, row)) {
    deps.jobs.retry(row.jobId as JobId);
    store.updateExport(id, change);
  } else enqueueExport(deps.jobs, store, row, change);
  return [];
}

/** True when its job ended badly and was not taken off the list. */
function canRunAgain(jobs: Jobs, { jobId }: ExportRow): boolean {
  try {
    return jobId !== null && ['failed', 'cancelled'].includes(jobs.get(jobId).state);
  } catch {
    return false;
  }
}
