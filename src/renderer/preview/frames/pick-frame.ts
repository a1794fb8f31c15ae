import { clockGrace, clockOrigin, type Probe } from '#shared/model/index.ts';
import { add, type Rational, toNumber } from '#shared/units/index.ts';

/** How a source's time is read off its file's own clock; the export uses the same two. */
export interface SourceClock {
  /** Where the file begins on its clock, seconds. */
  readonly originSeconds: Rational;
  /** Added to a moment to find a frame whose time was rounded up, seconds. */
  readonly graceSeconds: Rational;
}

/** Forgiven for the rounding of times, seconds: the export forgives as much. */
const roundingGraceSeconds = 2e-9;

/** The clock of a file, from what its probe found. */
export function sourceClock(probe: Pick<Probe, 'video' | 'audio' | 'container'>): SourceClock {
  return { originSeconds: clockOrigin(probe), graceSeconds: clockGrace(probe.container) };
}

/** Seconds on the file's clock up to which a frame must have begun to be the one shown at a moment of the source. */
export function momentOnClock(clock: SourceClock, sourceSeconds: Rational): number {
  return toNumber(add(add(sourceSeconds, clock.originSeconds), clock.graceSeconds)) + roundingGraceSeconds;
}

/** Index of the frame shown at a moment of the file's clock: the last with time ≤ it, the first before that; −1 without frames. `times` rise. */
export function pickFrame(times: readonly number[], moment: number): number {
  if (times.length === 0) return -1;
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
