import type { Clock } from '#main/platform/clock/index.ts';
import { cancelledError, toAppError } from '#shared/errors/index.ts';
import { type Rate, round } from '#shared/units/index.ts';
import type { PlannedSegment } from '../plan/recipe.ts';
import { type EncodeTools, encodeRun, type SourcesByIdentity } from './encode-run.ts';
import type { CachedSegment } from './segment-cache.ts';

/** What one output needs encoded. */
export interface EncodeRequest {
  segments: readonly PlannedSegment[];
  encoderArgs: readonly string[];
  sources: SourcesByIdentity;
  rate: Rate;
  /** Names the encoder settings when speeds are measured. */
  presetKey: string;
}

/** How long an ffmpeg process took for what. */
export interface Measured {
  frames: number;
  ms: number;
  bytes: number;
  segment: PlannedSegment;
  presetKey: string;
}

/** One segment of a task and who waits for it. */
interface Piece {
  segment: PlannedSegment;
  done: PromiseWithResolvers<CachedSegment>;
}

/** A run of segments to be encoded by one process. */
export interface EncodeTask {
  request: EncodeRequest;
  pieces: Piece[];
  frames: number;
  /** Requests that wait for it; without any it is given up. */
  waiters: Set<object>;
  abort: AbortController;
  startedMs: number | null;
  /** Resolves when its process is gone; null while it has not begun. */
  working: Promise<void> | null;
}

/** Longest stretch one process takes, seconds: memory grows with its number of encoders. */
const longestRunSeconds = 12;
/** Shorter runs than this cost more in starting than they win in balance. */
const shortestRunSeconds = 2;
/** Failures that would hit every segment alike: no use in trying them one by one. */
const sharedFailures = new Set(['cancelled', 'disk-full', 'folder-unwritable', 'ffmpeg-missing', 'ffmpeg-too-old']);

/** Splits neighbours into runs of about the same length, so that all workers have something to do. */
export function splitIntoRuns(segments: readonly PlannedSegment[], workers: number, rate: Rate): PlannedSegment[][] {
  const perSecond = rate.num / rate.den;
  const total = segments.reduce((sum, segment) => sum + segment.frames, 0);
  const longest = round({ num: rate.num * longestRunSeconds, den: rate.den });
  const limit = Math.min(longest, Math.max(Math.ceil(total / workers), shortestRunSeconds * perSecond));
  const runs: PlannedSegment[][] = [];
  let frames = 0;
  let end = -1;
  for (const segment of segments) {
    const current = runs.at(-1);
    if (current && segment.startFrame === end && frames + segment.frames <= limit + perSecond / 2) {
      current.push(segment);
      frames += segment.frames;
    } else {
      runs.push([segment]);
      frames = segment.frames;
    }
    end = segment.startFrame + segment.frames;
  }
  return runs;
}

/** A task nobody waits for yet. */
export function makeTask(request: EncodeRequest, segments: readonly PlannedSegment[]): EncodeTask {
  const pieces = segments.map((segment) => {
    const done = Promise.withResolvers<CachedSegment>();
    done.promise.catch(() => {});
    return { segment, done };
  });
  const frames = segments.reduce((sum, segment) => sum + segment.frames, 0);
  return { request, pieces, frames, waiters: new Set(), abort: new AbortController(), startedMs: null, working: null };
}

/** Settles whatever is still open as cancelled. */
export function giveUp(task: EncodeTask): void {
  task.abort.abort();
  for (const piece of task.pieces) piece.done.reject(cancelledError());
}

/** Does a task: every piece is resolved or rejected in the end; never rejects itself. */
export async function workOn(
  task: EncodeTask,
  tools: EncodeTools,
  clock: Clock,
  onMeasured: (measured: Measured) => void,
): Promise<void> {
  task.startedMs = clock.monotonicMs();
  try {
    const missing: Piece[] = [];
    for (const piece of task.pieces) {
      // Another process, or an earlier task, may have made it meanwhile.
      const found = await tools.cache.find(piece.segment.fingerprint);
      if (found) piece.done.resolve(found);
      else missing.push(piece);
    }
    if (missing.length === 0) return;
    await encodePieces(task, missing, tools, clock, onMeasured).catch(async (error: unknown) => {
      if (missing.length === 1 || sharedFailures.has(toAppError(error).code)) throw error;
      // One segment's trouble is not its neighbours': each is tried alone.
      for (const piece of missing) {
        const kept = await tools.cache.find(piece.segment.fingerprint);
        if (kept) piece.done.resolve(kept);
        else
          await encodePieces(task, [piece], tools, clock, onMeasured).catch((alone: unknown) =>
            piece.done.reject(alone),
          );
      }
    });
  } catch (error) {
    for (const piece of task.pieces) piece.done.reject(error);
  }
}

async function encodePieces(
  task: EncodeTask,
  pieces: readonly Piece[],
  tools: EncodeTools,
  clock: Clock,
  onMeasured: (measured: Measured) => void,
): Promise<void> {
  const { encoderArgs, sources } = task.request;
  const segments = pieces.map((piece) => piece.segment);
  const startMs = clock.monotonicMs();
  const results = await encodeRun(tools, { segments, encoderArgs, sources }, { signal: task.abort.signal });
  const [segment] = segments;
  if (segment)
    onMeasured({
      segment,
      presetKey: task.request.presetKey,
      frames: segments.reduce((sum, one) => sum + one.frames, 0),
      bytes: results.reduce((sum, one) => sum + one.sizeBytes, 0),
      ms: clock.monotonicMs() - startMs,
    });
  for (const [index, piece] of pieces.entries()) {
    const result = results[index];
    if (result) piece.done.resolve(result);
  }
}
