import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import type { JobView } from '#main/jobs/index.ts';
import type { HandoffState } from '#shared/contract/render.ts';
import { AppError, isCancelled, toAppError } from '#shared/errors/index.ts';
import { type ExportBatchId, exportBatchIdSchema } from '#shared/model/index.ts';
import type { RenderContext } from '../context.ts';
import { exportView, isOver } from '../exports/views.ts';
import type { ExportRow } from '../schema.ts';
import type { Covers } from './covers.ts';
import { handoffSignature } from './handoff-store.ts';
import { isHandoffWanted } from './plan-handoff.ts';
import { writeHandoff } from './write-handoff.ts';

/** The kind of job that writes what lies beside a batch's files. */
const handoffJobType = 'render.handoff';

const jobInput = z.object({ batchId: exportBatchIdSchema });

/** What is written beside the files of batches. */
export interface Handoffs {
  /** Call when something of a batch changed: once all of it has ended, its files are written by a job. */
  batchChanged(batchId: ExportBatchId): void;
  /** Looks for batches that ended while nobody could write, e.g. because the program died. */
  catchUp(signal: AbortSignal): Promise<void>;
  state(batchId: ExportBatchId): HandoffState;
  /** Writes all again. Throws `conflict` while exports of the batch are under way. */
  rewrite(batchId: ExportBatchId): HandoffState;
}

/** Jobs that write the same batch in the same state. */
function groupOf(batchId: ExportBatchId, signature: string): string {
  return `handoff:${batchId}:${signature}`;
}

/** Why nothing was written when a person stopped the job. */
const stopped = new AppError('cancelled', 'What belongs beside these files was not written, because it was stopped.');

/** Batches looked at after a start. */
const caughtUp = 50;

/** Makes the job known to the queue; before `jobs.start()`. */
export function createHandoffs(context: RenderContext, covers: Covers): Handoffs {
  const { deps, tools } = context;
  const { store } = tools;
  /** One batch is written by one job at a time. */
  const writing = new Map<ExportBatchId, Promise<void>>();

  async function inTurn(batchId: ExportBatchId, write: () => Promise<void>): Promise<void> {
    const turn = (writing.get(batchId) ?? Promise.resolve()).catch(() => {}).then(write);
    writing.set(batchId, turn);
    try {
      await turn;
    } finally {
      if (writing.get(batchId) === turn) writing.delete(batchId);
    }
  }

  deps.jobs.register({
    type: handoffJobType,
    lane: 'cpu',
    input: jobInput,
    // What fails here (a full disk) fails again; a person says when.
    maxAttempts: 1,
    run: ({ input: { batchId }, signal }) =>
      inTurn(batchId, async () => {
        try {
          await writeHandoff({ context, covers, batchId, signal });
        } catch (error) {
          if (!isCancelled(error)) {
            const signature = handoffSignature(store.batch(batchId));
            store.saveHandoff(batchId, { signature, error: toAppError(error).toData() });
          }
          throw error;
        } finally {
          context.changed(batchId);
        }
      }),
  });

  const isEnded = (rows: readonly ExportRow[]) =>
    rows.every((row) => row.finishedAt !== null || isOver(exportView(deps.jobs, row).state));

  /** The newest job that writes a batch as it is, unless it has written; null = none was asked for. */
  function jobOf(batchId: ExportBatchId, signature: string): JobView | null {
    const [newest] = deps.jobs.list({ group: groupOf(batchId, signature) }, { limit: 1 }).jobs;
    return newest && newest.state !== 'succeeded' ? newest : null;
  }

  function enqueue(batchId: ExportBatchId, rows: readonly ExportRow[]): void {
    const [first] = rows;
    if (!first) return;
    deps.jobs.enqueue({
      type: handoffJobType,
      input: { batchId },
      title: `Tables and files beside the exports of ${first.projectName}`,
      idempotencyKey: groupOf(batchId, handoffSignature(rows)),
      group: groupOf(batchId, handoffSignature(rows)),
      // Before the next batch's exports.
      priority: 45,
    });
  }

  function lookAt(batchId: ExportBatchId): void {
    // A few tell that a large batch is under way; all are read only when it seems over.
    if (!store.findHandoff(batchId) || !isEnded(store.openOf(batchId, 5))) return;
    const rows = store.batch(batchId);
    if (!isEnded(rows) || !rows.some((row) => isHandoffWanted(row.handoff))) return;
    const signature = handoffSignature(rows);
    if (store.findHandoff(batchId)?.signature === signature) return;
    // One that a person stopped, or that was given up, is not begun again by itself.
    if (jobOf(batchId, signature) === null) enqueue(batchId, rows);
  }

  function state(batchId: ExportBatchId): HandoffState {
    const rows = store.batch(batchId);
    if (!rows.some((row) => isHandoffWanted(row.handoff))) return { state: 'none', files: [], error: null };
    const row = store.findHandoff(batchId);
    const files = row?.files ?? [];
    const waiting = { state: 'waiting' as const, files, error: null };
    if (!isEnded(rows)) return waiting;
    const signature = handoffSignature(rows);
    if (row?.signature === signature) return { state: row.error ? 'failed' : 'written', files, error: row.error };
    const job = jobOf(batchId, signature);
    if (job === null) enqueue(batchId, rows);
    if (job?.state !== 'failed' && job?.state !== 'cancelled') return waiting;
    return { state: 'failed', files, error: job.error ?? stopped.toData() };
  }

  return {
    batchChanged(batchId) {
      try {
        lookAt(batchId);
      } catch (error) {
        // The files themselves are finished; the next start looks again.
        tools.log.error('what belongs beside a batch could not be asked for', { batchId, error });
      }
    },
    async catchUp(signal) {
      for (const { batchId } of store.newestHandoffs(caughtUp)) {
        lookAt(batchId);
        await breathe();
        if (signal.aborted) return;
      }
    },
    state,
    rewrite(batchId) {
      const rows = store.batch(batchId);
      if (!isEnded(rows)) throw new AppError('conflict', 'Exports of this batch are still under way. Wait for them.');
      if (rows.some((row) => isHandoffWanted(row.handoff))) {
        store.saveHandoff(batchId, { signature: null, error: null });
        enqueue(batchId, rows);
      }
      return state(batchId);
    },
  };
}
