import { setTimeout as delay } from 'node:timers/promises';
import { cancelledError } from '#shared/errors/index.ts';

/** Something that can be stopped or released; calling it twice does no harm. */
export type Dispose = () => void;

/** Time, injected so that tests decide what time it is. */
export interface Clock {
  /** Wall time, ms since the epoch. May jump either way; only for showing and storing. */
  nowMs(): number;
  /** Milliseconds of a clock that never goes back; only differences mean something. */
  monotonicMs(): number;
  /** Waits; rejects with a `cancelled` AppError when the signal aborts.. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  /** Calls back once, later. Does not keep the process alive. */
  after(durationMs: number, callback: () => void): Dispose;
  /** Calls back again and again. Does not keep the process alive. */
  every(periodMs: number, callback: () => void): Dispose;
}

/** Longest delay a Node timer takes; longer ones would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own clock. */
export function systemClock(): Clock {
  return {
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    async sleep(durationMs, signal) {
      try {
        await delay(clampDelay(durationMs), undefined, signal === undefined ? {} : { signal });
      } catch {
        throw cancelledError();
      }
    },
    after(durationMs, callback) {
      const timer = setTimeout(callback, clampDelay(durationMs));
      timer.unref();
      return () => clearTimeout(timer);
    },
    every(periodMs, callback) {
      const timer = setInterval(callback, clampDelay(periodMs));
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

function clampDelay(durationMs: number): number {
  return Math.min(Math.max(0, durationMs), longestTimerMs);
}
