/** How a film is brought back to the clock: left alone, played at another rate, or sought. */
export type Steering = { kind: 'none' } | { kind: 'rate'; factor: number } | { kind: 'seek' };

/** Drift, in frames, from which on a film is steered, and at which that ends. */
interface Bounds {
  fromFrames: number;
  untilFrames: number;
}
/** A film alone is left in peace: every change of its rate can be heard a little. */
const alone: Bounds = { fromFrames: 0.6, untilFrames: 0.15 };
/** Films side by side: each so near to the clock that they are well within a frame of one another. */
const together: Bounds = { fromFrames: 0.3, untilFrames: 0.08 };
/** Beyond this a seek is quicker than playing faster or slower. */
const seekFromSeconds = 0.3;
const strongest = 0.08;

/** How a film is played at present. */
export interface Playing {
  framesPerSecond: number;
  /** It is being steered since before, which goes on until it is back in place. */
  isSteered: boolean;
  /** It is the only one. */
  isAlone: boolean;
}

/**
 * Judges a film that is `driftSeconds` ahead of (positive) or behind the clock. The rate changes by as much as makes
 * good the drift in about a third of a second, 8 % at most.
 */
export function steer(driftSeconds: number, { framesPerSecond, isSteered, isAlone }: Playing): Steering {
  const size = Math.abs(driftSeconds);
  if (size > seekFromSeconds) return { kind: 'seek' };
  const frames = size * framesPerSecond;
  const { fromFrames, untilFrames } = isAlone ? alone : together;
  if (frames < (isSteered ? untilFrames : fromFrames)) return { kind: 'none' };
  return { kind: 'rate', factor: 1 - Math.sign(driftSeconds) * Math.min(strongest, size * 3) };
}
