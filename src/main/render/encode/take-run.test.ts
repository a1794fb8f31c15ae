import { expect, test } from 'vitest';
import { rational } from '#shared/units/index.ts';
import type { PlannedSegment } from '../plan/recipe.ts';
import { type EncodeRequest, makePiece, type Piece } from './encode-task.ts';
import { encodersPerProcess, takeRun } from './take-run.ts';

const full = { width: 1080, height: 1920 };

/** A queue of one output's neighbours. */
function queueOf(frames: readonly number[], size = full): Piece[] {
  return queueOfShots(
    frames.map((count) => [count]),
    size,
  );
}

/** A queue of one output's neighbours, by shots: each is footage of its own, played on from piece to piece. */
function queueOfShots(shots: readonly (readonly number[])[], size = full): Piece[] {
  const request = {} as EncodeRequest;
  let startFrame = 0;
  const pieces = shots.flatMap((shot, n) => shot.map((count, at) => ({ count, n, from: sum(shot.slice(0, at)) })));
  return pieces.map(({ count, n, from }) => {
    const pick = {
      ...{ source: `footage ${n}`, streamIndex: 0, isStill: false, opening: { demuxer: null, alphaCodec: null } },
      ...{ fromSeconds: rational(from, 30), speed: rational(1) },
    };
    const layer = { kind: 'picture', pick, filters: 'null', x: 0, y: 0, ...size, isBlended: false } as const;
    const recipe = { ...size, rate: rational(30), spans: [{ frames: count, layers: [layer] }] };
    const segment: PlannedSegment = { fingerprint: `f${startFrame}`, startFrame, frames: count, recipe };
    startFrame += count;
    return makePiece(request, segment);
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Memory of a large machine, and of a small one. */
const [large, small] = [64e9, 4e9];

/** Frames of the runs that workers would take one after another. */
function runs(queue: Piece[], workers: number): number[][] {
  const taken: number[][] = [];
  while (queue.length > 0) taken.push(takeRun(queue, workers, large).map((piece) => piece.segment.frames));
  return taken;
}

test('runs are long while much is waiting and short towards the end', () => {
  const taken = runs(queueOf(Array.from({ length: 15 }, () => 60)), 2);
  expect(taken.flat()).toHaveLength(15);
  expect(taken[0]).toEqual([60, 60, 60, 60]);
  expect(taken.at(-1)).toEqual([60]);
  expect(taken.at(-2)).toEqual([60]);
  expect(Math.max(...taken.map((run) => run.length))).toBe(4);
});

test('a short ad is few processes, and both workers have the same to do', () => {
  const taken = runs(queueOf(Array.from({ length: 10 }, () => 60)), 2);
  expect(taken.length).toBeLessThanOrEqual(6);
  const busy = [0, 0];
  // Each run goes to the worker that is free first.
  for (const run of taken) busy[busy.indexOf(Math.min(...busy))]! += run.reduce((sum, frames) => sum + frames, 0);
  expect(Math.abs((busy[0] ?? 0) - (busy[1] ?? 0))).toBeLessThanOrEqual(60);
});

test('a shot is begun in the middle only where that helps, and the last to end is a short run', () => {
  const queue = queueOfShots([[45, 45, 30], [39, 41], [30, 30, 36, 24], [80], [30, 30, 60], [33, 47]]);
  expect(runs(queue, 2)).toEqual([[45, 45, 30, 39, 41], [30, 30, 36, 24], [30, 30, 60], [80], [47], [33]]);
});

test('one long shot is shared out all the same', () => {
  const taken = runs(queueOfShots([[60, 60, 60, 60, 60, 60]]), 2);
  expect(taken[0]).toEqual([60, 60]);
  expect(taken.length).toBeGreaterThanOrEqual(4);
});

test('two short pieces of one edit go to two workers', () => {
  expect(runs(queueOf([45, 45]), 2)).toEqual([[45], [45]]);
});

test('only neighbours of one output share a process', () => {
  const queue = queueOf([10, 10, 10]);
  queue.splice(1, 1);
  const other = queueOf([10, 10]);
  expect(runs([...queue, ...other], 1)).toEqual([[10, 10], [10], [10]]);
});

test('large pictures have fewer encoders in a process, and never none', () => {
  expect(encodersPerProcess(320, 180, 2, large)).toBe(8);
  expect(encodersPerProcess(1080, 1920, 2, large)).toBe(5);
  expect(encodersPerProcess(3840, 2160, 2, large)).toBe(1);
  expect(runs(queueOf([60, 60, 60], { width: 3840, height: 2160 }), 1)).toEqual([[60], [60], [60]]);
});

test('a small machine with many processors has fewer encoders in a process', () => {
  expect(encodersPerProcess(1080, 1920, 2, small)).toBe(2);
  expect(encodersPerProcess(1080, 1920, 8, small)).toBe(1);
});

test('little work is shared out however small the pictures are', () => {
  const half = { width: 540, height: 960 };
  expect(runs(queueOf([45, 45], half), 2)).toEqual([[45], [45]]);
});
