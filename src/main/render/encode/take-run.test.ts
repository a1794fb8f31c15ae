import { expect, test } from 'vitest';
import { rational } from '#shared/units/index.ts';
import type { PlannedSegment } from '../plan/recipe.ts';
import { type EncodeRequest, makePiece, type Piece } from './encode-task.ts';
import { encodersPerProcess, takeRun } from './take-run.ts';

const full = { width: 1080, height: 1920 };

/** A queue of one output's neighbours. */
function queueOf(frames: readonly number[], size = full): Piece[] {
  const request = {} as EncodeRequest;
  let startFrame = 0;
  return frames.map((count) => {
    const recipe = { ...size, rate: rational(30), spans: [] };
    const segment: PlannedSegment = { fingerprint: `f${startFrame}`, startFrame, frames: count, recipe };
    startFrame += count;
    return makePiece(request, segment);
  });
}

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

test('two short pieces of one edit go to two workers', () => {
  expect(runs(queueOf([45, 45]), 2)).toEqual([[45], [45]]);
});

test('only neighbours of one output share a process', () => {
  const queue = queueOf([10, 10, 10]);
  queue.splice(1, 1);
  const other = queueOf([10, 10]);
  expect(runs([...queue, ...other], 1)).toEqual([[10], [10], [10, 10]]);
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
