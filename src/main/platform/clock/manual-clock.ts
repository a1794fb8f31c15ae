import { cancelledError } from '#shared/errors/index.ts';
import type { Clock, Dispose } from './clock.ts';

/** A {@link Clock} for tests: time stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Moves both clocks forward, firing timers in order, each with the time it was due. */
  advance(durationMs: number): void;
  /** Moves the wall clock alone, as a person or NTP does; may be negative. */
  jumpWall(byMs: number): void;
}

interface Timer {
  dueMs: number;
  periodMs: number | null;
  callback: () => void;
}

/** Creates a clock that only moves when told to; starts at `startMs` on the wall (2026-01-01 unless given). */
export function manualClock(startMs = Date.UTC(2026, 0, 1)): ManualClock {
  let wallMs = startMs;
  let monotonic = 0;
  const timers = new Set<Timer>();

  function add(durationMs: number, periodMs: number | null, callback: () => void): Dispose {
    const timer: Timer = { dueMs: monotonic + Math.max(0, durationMs), periodMs, callback };
    timers.add(timer);
    return () => void timers.delete(timer);
  }

  function nextDue(limitMs: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of timers) {
      if (timer.dueMs <= limitMs && (next === undefined || timer.dueMs < next.dueMs)) next = timer;
    }
    return next;
  }

  return {
    nowMs: () => wallMs,
    monotonicMs: () => monotonic,
    after: (durationMs, callback) => add(durationMs, null, callback),
    every: (periodMs, callback) => add(periodMs, Math.max(1, periodMs), callback),
    sleep(durationMs, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(cancelledError());
        const onAbort = () => {
          stop();
          reject(cancelledError());
        };
        const stop = add(durationMs, null, () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        });
        signal?.addEventListener('abort', onAbort, { once: true });
      });
    },
    advance(durationMs) {
      const target = monotonic + durationMs;
      for (let timer = nextDue(target); timer !== undefined; timer = nextDue(target)) {
        const stepMs = Math.max(0, timer.dueMs - monotonic);
        monotonic += stepMs;
        wallMs += stepMs;
        if (timer.periodMs === null) timers.delete(timer);
        else timer.dueMs += timer.periodMs;
        timer.callback();
      }
      wallMs += target - monotonic;
      monotonic = target;
    },
    jumpWall(byMs) {
      wallMs += byMs;
    },
  };
}
