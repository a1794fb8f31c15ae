import type { ExportBatch, ExportState, ExportView } from '#shared/contract/index.ts';
import type { ExportBatchId } from '#shared/model/index.ts';

/** One line of the exports page: a batch's heading, or the n-th of its exports that fit. */
export type ExportLine =
  | { kind: 'batch'; batch: ExportBatch }
  | { kind: 'export'; batch: ExportBatch; index: number; isLast: boolean };

/** What the page can be narrowed down to. */
export type StateFilter = 'all' | 'open' | 'finished' | 'failed' | 'cancelled';

/** The states a filter stands for; undefined = all. */
export function statesOf(filter: StateFilter): ExportState[] | undefined {
  if (filter === 'all') return undefined;
  return filter === 'open' ? ['queued', 'running', 'paused'] : [filter];
}

/** Batches with their exports as one long list. */
export function exportLines(batches: readonly ExportBatch[]): ExportLine[] {
  return batches.flatMap((batch): ExportLine[] => [
    { kind: 'batch', batch },
    ...Array.from({ length: batch.fitting }, (_, index): ExportLine => {
      return { kind: 'export', batch, index, isLast: index === batch.fitting - 1 };
    }),
  ]);
}

/** Exports read at once. */
export const pageSize = 50;

/** A page of a batch's exports. */
export interface BatchPage {
  batchId: ExportBatchId;
  page: number;
  /** Something of the batch is going on: it is read again now and then. */
  isActive: boolean;
}

/** The pages that the lines from `first` to `last` are on. */
export function pagesOf(lines: readonly ExportLine[], first: number, last: number): BatchPage[] {
  const pages = new Map<string, BatchPage>();
  for (const line of lines.slice(Math.max(0, first), last + 1)) {
    if (line.kind === 'batch') continue;
    const page = Math.floor(line.index / pageSize);
    pages.set(`${line.batch.id} ${page}`, { batchId: line.batch.id, page, isActive: isActive(line.batch) });
  }
  return [...pages.values()];
}

/** True while files of it are being made or wait for it. */
export function isActive({ counts }: Pick<ExportBatch, 'counts'>): boolean {
  return counts.queued + counts.running > 0;
}

/** All files of a batch, whatever became of them. */
export function countOf({ counts }: Pick<ExportBatch, 'counts'>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** True when two neighbours in the list failed for the same reason, which then is told once. */
export function isSameFailure(one: ExportView | null, above: ExportView | null): boolean {
  if (one?.state !== 'failed' || above?.state !== 'failed' || !one.error) return false;
  return one.batchId === above.batchId && one.error.userMessage === above.error?.userMessage;
}

/** The next line that is an export, going down (1) or up (−1); the same one at the end of the list. */
export function nextExport(lines: readonly ExportLine[], from: number, step: 1 | -1): number {
  for (let at = from + step; at >= 0 && at < lines.length; at += step) if (lines[at]?.kind === 'export') return at;
  return from;
}
