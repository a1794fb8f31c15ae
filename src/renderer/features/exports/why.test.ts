import { expect, it } from 'vitest';
import type { SegmentOrigin } from '#shared/contract/index.ts';
import { nextVersionName, stretchesOf, sumByReason } from './why.ts';

const piece = (startFrame: number, frames: number, reason: SegmentOrigin['reason']): SegmentOrigin => {
  return { startFrame, frames, reason, because: `${reason} at ${startFrame}` };
};

it('tells neighbours with one reason as one', () => {
  const segments = [piece(0, 30, 'text'), piece(30, 20, 'text'), piece(50, 60, 'reused'), piece(110, 10, 'text')];
  expect(stretchesOf(segments).map(({ startFrame, frames, because }) => [startFrame, frames, because])).toEqual([
    [0, 50, 'text at 0'],
    [50, 60, 'reused at 50'],
    [110, 10, 'text at 110'],
  ]);
  expect([...sumByReason(segments)]).toEqual([
    ['text', 60],
    ['reused', 60],
  ]);
});

it('names the next version where there is one', () => {
  expect(nextVersionName([2, 2])).toBe('as v2');
  expect(nextVersionName([2, 3])).toBe('as next versions');
});
