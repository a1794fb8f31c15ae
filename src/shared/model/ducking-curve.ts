import { gainOfDb } from './decibels.ts';
import type { Ducking } from './ducking.ts';

/** Samples of one window in which levels are looked at: 10 ms at 48 kHz. */
export const levelWindowSamples = 480;
/** Pauses up to this long between words do not bring the music back, windows. */
const holdWindows = 25;

/** dB of the music at every boundary of windows of {@link levelWindowSamples}, from the ad's first sample on; straight lines between. */
export type DuckingCurve = Float32Array;

/**
 * dB of the music at every boundary of windows (one more than there are windows): straight lines between.
 * `power` is the voices' mean square per window. Down by the depth wherever there is a voice, towards it no steeper than
 * the attack, away from it no steeper than the release.
 */
export function duckingCurve(power: Float64Array | Float32Array, ducking: Ducking): DuckingCurve {
  const curve = new Float32Array(power.length + 1);
  const threshold = 10 ** (ducking.thresholdDb / 10);
  let since = holdWindows;
  for (let n = 0; n < power.length; n += 1) {
    since = (power[n] ?? 0) > threshold ? 0 : since + 1;
    if (since >= holdWindows) continue;
    curve[n] = -ducking.depthDb;
    curve[n + 1] = -ducking.depthDb;
  }
  const stepOf = (ms: number) => (ducking.depthDb * 10) / ms;
  const back = stepOf(ducking.releaseMs);
  const down = stepOf(ducking.attackMs);
  for (let n = 1; n < curve.length; n += 1) curve[n] = Math.min(curve[n] ?? 0, (curve[n - 1] ?? 0) + back);
  for (let n = curve.length - 2; n >= 0; n -= 1) curve[n] = Math.min(curve[n] ?? 0, (curve[n + 1] ?? 0) + down);
  return curve;
}

/** dB of a curve of {@link duckingCurve} at a (fractional) sample of the ad. */
export function duckingDbAt(curve: DuckingCurve, sample: number): number {
  const place = Math.min(Math.max(0, sample / levelWindowSamples), Math.max(0, curve.length - 1));
  const before = Math.floor(place);
  const from = curve[before] ?? 0;
  const to = curve[before + 1] ?? from;
  return from + (to - from) * (place - before);
}

/** Linear factor of a curve at a (fractional) sample of the ad; 1 without a curve. */
export function duckingGainAt(curve: DuckingCurve | null, sample: number): number {
  return curve === null ? 1 : gainOfDb(duckingDbAt(curve, sample));
}
