import { totalmem } from 'node:os';
import { compare } from '#shared/units/index.ts';
import { pickTime } from '../plan/compile-run.ts';
import type { RecipeSpan } from '../plan/recipe.ts';
import { framesOf, type Piece } from './encode-task.ts';

/** Part of the machine's memory that all encoders together may take. */
const encodersShare = 0.25;
/** Memory the encoders of one ffmpeg process may take at most, bytes: five at 1080×1920. */
const mostEncodersBytes = 1_000_000_000;
/** Frames an encoder holds at once: x264's look-ahead of 40 to 60, references, and those on their way to it. */
const framesHeld = 64;
/** Encoders in one process, however small the pictures: each costs decoded frames waiting for their turn. */
const mostEncoders = 8;
/** Longest stretch one process takes at 1080×1920, seconds; smaller pictures take longer ones, as they are quicker done. */
const longestSeconds = 8;
const longestSecondsEver = 24;
/**
 * Shorter runs than this at 1080×1920 cost more than they win in balance: a process, footage decoded twice, and a join that
 * has to be looked at.
 */
const shortestSeconds = 2;
const shortestSecondsEver = 4;
const fullPixels = 1080 * 1920;
/** A run is at most this part of a worker's share of what is waiting: more parts balance better and start more processes. */
const sharesPerWorker = 1.25;
/** A run is cut back to where a shot begins if this part of it is left, and goes on to its end if it is no longer than that. */
const shortened = 0.5;
const lengthened = 1.35;
/** With so few runs left per worker the longest is taken first, so that the last to end is a short one. */
const lastRunsPerWorker = 4;

/** Most segments of this size that one of so many processes encodes, on a machine with so much memory (bytes). */
export function encodersPerProcess(width: number, height: number, workers: number, memory: number): number {
  const each = width * height * 1.5 * framesHeld;
  const bytes = Math.min(mostEncodersBytes, (memory * encodersShare) / workers);
  return Math.max(1, Math.min(mostEncoders, Math.floor(bytes / each)));
}

/**
 * Takes the next run off the queue: a piece and its neighbours. Long while much is waiting, so that little is decoded twice
 * and few processes start; shorter towards the end, longest first, so that all workers finish at about the same time. Shots
 * are kept together where that costs little: whoever begins in the middle of one decodes from its last key frame on.
 * Which pieces share a process, and when, changes nothing in them.
 */
export function takeRun(queue: Piece[], workers: number, memory = totalmem()): Piece[] {
  const [first] = queue;
  if (!first) return [];
  const { width, height } = first.segment.recipe;
  const most = encodersPerProcess(width, height, workers, memory);
  const limit = longestRun(queue, workers);
  const lengths: number[] = [];
  for (let from = 0; from < queue.length && lengths.length <= lastRunsPerWorker * workers; from += lengths.at(-1) ?? 1)
    lengths.push(runLength(queue, from, limit, most));
  if (lengths.length > lastRunsPerWorker * workers) return queue.splice(0, lengths[0]);
  let [longest, start, count, from] = [0, 0, 1, 0];
  for (const length of lengths) {
    const frames = framesOf(queue.slice(from, from + length));
    if (frames > longest) [longest, start, count] = [frames, from, length];
    from += length;
  }
  return queue.splice(start, count);
}

/** Frames of the next run, at most. */
function longestRun(queue: readonly Piece[], workers: number): number {
  const { width, height, rate } = queue[0]?.segment.recipe ?? { width: 2, height: 2, rate: { num: 30, den: 1 } };
  const perSecond = rate.num / rate.den;
  const smaller = fullPixels / (width * height);
  const longest = Math.min(longestSecondsEver, longestSeconds * smaller);
  const shortest = Math.min(shortestSecondsEver, shortestSeconds * Math.max(1, smaller), longest);
  const share = framesOf(queue) / workers;
  // What is little in all is still shared out: nobody waits while another works.
  const atLeast = Math.min(shortest * perSecond, share);
  return Math.max(atLeast, Math.min(longest * perSecond, share / sharesPerWorker));
}

/** How many pieces from `from` on make a run of about `limit` frames and at most `most` encoders. */
function runLength(queue: readonly Piece[], from: number, limit: number, most: number): number {
  const { rate } = queue[from]?.segment.recipe ?? { rate: { num: 30, den: 1 } };
  // A quarter of a second more is better than a process for it.
  const grace = rate.num / rate.den / 4;
  let to = from + 1;
  let frames = queue[from]?.segment.frames ?? 0;
  while (to - from < most && isNeighbour(queue, to) && frames + (queue[to]?.segment.frames ?? 0) <= limit + grace) {
    frames += queue[to]?.segment.frames ?? 0;
    to += 1;
  }
  if (!goesOn(queue, to)) return to - from;
  let shotStart = to - 1;
  while (shotStart > from && goesOn(queue, shotStart)) shotStart -= 1;
  if (framesOf(queue.slice(from, shotStart)) >= shortened * limit) return shotStart - from;
  let shotEnd = to;
  while (goesOn(queue, shotEnd)) shotEnd += 1;
  const isLittleMore = framesOf(queue.slice(from, shotEnd)) <= lengthened * limit && shotEnd - from <= most;
  return isLittleMore ? shotEnd - from : to - from;
}

/** The piece at `index` plays just after the one before it in the queue. */
function isNeighbour(queue: readonly Piece[], index: number): boolean {
  const [before, next] = [queue[index - 1], queue[index]];
  return (
    before !== undefined &&
    next !== undefined &&
    before.request === next.request &&
    next.segment.startFrame === before.segment.startFrame + before.segment.frames
  );
}

/** The piece at `index` goes on with footage that the one before it shows, where that one ends. */
function goesOn(queue: readonly Piece[], index: number): boolean {
  if (!isNeighbour(queue, index)) return false;
  const last = queue[index - 1]?.segment.recipe.spans.at(-1);
  const next = queue[index]?.segment.recipe.spans[0];
  const rate = queue[index]?.segment.recipe.rate;
  if (!last || !next || !rate) return false;
  const picks = (span: RecipeSpan) => span.layers.flatMap((one) => (one.kind === 'picture' ? [one.pick] : []));
  return picks(next).some((pick) =>
    picks(last).some(
      (before) =>
        !pick.isStill &&
        before.source === pick.source &&
        compare(pick.speed, before.speed) === 0 &&
        compare(pick.fromSeconds, pickTime(before, last.frames, rate)) === 0,
    ),
  );
}
