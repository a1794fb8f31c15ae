import { describe, expect, it } from 'vitest';
import type { ExportBatch, ExportView } from '#shared/contract/index.ts';
import {
  countOf,
  exportLines,
  isActive,
  isSameFailure,
  nextExport,
  pageSize,
  pagesOf,
  statesOf,
} from './group-exports.ts';

const batch = (id: string, fitting: number, counts: Partial<ExportBatch['counts']> = {}): ExportBatch => ({
  ...{ id: id as ExportBatch['id'], projectId: 'p' as ExportBatch['projectId'], projectName: 'Ad', createdAtMs: 1 },
  counts: { queued: 0, running: 0, paused: 0, finished: 0, failed: 0, cancelled: 0, ...counts },
  ...{ totalSeconds: 0, doneSeconds: 0, fraction: 0, leftMs: 0, fitting },
});

describe('the list of exports', () => {
  const lines = exportLines([batch('a', 2, { running: 1 }), batch('b', 120, { finished: 120 })]);
  it('has a line per batch and per file that fits', () => {
    expect(lines).toHaveLength(2 + 2 + 120);
    expect(lines.slice(0, 4).map((line) => line.kind)).toEqual(['batch', 'export', 'export', 'batch']);
    expect(lines[2]).toMatchObject({ index: 1, isLast: true });
  });
  it('asks only for the pages on screen', () => {
    expect(pagesOf(lines, 0, 5)).toEqual([
      { batchId: 'a', page: 0, isActive: true },
      { batchId: 'b', page: 0, isActive: false },
    ]);
    expect(pagesOf(lines, 4 + pageSize, 4 + pageSize + 3)).toEqual([{ batchId: 'b', page: 1, isActive: false }]);
  });
  it('goes from file to file, over headings, and stops at the ends', () => {
    expect(nextExport(lines, 0, 1)).toBe(1);
    expect(nextExport(lines, 2, 1)).toBe(4);
    expect(nextExport(lines, 4, -1)).toBe(2);
    expect(nextExport(lines, 1, -1)).toBe(1);
    expect(nextExport(lines, lines.length - 1, 1)).toBe(lines.length - 1);
  });
});

it('tells a reason once for neighbours that failed for it', () => {
  const failed = (userMessage: string, batchId = 'a') =>
    ({ batchId, state: 'failed', error: { userMessage } }) as unknown as ExportView;
  expect(isSameFailure(failed('gone'), failed('gone'))).toBe(true);
  expect(isSameFailure(failed('gone'), failed('full'))).toBe(false);
  expect(isSameFailure(failed('gone', 'b'), failed('gone'))).toBe(false);
  expect(isSameFailure(failed('gone'), null)).toBe(false);
  expect(isSameFailure({ ...failed('gone'), state: 'queued' }, failed('gone'))).toBe(false);
});

it('counts paused files as open, but not as going on', () => {
  const paused = batch('a', 3, { paused: 2, cancelled: 1 });
  expect([countOf(paused), isActive(paused)]).toEqual([3, false]);
  expect(statesOf('open')).toContain('paused');
  expect(statesOf('all')).toBeUndefined();
});
