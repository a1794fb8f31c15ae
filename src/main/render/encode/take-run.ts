import { totalmem } from 'node:os';
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

/** Most segments of this size that one of so many processes encodes, on a machine with so much memory (bytes). */
export function encodersPerProcess(width: number, height: number, workers: number, memory: number): number {
  const each = width * height * 1.5 * framesHeld;
  const bytes = Math.min(mostEncodersBytes, (memory * encodersShare) / workers);
  return Math.max(1, Math.min(mostEncoders, Math.floor(bytes / each)));
}

/**
 * Takes the next run off the queue: the first piece and its neighbours. Long while much is waiting, so that little is
 * decoded twice and few processes start; shorter towards the end, so that all workers finish at about the same time.
 * Which pieces share a process changes nothing in them.
 */
export function takeRun(queue: Piece[], workers: number, memory = totalmem()): Piece[] {
  const [first] = queue;
  if (!first) return [];
  const { width, height, rate } = first.segment.recipe;
  const perSecond = rate.num / rate.den;
  const smaller = fullPixels / (width * height);
  const longest = Math.min(longestSecondsEver, longestSeconds * smaller);
  const shortest = Math.min(shortestSecondsEver, shortestSeconds * Math.max(1, smaller), longest);
  const share = framesOf(queue) / workers;
  // What is little in all is still shared out: nobody waits while another works.
  const atLeast = Math.min(shortest * perSecond, share);
  const limit = Math.max(atLeast, Math.min(longest * perSecond, share / sharesPerWorker));
  const most = encodersPerProcess(width, height, workers, memory);
  let count = 1;
  for (let frames = first.segment.frames; count < Math.min(most, queue.length); count += 1) {
    const [before, next] = [queue[count - 1], queue[count]];
    if (!before || !next || !areNeighbours(before, next)) break;
    frames += next.segment.frames;
    // A quarter of a second more is better than a process for it.
    if (frames > limit + perSecond / 4) break;
  }
  return queue.splice(0, count);
}

function areNeighbours(before: Piece, next: Piece): boolean {
  return (
    before.request === next.request && next.segment.startFrame === before.segment.startFrame + before.segment.frames
  );
}
