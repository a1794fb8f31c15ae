import type { Clock } from '#main/platform/clock/index.ts';
import { cancelledError, toAppError } from '#shared/errors/index.ts';
import type { Rate } from '#shared/units/index.ts';
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

/** One segment to be encoded and who waits for it. */
export interface Piece {
  segment: PlannedSegment;
  /** The request that asked for it first. */
  request: EncodeRequest;
  done: PromiseWithResolvers<CachedSegment>;
  /** Requests that wait for it; without any it is given up. */
  waiters: Set<object>;
  /** The run it is part of; null while it waits for a worker. */
  task: EncodeTask | null;
}

/** A run of segments being encoded by one process. */
export interface EncodeTask {
  request: EncodeRequest;
  pieces: readonly Piece[];
  frames: number;
  abort: AbortController;
  startedMs: number;
  /** Its encoders are done; what they made is only judged now, and worth keeping whoever still wants it. */
  isEncoded: boolean;
  /** Resolves when its process is gone. */
  working: Promise<void>;
}

/** Failures that would hit every segment alike: no use in trying them one by one. */
const sharedFailures = new Set(['cancelled', 'disk-full', 'folder-unwritable', 'ffmpeg-missing', 'ffmpeg-too-old']);

/** A piece nobody waits for yet. */
export function makePiece(request: EncodeRequest, segment: PlannedSegment): Piece {
  const done = Promise.withResolvers<CachedSegment>();
  done.promise.catch(() => {});
  return { segment, request, done, waiters: new Set(), task: null };
}

/** Sum of the frames of pieces. */
export function framesOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { segment }) => sum + segment.frames, 0);
}

/** What a task tells of itself. */
export interface TaskHooks {
  onMeasured: (measured: Measured) => void;
  /** Its encoders are done, once or more often: a piece that fails is tried alone. */
  onEncoded: () => void;
}

/** Begins to encode neighbours that were just taken from the queue. */
export function startTask(
  pieces: readonly Piece[],
  request: EncodeRequest,
  tools: EncodeTools,
  clock: Clock,
  hooks: TaskHooks,
): EncodeTask {
  const task: EncodeTask = {
    ...{ request, pieces, frames: framesOf(pieces), abort: new AbortController(), startedMs: clock.monotonicMs() },
    isEncoded: false,
    working: Promise.resolve(),
  };
  for (const piece of pieces) piece.task = task;
  task.working = workOn(task, tools, clock, hooks);
  return task;
}

/** Settles whatever is still open as cancelled. */
export function giveUp(pieces: readonly Piece[]): void {
  for (const piece of pieces) {
    piece.task?.abort.abort();
    piece.done.reject(cancelledError());
  }
}

/** Does a task: every piece is resolved or rejected in the end; never rejects itself. */
async function workOn(task: EncodeTask, tools: EncodeTools, clock: Clock, hooks: TaskHooks): Promise<void> {
  try {
    const missing: Piece[] = [];
    for (const piece of task.pieces) {
      // Another process, or an earlier task, may have made it meanwhile.
      const found = await tools.cache.find(piece.segment.fingerprint);
      if (found) piece.done.resolve(found);
      else missing.push(piece);
    }
    if (missing.length === 0) return;
    await encodePieces(task, missing, tools, clock, hooks).catch(async (error: unknown) => {
      if (missing.length === 1 || sharedFailures.has(toAppError(error).code)) throw error;
      // One segment's trouble is not its neighbours': each is tried alone.
      for (const piece of missing) {
        const kept = await tools.cache.find(piece.segment.fingerprint);
        if (kept) piece.done.resolve(kept);
        else await encodePieces(task, [piece], tools, clock, hooks).catch((alone: unknown) => piece.done.reject(alone));
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
  hooks: TaskHooks,
): Promise<void> {
  const { encoderArgs, sources } = task.request;
  const segments = pieces.map((piece) => piece.segment);
  const startMs = clock.monotonicMs();
  let ms = 0;
  const onEncoded = () => {
    ms = clock.monotonicMs() - startMs;
    task.isEncoded = true;
    hooks.onEncoded();
  };
  const options = { signal: task.abort.signal, onEncoded };
  const [segment] = segments;
  const before = task.request.segments.find((one) => one.startFrame + one.frames === segment?.startFrame);
  const results = await encodeRun(tools, { segments, before, encoderArgs, sources }, options);
  if (segment)
    hooks.onMeasured({
      ...{ segment, ms, presetKey: task.request.presetKey, frames: framesOf(pieces) },
      bytes: results.reduce((sum, one) => sum + one.sizeBytes, 0),
    });
  for (const [index, piece] of pieces.entries()) {
    const result = results[index];
    if (result) piece.done.resolve(result);
  }
}
