import { describe, expect, it } from 'vitest';
import type { Asset } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import {
  markIn,
  markOut,
  neighbour,
  noMarks,
  rangeSeconds,
  sourceFrames,
  sourceRate,
  sourceTimeline,
  stageRatio,
  subclipName,
} from './marks.ts';

function asset(change: { rate?: [number, number]; seconds?: [number, number] | null; size?: [number, number] }): Asset {
  const [num, den] = change.rate ?? [30_000, 1001];
  const seconds = change.seconds === undefined ? [5, 1] : change.seconds;
  const [width, height] = change.size ?? [960, 540];
  return {
    id: 'a',
    name: 'flower.mp4',
    kind: 'video',
    probe: {
      durationSeconds: seconds && rational(seconds[0] ?? 0, seconds[1]),
      video: { width, height, averageRate: rational(num, den) },
      audio: [],
    },
  } as unknown as Asset;
}

describe('marks', () => {
  it('counts in the frames of the source', () => {
    expect(sourceRate(asset({}))).toEqual(rational(30_000, 1001));
    expect(sourceFrames(asset({}))).toBe(149);
    expect(sourceFrames(asset({ seconds: null }))).toBe(1);
    expect(sourceRate(asset({ rate: [90_000, 1] }))).toEqual(rational(30));
  });

  it('keeps the frame under the playhead inside the range at both ends', () => {
    expect(markOut(markIn(noMarks, 10), 19)).toEqual({ inFrame: 10, outFrame: 20 });
  });

  it('drops a mark that ends up on the wrong side', () => {
    expect(markIn({ inFrame: 0, outFrame: 10 }, 10)).toEqual({ inFrame: 10, outFrame: null });
    expect(markOut({ inFrame: 20, outFrame: null }, 5)).toEqual({ inFrame: null, outFrame: 6 });
  });

  it('gives exact seconds, and leaves out ends that are the source’s own', () => {
    expect(rangeSeconds(asset({}), { inFrame: 30, outFrame: 60 })).toEqual({
      inSeconds: rational(30 * 1001, 30_000),
      outSeconds: rational(60 * 1001, 30_000),
    });
    expect(rangeSeconds(asset({}), { inFrame: 0, outFrame: 10_000 })).toEqual({});
    expect(rangeSeconds(asset({ seconds: null }), { inFrame: 0, outFrame: 1 })).toEqual({});
  });

  it('shows a source in the shape nearest to it', () => {
    expect(stageRatio(asset({ size: [568, 320] }))).toBe('16:9');
    expect(stageRatio(asset({ size: [720, 1280] }))).toBe('9:16');
    expect(stageRatio(asset({ size: [640, 640] }))).toBe('1:1');
  });

  it('plays the whole source', () => {
    expect(sourceTimeline(asset({}))).toMatchObject({
      lengthFrames: 149,
      clips: [{ startFrame: 0, lengthFrames: 149 }],
    });
  });

  it('finds neighbours and free names', () => {
    expect(neighbour(['a', 'b', 'c'], 'b', 1)).toBe('c');
    expect(neighbour(['a', 'b'], 'b', 1)).toBeNull();
    expect(neighbour(['a'], 'x', 1)).toBeNull();
    expect(subclipName({ name: 'flower.mp4' }, 64.2, [])).toBe('flower 1:04');
    expect(subclipName({ name: 'flower.mp4' }, 64.2, ['flower 1:04'])).toBe('flower 1:04 (2)');
  });
});
