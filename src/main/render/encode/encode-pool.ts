import type { Clock } from '#main/platform/clock/index.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import type { PlannedSegment } from '../plan/recipe.ts';
import type { EncodeTools } from './encode-run.ts';
import {
  type EncodeRequest,
  type EncodeTask,
  giveUp,
  type Measured,
  makeTask,
  splitIntoRuns,
  workOn,
} from './encode-task.ts';
import type { CachedSegment } from './segment-cache.ts';

/** How an {@link EncodeRequest} goes. */
export interface EncodeOptions {
  signal: AbortSignal;
  /** Frames in the cache by now, of all of this request's. Estimated while a process is at work. */
  onProgress: (doneFrames: number, totalFrames: number) => void;
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
  const byFingerprint = new Map<string, EncodeTask>();
  const queue: EncodeTask[] = [];
  let running = 0;
  let framesPerMs = 0.03;

  function forget(task: EncodeTask): void {
    for (const { segment } of task.pieces)
      if (byFingerprint.get(segment.fingerprint) === task) byFingerprint.delete(segment.fingerprint);
  }

  function measured(one: Measured): void {
    framesPerMs = 0.7 * framesPerMs + 0.3 * (one.frames / Math.max(1, one.ms));
    options.onMeasured?.(one);
  }

  function startNext(): void {
    while (running < workers) {
      const task = queue.shift();
      if (!task) return;
      running += 1;
      task.working = workOn(task, tools, clock, measured).finally(() => {
        running -= 1;
        forget(task);
        startNext();
      });
    }
  }

  /** The tasks that make what is missing: those under way already, and new ones for the rest. */
  function tasksFor(request: EncodeRequest, found: ReadonlyMap<string, CachedSegment>): Set<EncodeTask> {
    const tasks = new Set<EncodeTask>();
    const unclaimed: PlannedSegment[] = [];
    const seen = new Set<string>();
    for (const segment of request.segments) {
      if (found.has(segment.fingerprint) || seen.has(segment.fingerprint)) continue;
      seen.add(segment.fingerprint);
      const task = byFingerprint.get(segment.fingerprint);
      if (task) tasks.add(task);
      else unclaimed.push(segment);
    }
    for (const run of splitIntoRuns(unclaimed, workers, request.rate)) {
      const task = makeTask(request, run);
      for (const { fingerprint } of run) byFingerprint.set(fingerprint, task);
      queue.push(task);
      tasks.add(task);
    }
    return tasks;
  }

  /** Gives up what nobody else waits for; resolves when it has stopped. */
  async function leave(task: EncodeTask, waiter: object): Promise<void> {
    task.waiters.delete(waiter);
    if (task.waiters.size > 0) return;
    forget(task);
    const index = queue.indexOf(task);
    if (index >= 0) queue.splice(index, 1);
    giveUp(task);
    await task.working;
  }

  function estimate(task: EncodeTask): number {
    if (task.startedMs === null) return 0;
    return Math.min(task.frames * 0.97, (clock.monotonicMs() - task.startedMs) * framesPerMs);
  }

  return {
    async encode(request, { signal, onProgress }) {
      const results = new Map<string, CachedSegment>();
      for (const { fingerprint } of request.segments) {
        const cached = results.get(fingerprint) ?? (await tools.cache.find(fingerprint));
        if (cached) results.set(fingerprint, cached);
      }
      if (signal.aborted) throw cancelledError();
      const waiter = {};
      const tasks = tasksFor(request, results);
      for (const task of tasks) task.waiters.add(waiter);
      const report = () => onProgress(...progressOf(request, results, tasks, estimate));
      const stopTicking = clock.every(progressPeriodMs, report);
      startNext();
      try {
        await waitForTasks([...tasks], results, report, signal);
      } finally {
        stopTicking();
        await Promise.all([...tasks].map((task) => leave(task, waiter)));
      }
      return request.segments.map((segment) => {
        const result = results.get(segment.fingerprint);
        if (result) return result;
        throw new AppError('internal', 'A piece of the ad was lost. Please try again.', { retry: 'retry' });
      });
    },
  };
}

async function waitForTasks(
  tasks: readonly EncodeTask[],
  results: Map<string, CachedSegment>,
  report: () => void,
  signal: AbortSignal,
): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => {});
  const onAbort = () => aborted.reject(cancelledError());
  signal.addEventListener('abort', onAbort, { once: true });
  const pieces = tasks.flatMap((task) => task.pieces);
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
  tasks: ReadonlySet<EncodeTask>,
  estimate: (task: EncodeTask) => number,
): [doneFrames: number, totalFrames: number] {
  const sum = (frames: readonly number[]) => frames.reduce((total, one) => total + one, 0);
  const total = sum(request.segments.map((segment) => segment.frames));
  const done = sum(request.segments.map((segment) => (results.has(segment.fingerprint) ? segment.frames : 0)));
  const underway = [...tasks].filter((task) => task.pieces.some(({ segment }) => !results.has(segment.fingerprint)));
  return [Math.min(total, Math.round(done + sum(underway.map(estimate)))), total];
}
