import { describe, expect, it } from 'vitest';
import type { ExportView } from '#shared/contract/index.ts';
import { groupExports } from './group-exports.ts';

describe('groupExports', () => {
  const make = (over: Partial<ExportView>) =>
    ({
      id: 'e',
      batchId: 'b1',
      state: 'finished',
      fraction: 1,
      fileName: 'a',
      createdAtMs: 1,
      projectName: 'Ad',
      ...over,
    }) as ExportView;
  it('puts the newest batch first and sums its progress without the cancelled', () => {
    const batches = groupExports([
      make({ id: '1', fileName: 'v10' }),
      make({ id: '2', fileName: 'v2', state: 'failed' }),
      make({ id: '3', batchId: 'b2' as ExportView['batchId'], createdAtMs: 5, state: 'running', fraction: 0.5 }),
      make({ id: '4', batchId: 'b2' as ExportView['batchId'], createdAtMs: 5, state: 'cancelled', fraction: 0 }),
    ]);
    expect(batches.map((batch) => [batch.id, batch.fraction, batch.isActive, batch.failed])).toEqual([
      ['b2', 0.5, true, 0],
      ['b1', 1, false, 1],
    ]);
    expect(batches[1]?.exports.map((one) => one.fileName)).toEqual(['v2', 'v10']);
  });
});
