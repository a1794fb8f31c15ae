import { z } from 'zod';
import { gainOfDb } from './sound.ts';

/** How music gives way to voices in the whole ad. */
export const duckingSchema = z.object({
  isOn: z.boolean().default(false),
  /** Voices louder than this count, dBFS (mean square of 10 ms, both sides). */
  thresholdDb: z.number().min(-70).max(0).default(-40),
  /** How much quieter music is meanwhile, dB. */
  depthDb: z.number().min(0).max(60).default(12),
  /** How long the music takes to give way; it begins so early that it has when the voice sets in. */
  attackMs: z.number().min(10).max(3000).default(150),
  /** How long it takes to come back. */
  releaseMs: z.number().min(10).max(10_000).default(600),
});
export type Ducking = z.infer<typeof duckingSchema>;
/** A sparse change of {@link Ducking}. */
export const duckingPatchSchema = z.object({
  isOn: z.boolean().optional(),
  thresholdDb: z.number().min(-70).max(0).optional(),
  depthDb: z.number().min(0).max(60).optional(),
  attackMs: z.number().min(10).max(3000).optional(),
  releaseMs: z.number().min(10).max(10_000).optional(),
});

/** Samples of one window in which levels are looked at: 10 ms at 48 kHz. */
export const levelWindowSamples = 480;
/** Pauses up to this long between words do not bring the music back, windows. */
const holdWindows = 25;

/**
 * dB of the music at every boundary of windows (one more than there are windows): straight lines between.
 * `power` is the voices' mean square per window. Down by the depth wherever there is a voice, towards it no steeper than
 * the attack, away from it no steeper than the release.
 */
export function duckingCurve(power: Float64Array | Float32Array, ducking: Ducking): Float32Array {
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
export function duckingDbAt(curve: Float32Array, sample: number): number {
  const place = Math.min(Math.max(0, sample / levelWindowSamples), Math.max(0, curve.length - 1));
  const before = Math.floor(place);
  const from = curve[before] ?? 0;
  const to = curve[before + 1] ?? from;
  return from + (to - from) * (place - before);
}

/** Linear factor of a curve at a (fractional) sample of the ad; 1 without a curve. */
export function duckingGainAt(curve: Float32Array | null, sample: number): number {
  return curve === null ? 1 : gainOfDb(duckingDbAt(curve, sample));
}
