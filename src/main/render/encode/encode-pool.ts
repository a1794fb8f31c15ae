import type { Clock } from '#main/platform/clock/index.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import type { EncodeTools } from './encode-run.ts';
import {
  type EncodeRequest,
  type EncodeTask,
  giveUp,
  type Measured,
  makePiece,
  type Piece,
  startTask,
} from './encode-task.ts';
import type { CachedSegment } from './segment-cache.ts';
import { takeRun } from './take-run.ts';

/** How an {@link EncodeRequest} goes. */
export interface EncodeOptions {
  signal: AbortSignal;
  /** Frames in the cache by now, of all of this request's. Estimated while a process is at work. */
  onProgress: (doneFrames: number, totalFrames: number) => void;
  /** Hears the fingerprints that are encoded for this request: neither found nor under way for another one. */
  onClaimed?: (fingerprints: readonly string[]) => void;
}

/** Encodes missing segments for all exports of this process: no segment twice, no more processes than workers. */
export interface EncodePool {
  /**
   * All of a request's segments, encoded or found, in order. Rejects with the first failure, or `cancelled`; work that
   * another request waits for goes on.
   */
  encode(request: EncodeRequest, options: EncodeOptions): Promise<CachedSegment[]>;
}

/** What {@link createEncodePool} needs. */
export interface EncodePoolOptions {
  tools: EncodeTools;
  /** Processes at once. */
  workers: number;
  clock: Clock;
  /** Hears how long each run took. */
  onMeasured?: (measured: Measured) => void;
}

const progressPeriodMs = 500;

/** Creates a pool; it starts nothing by itself. */
export function createEncodePool(options: EncodePoolOptions): EncodePool {
  const { tools, clock, workers } = options;
  const byFingerprint = new Map<string, Piece>();
  const queue: Piece[] = [];
  let running = 0;
  let framesPerMs = 0.03;

  function forget(pieces: readonly Piece[]): void {
    for (const piece of pieces) {
      const { fingerprint } = piece.segment;
      if (byFingerprint.get(fingerprint) === piece) byFingerprint.delete(fingerprint);
    }
  }

  function measured(one: Measured): void {
    framesPerMs = 0.7 * framesPerMs + 0.3 * (one.frames / Math.max(1, one.ms));
    options.onMeasured?.(one);
  }

  function startNext(): void {
    while (running < workers) {
      const pieces = takeRun(queue, workers);
      const [first] = pieces;
      if (!first) return;
      running += 1;
      let isEncoding = true;
      // The next run begins while this one is judged: a worker that waits for disks would idle.
      const onEncoded = () => {
        if (!isEncoding) return;
        isEncoding = false;
        running -= 1;
        startNext();
      };
      const task = startTask(pieces, first.request, tools, clock, { onMeasured: measured, onEncoded });
      void task.working.finally(() => {
        forget(pieces);
        onEncoded();
      });
    }
  }

  /** The pieces that are missing: those under way already, and new ones for the rest. */
  function piecesFor(request: EncodeRequest, found: ReadonlyMap<string, CachedSegment>): Piece[] {
    const pieces = new Map<string, Piece>();
    for (const segment of request.segments) {
      const { fingerprint } = segment;
      if (found.has(fingerprint) || pieces.has(fingerprint)) continue;
      const known = byFingerprint.get(fingerprint);
      const piece = known ?? makePiece(request, segment);
      pieces.set(fingerprint, piece);
      if (known) continue;
      byFingerprint.set(fingerprint, piece);
      queue.push(piece);
    }
    return [...pieces.values()];
  }

  /** Gives up what nobody else waits for; resolves when it has stopped. A process goes on while anybody needs a part of its run. */
  async function leave(pieces: readonly Piece[], waiter: object): Promise<void> {
    for (const piece of pieces) piece.waiters.delete(waiter);
    const unwanted = pieces.filter((piece) => piece.waiters.size === 0);
    const waiting = new Set(unwanted.filter((piece) => piece.task === null));
    if (waiting.size > 0) queue.splice(0, queue.length, ...queue.filter((piece) => !waiting.has(piece)));
    const tasks = new Set(unwanted.flatMap((piece) => piece.task ?? []));
    const idle = [...tasks].filter((task) => task.pieces.every((piece) => piece.waiters.size === 0));
    const stopped = idle.filter((task) => !task.isEncoded);
    const dropped = [...waiting, ...stopped.flatMap((task) => task.pieces)];
    forget(dropped);
    giveUp(dropped);
    await Promise.all(idle.map((task) => task.working));
  }

  function estimate(task: EncodeTask): number {
    return Math.min(task.frames * 0.97, (clock.monotonicMs() - task.startedMs) * framesPerMs);
  }

  return {
    async encode(request, { signal, onProgress, onClaimed }) {
      const results = new Map<string, CachedSegment>();
      for (const { fingerprint } of request.segments) {
        const cached = results.get(fingerprint) ?? (await tools.cache.find(fingerprint));
        if (cached) results.set(fingerprint, cached);
      }
      if (signal.aborted) throw cancelledError();
      const waiter = {};
      const pieces = piecesFor(request, results);
      for (const piece of pieces) piece.waiters.add(waiter);
      const own = pieces.filter((piece) => piece.request === request);
      onClaimed?.(own.map((piece) => piece.segment.fingerprint));
      const report = () => onProgress(...progressOf(request, results, pieces, estimate));
      const stopTicking = clock.every(progressPeriodMs, report);
      startNext();
      try {
        await waitForPieces(pieces, results, report, signal);
      } finally {
        stopTicking();
        await leave(pieces, waiter);
      }
      return request.segments.map((segment) => {
        const result = results.get(segment.fingerprint);
        if (result) return result;
        throw new AppError('internal', 'A piece of the ad was lost. Please try again.', { retry: 'retry' });
      });
    },
  };
}

async function waitForPieces(
  pieces: readonly Piece[],
  results: Map<string, CachedSegment>,
  report: () => void,
  signal: AbortSignal,
): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => {});
  const onAbort = () => aborted.reject(cancelledError());
  signal.addEventListener('abort', onAbort, { once: true });
  const waiting = pieces.map(async ({ segment, done }) => {
    results.set(segment.fingerprint, await done.promise);
    report();
  });
  try {
    await Promise.race([Promise.all(waiting), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function progressOf(
  request: EncodeRequest,
  results: ReadonlyMap<string, CachedSegment>,
  pieces: readonly Piece[],
  estimate: (task: EncodeTask) => number,
): [doneFrames: number, totalFrames: number] {
  const sum = (frames: readonly number[]) => frames.reduce((total, one) => total + one, 0);
  const total = sum(request.segments.map((segment) => segment.frames));
  const done = sum(request.segments.map((segment) => (results.has(segment.fingerprint) ? segment.frames : 0)));
  const open = pieces.filter(({ segment }) => !results.has(segment.fingerprint));
  const underway = new Set(open.flatMap((piece) => piece.task ?? []));
  return [Math.min(total, Math.round(done + sum([...underway].map(estimate)))), total];
}
