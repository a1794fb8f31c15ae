/** How a film is brought back to the clock: left alone, played at another rate, or sought. */
export type Steering = { kind: 'none' } | { kind: 'rate'; factor: number } | { kind: 'seek' };

/** Drift, in frames, from which on a film is steered, and at which that ends: always well within one frame. */
const steerFromFrames = 0.45;
const steerUntilFrames = 0.12;
/** Beyond this a seek is quicker than playing faster or slower. */
const seekFromSeconds = 0.3;
const strongest = 0.08;

/**
 * Judges a film that is `driftSeconds` ahead of (positive) or behind the clock. `isSteered`: it is being steered since
 * before, which goes on until it is back in place. The rate changes by as much as makes good the drift in about a
 * third of a second, 8 % at most.
 */
export function steer(driftSeconds: number, framesPerSecond: number, isSteered: boolean): Steering {
  const size = Math.abs(driftSeconds);
  if (size > seekFromSeconds) return { kind: 'seek' };
  const frames = size * framesPerSecond;
  if (frames < (isSteered ? steerUntilFrames : steerFromFrames)) return { kind: 'none' };
  return { kind: 'rate', factor: 1 - Math.sign(driftSeconds) * Math.min(strongest, size * 3) };
}
