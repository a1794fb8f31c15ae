import { createSpectrum } from './spectrum.ts';

/** Rate at which sound is looked at for beats, Hz. */
export const beatSampleRateHz = 24_000;
/** Samples between two looks: 5 ms. */
const hopSamples = 120;
const hopsPerSecond = beatSampleRateHz / hopSamples;
/** Samples of one look: 43 ms. */
const lookSamples = 1024;
/** Newest samples of a look, over which it fades: what begins shows at once, and steady tones do not flicker. */
const freshSamples = 48;
/** Onsets stand out from what lies between them by at least this, and there are some: all else is a steady sound. */
const leastCrest = 3.5;
const fewestOnsets = 4;
const slowestBpm = 60;
const fastestBpm = 200;
/** Tempo that is likeliest when several would fit (most music is near it), and how strongly, octaves. */
const likelyBpm = 120;
const likelyOctaves = 1;
/** How much a beat that comes early or late counts against one that is louder. */
const steadiness = 400;

/** The beats of a piece of music. */
export interface Beats {
  /** Beats per minute; null when no steady beat was found. */
  bpm: number | null;
  /** Moments of the beats, seconds from the beginning, in order. */
  seconds: number[];
}

/** Finds where a single channel at {@link beatSampleRateHz} changes, as it passes; pieces of any length give the same. */
export interface OnsetMeter {
  push(samples: Float32Array): void;
  /** How much louder its bands got, per look of 5 ms: above what is usual around, in units of the whole's spread. */
  finish(): Float64Array;
}

/** A meter that has heard nothing. */
export function createOnsetMeter(): OnsetMeter {
  const spectrum = createSpectrum(lookWindow());
  const look = new Float64Array(lookSamples);
  const rises: number[] = [];
  let before: Float64Array | null = null;
  let fresh = 0;
  const endHop = () => {
    const now = Float64Array.from(spectrum(look), (power) => Math.log1p(100 * Math.sqrt(power)));
    let rise = 0;
    if (before)
      for (let band = 0; band < now.length; band += 1) rise += Math.max(0, (now[band] ?? 0) - (before[band] ?? 0));
    rises.push(rise);
    before = now;
    look.copyWithin(0, hopSamples);
    fresh = 0;
  };
  return {
    push(samples) {
      for (let n = 0; n < samples.length; n += 1) {
        look[lookSamples - hopSamples + fresh] = samples[n] ?? 0;
        fresh += 1;
        if (fresh === hopSamples) endHop();
      }
    },
    finish: () => withoutFloor(Float64Array.from(rises)),
  };
}

/** How many separate onsets reach a strength: those within 100 ms are one. */
function countOnsets(strength: Float64Array, least: number): number {
  let [count, lastAt] = [0, Number.NEGATIVE_INFINITY];
  for (const [n, value] of strength.entries()) {
    if (value < least) continue;
    if (n - lastAt > hopsPerSecond / 10) count += 1;
    lastAt = n;
  }
  return count;
}

/** A long rise and a short fall. */
function lookWindow(): Float64Array {
  const old = lookSamples - freshSamples;
  return Float64Array.from({ length: lookSamples }, (_, n) =>
    n < old
      ? 0.5 - 0.5 * Math.cos((Math.PI * (n + 0.5)) / old)
      : 0.5 + 0.5 * Math.cos((Math.PI * (n - old + 0.5)) / freshSamples),
  );
}

/** Each value above the mean of the half second around it, in units of the whole's spread. */
function withoutFloor(strength: Float64Array): Float64Array {
  const reach = Math.round(hopsPerSecond / 4);
  const sums = new Float64Array(strength.length);
  for (const [n, value] of strength.entries()) sums[n] = value + (n > 0 ? (sums[n - 1] ?? 0) : 0);
  const above = strength.map((value, n) => {
    const from = Math.max(0, n - reach);
    const to = Math.min(strength.length - 1, n + reach);
    const around = ((sums[to] ?? 0) - (from > 0 ? (sums[from - 1] ?? 0) : 0)) / (to - from + 1);
    return Math.max(0, value - around);
  });
  const power = above.reduce((total, value) => total + value * value, 0) / Math.max(1, above.length);
  const spread = Math.sqrt(power);
  if (spread === 0) return above;
  return countOnsets(above, leastCrest * spread) < fewestOnsets ? above.fill(0) : above.map((value) => value / spread);
}

