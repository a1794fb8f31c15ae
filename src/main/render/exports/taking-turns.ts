import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '#main/platform/clock/index.ts';

/** Longest stretch of work before other work gets its turn, ms: a frame of the screen is 16. */
const turnMs = 6;

/** Makes what long loops await between their steps: mostly at once, and now and then after other work had its turn. */
export function takingTurns(clock: Clock): () => Promise<void> {
  let sinceMs = clock.monotonicMs();
  return async () => {
    if (clock.monotonicMs() - sinceMs < turnMs) return;
    await breathe();
    sinceMs = clock.monotonicMs();
  };
}
