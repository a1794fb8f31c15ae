import { expect, it } from 'vitest';
import type { ExportBatchId, ProjectId } from '#shared/model/index.ts';
import { sumBatches } from './export-batches.ts';
import type { BatchSum } from './reuse-store.ts';

const batchId = 'batch-1' as ExportBatchId;
const sum = (over: Partial<BatchSum>): BatchSum => ({
  ...{ batchId, projectId: 'p' as ProjectId, projectName: 'Ad', state: null, isPaused: false },
  ...{ count: 1, seconds: 10, estimatedMs: 1000, createdAt: 5, seq: 1, ...over },
});

it('weighs files by the time they were estimated to take, leaves the cancelled out, and tells the time left', () => {
  const sums = [
    sum({ state: 'finished', count: 3, seconds: 30, estimatedMs: 999 - 2 }),
    sum({ count: 2, seconds: 20, estimatedMs: 1998, createdAt: 9 }),
    sum({ state: 'cancelled', count: 4, seconds: 40, estimatedMs: 9999 }),
  ];
  const open = [
    { id: 'a', batchId, state: 'running' as const, fraction: 0.5, estimatedMs: 999 },
    { id: 'b', batchId, state: 'paused' as const, fraction: 0, estimatedMs: 999 },
  ];
  expect(sumBatches(sums, open)).toEqual([
    {
      ...{ id: batchId, projectId: 'p', projectName: 'Ad', createdAtMs: 9 },
      counts: { queued: 0, running: 1, paused: 1, finished: 3, failed: 0, cancelled: 4 },
      ...{ totalSeconds: 90, doneSeconds: 30, fraction: 0.5, leftMs: 1498.5, fitting: 0 },
    },
  ]);
});

it('is done when nothing is left', () => {
  expect(sumBatches([sum({ state: 'cancelled' })], [])[0]).toMatchObject({ fraction: 1, leftMs: 0 });
  expect(sumBatches([sum({ state: 'finished', estimatedMs: 0 })], [])[0]).toMatchObject({ fraction: 1 });
});