/** Hops of one beat that repeats most, weighted towards likely tempos; null when nothing repeats. */
function periodOf(strength: Float64Array): number | null {
  const longest = Math.ceil((60 / slowestBpm) * hopsPerSecond);
  const shortest = Math.floor((60 / fastestBpm) * hopsPerSecond);
  const likeness = (lag: number) => {
    let sum = 0;
    for (let n = lag; n < strength.length; n += 1) sum += (strength[n] ?? 0) * smooth(strength, n - lag);
    return sum / Math.max(1, strength.length - lag);
  };
  let [best, found] = [0, 0];
  const scores = new Map<number, number>();
  for (let lag = shortest; lag <= longest; lag += 1) {
    const octaves = Math.log2((60 * hopsPerSecond) / lag / likelyBpm);
    const score = likeness(lag) * Math.exp(-0.5 * (octaves / likelyOctaves) ** 2);
    scores.set(lag, score);
    if (score > best) [best, found] = [score, lag];
  }
  // Noise repeats a little at every distance.
  const usual = [...scores.values()].reduce((sum, score) => sum + score, 0) / Math.max(1, scores.size);
  return best > 0 && best > 1.5 * usual ? found : null;
}

/** A value with its neighbours: beats played by hand are not on the hop. */
function smooth(values: Float64Array, at: number): number {
  return 0.5 * (values[at] ?? 0) + 0.25 * ((values[at - 1] ?? 0) + (values[at + 1] ?? 0));
}

/**
 * The beats of music: onsets by spectral flux, one tempo by autocorrelation, then the row of beats that is both on strong
 * onsets and steady (dynamic programming; D. Ellis, "Beat Tracking by Dynamic Programming", 2007). `strength` is what an
 * {@link OnsetMeter} says. Deterministic.
 */
export function findBeats(strength: Float64Array): Beats {
  const period = periodOf(strength);
  if (period === null) return { bpm: null, seconds: [] };
  const beats = trackedBeats(strength, period);
  const seconds = beats.map((hop) => (hop * hopSamples + hopSamples / 2) / beatSampleRateHz);
  return { bpm: tempoOf(seconds) ?? (60 * hopsPerSecond) / period, seconds };
}

function trackedBeats(strength: Float64Array, period: number): number[] {
  const score = new Float64Array(strength.length);
  const costs = Float64Array.from({ length: Math.round(period * 2) + 1 }, (_, back) =>
    back === 0 ? 0 : steadiness * Math.log(back / period) ** 2,
  );
  const previous = new Int32Array(strength.length).fill(-1);
  for (let n = 0; n < strength.length; n += 1) {
    let [best, from] = [0, -1];
    for (let back = Math.round(period / 2); back <= Math.min(n, Math.round(period * 2)); back += 1) {
      const candidate = (score[n - back] ?? 0) - (costs[back] ?? 0);
      if (candidate > best) [best, from] = [candidate, n - back];
    }
    score[n] = (strength[n] ?? 0) + best;
    previous[n] = from;
  }
  let last = strength.length - 1;
  for (let n = Math.max(0, strength.length - 2 * period); n < strength.length; n += 1)
    if ((score[n] ?? 0) > (score[last] ?? 0)) last = n;
  const beats: number[] = [];
  for (let at = last; at >= 0; at = previous[at] ?? -1) beats.unshift(at);
  return beats;
}

/** Tempo of beats, by the straight line through them; null for fewer than four. */
function tempoOf(seconds: readonly number[]): number | null {
  const count = seconds.length;
  if (count < 4) return null;
  const middle = (count - 1) / 2;
  const mean = seconds.reduce((sum, one) => sum + one, 0) / count;
  let [top, bottom] = [0, 0];
  for (const [n, one] of seconds.entries()) {
    top += (n - middle) * (one - mean);
    bottom += (n - middle) ** 2;
  }
  return (60 * bottom) / top;
}
