import type { ExportBatch, ExportState } from '#shared/contract/render.ts';
import type { ExportBatchId } from '#shared/model/index.ts';
import type { RenderContext } from '../context.ts';
import { takingTurns } from '../exports/taking-turns.ts';
import { exportView } from '../exports/views.ts';
import type { BatchSum } from './reuse-store.ts';

/** Narrows the list of batches down. */
export interface BatchFilter {
  states?: readonly ExportState[] | undefined;
  search?: string | undefined;
}

/** Batches shown; older ones are found by searching. */
const mostBatches = 500;

/** An export without an end, as its job tells. */
export interface OpenExport {
  id: string;
  batchId: ExportBatchId;
  state: ExportState;
  fraction: number;
  estimatedMs: number;
}

/** Where everything stands that has not come to an end. */
export async function openExports({ deps, tools }: RenderContext): Promise<OpenExport[]> {
  const found: OpenExport[] = [];
  const turn = takingTurns(tools.clock);
  for (const row of tools.store.unfinished()) {
    await turn();
    const { state, fraction } = exportView(deps.jobs, row);
    found.push({ id: row.id, batchId: row.batchId, state, fraction, estimatedMs: row.estimatedMs });
  }
  return found;
}

function emptyBatch(sum: BatchSum): ExportBatch {
  return {
    ...{ id: sum.batchId, projectId: sum.projectId, projectName: sum.projectName, createdAtMs: sum.createdAt },
    counts: { queued: 0, running: 0, paused: 0, finished: 0, failed: 0, cancelled: 0 },
    ...{ totalSeconds: 0, doneSeconds: 0, fraction: 0, leftMs: 0, fitting: 0 },
  };
}

/** How far a batch is, by what its files were estimated to take. Pure. */
export function sumBatches(sums: readonly BatchSum[], open: readonly OpenExport[]): ExportBatch[] {
  const batches = new Map<ExportBatchId, ExportBatch>();
  const work = new Map<ExportBatchId, { total: number; done: number }>();
  const addWork = (id: ExportBatchId, total: number, done: number) => {
    const before = work.get(id) ?? { total: 0, done: 0 };
    work.set(id, { total: before.total + total, done: before.done + done });
  };
  for (const sum of sums) {
    const batch = batches.get(sum.batchId) ?? emptyBatch(sum);
    batches.set(sum.batchId, batch);
    batch.totalSeconds += sum.seconds;
    batch.createdAtMs = Math.max(batch.createdAtMs, sum.createdAt);
    if (sum.state === null) continue;
    if (sum.state in batch.counts) batch.counts[sum.state] += sum.count;
    if (sum.state === 'finished') batch.doneSeconds += sum.seconds;
    if (sum.state !== 'cancelled') addWork(sum.batchId, sum.estimatedMs + sum.count, sum.estimatedMs + sum.count);
  }
  for (const { batchId, state, fraction, estimatedMs } of open) {
    const batch = batches.get(batchId);
    if (!batch) continue;
    batch.counts[state] += 1;
    if (state === 'cancelled') continue;
    // One more, so that exports older than estimates weigh something.
    const weight = estimatedMs + 1;
    addWork(batchId, weight, weight * fraction);
    batch.leftMs += estimatedMs * (1 - fraction);
  }
  for (const batch of batches.values()) {
    const { total, done } = work.get(batch.id) ?? { total: 0, done: 0 };
    batch.fraction = total > 0 ? done / total : 1;
  }
  return [...batches.values()];
}

/** The newest batches with how far they are, newest first; those without an export that fits are left out. */
export async function exportBatches(context: RenderContext, filter: BatchFilter): Promise<ExportBatch[]> {
  const { store } = context.tools;
  const open = await openExports(context);
  const batches = sumBatches(store.batchSums({}), open);
  const { states, search } = filter;
  const fitting = new Map<ExportBatchId, number>();
  const wanted = { ...(states ? { states } : {}), ...(search ? { search } : {}), open: openIn(open, states) };
  for (const sum of store.batchSums(wanted)) fitting.set(sum.batchId, (fitting.get(sum.batchId) ?? 0) + sum.count);
  return batches
    .map((batch) => ({ ...batch, fitting: fitting.get(batch.id) ?? 0 }))
    .filter((batch) => batch.fitting > 0)
    .slice(0, mostBatches);
}

/** Ids of exports under way in one of these states. */
export function openIn(open: readonly OpenExport[], states: readonly ExportState[] | undefined): string[] {
  return states ? open.filter((one) => states.includes(one.state)).map((one) => one.id) : [];
}
