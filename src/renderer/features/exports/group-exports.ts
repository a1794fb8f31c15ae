import type { ExportView } from '#shared/contract/index.ts';
import type { ExportBatchId } from '#shared/model/index.ts';

/** Exports started together. */
export interface ExportBatch {
  id: ExportBatchId;
  projectName: string;
  createdAtMs: number;
  exports: ExportView[];
  finished: number;
  failed: number;
  isActive: boolean;
  /** 0 to 1 over all files that were not cancelled. */
  fraction: number;
}

const isActive = (one: ExportView) => one.state === 'queued' || one.state === 'running';

/** Newest batch first; within a batch by variant, then as started. */
export function groupExports(exports: readonly ExportView[]): ExportBatch[] {
  const batches = new Map<ExportBatchId, ExportView[]>();
  for (const one of exports) batches.set(one.batchId, [...(batches.get(one.batchId) ?? []), one]);
  return [...batches]
    .map(([id, list]): ExportBatch => {
      const counted = list.filter((one) => one.state !== 'cancelled');
      const done = counted.reduce((sum, one) => sum + (isActive(one) ? one.fraction : 1), 0);
      return {
        id,
        projectName: list[0]?.projectName ?? '',
        createdAtMs: Math.max(...list.map((one) => one.createdAtMs)),
        exports: [...list].sort((a, b) => a.fileName.localeCompare(b.fileName, 'en', { numeric: true })),
        finished: list.filter((one) => one.state === 'finished').length,
        failed: list.filter((one) => one.state === 'failed').length,
        isActive: list.some(isActive),
        fraction: counted.length === 0 ? 1 : done / counted.length,
      };
    })
    .sort((a, b) => b.createdAtMs - a.createdAtMs);
}
