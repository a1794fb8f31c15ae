import { createTruePeakMeter, truePeakDelay } from './true-peak.ts';

/** Turns down what would exceed a ceiling, early and smoothly, and leaves the rest alone. */
export interface Limiter {
  /** Interleaved stereo in; as many samples out, of {@link Limiter.delay} earlier. */
  push(interleaved: Float32Array): Float32Array;
  readonly delay: number;
}

/** 5 ms at 48 kHz: how early the gain begins to fall. */
const lookahead = 240;
/** Part of the way back to full gain per sample: about 80 ms. */
const release = 1 / 3840;

/** Nearer to full gain than this is full gain. */
const almostFull = 1 - 1e-6;

/** A limiter that keeps true peaks below `ceiling` (linear). */
export function createLimiter(ceiling: number): Limiter {
  const meter = createTruePeakMeter();
  const delay = lookahead - 1 + truePeakDelay;
  let pending = new Float32Array(delay * 2);
  const lowest = createSlidingMinimum(lookahead);
  const window = new Float32Array(lookahead).fill(1);
  let sum = lookahead;
  let at = 0;
  let held = 1;
  /** Samples in a row at full gain; most sound never leaves it, and has nothing to be worked out. */
  let calm = lookahead;

  function gainFor(peak: number): number {
    const wanted = peak > ceiling ? ceiling / peak : 1;
    if (wanted === 1 && calm >= lookahead) return 1;
    const least = lowest.push(wanted);
    held = least < held ? least : held + (least - held) * release;
    if (held > almostFull) held = 1;
    sum += held - (window[at] ?? 1);
    window[at] = held;
    at = at + 1 === lookahead ? 0 : at + 1;
    calm = held === 1 ? calm + 1 : 0;
    if (calm >= lookahead) {
      sum = lookahead;
      lowest.clear();
    }
    return Math.min(1, sum / lookahead);
  }

  return {
    delay,
    push(interleaved) {
      const peaks = meter.push(interleaved);
      const out = new Float32Array(interleaved.length);
      const kept = Math.min(pending.length, out.length);
      out.set(pending.subarray(0, kept));
      out.set(interleaved.subarray(0, out.length - kept), kept);
      const rest = new Float32Array(pending.length);
      rest.set(pending.subarray(kept));
      rest.set(interleaved.subarray(out.length - kept), pending.length - kept);
      pending = rest;
      for (let n = 0; n < peaks.length; n += 1) {
        const gain = gainFor(peaks[n] ?? 0);
        if (gain === 1) continue;
        out[n * 2] = (out[n * 2] ?? 0) * gain;
        out[n * 2 + 1] = (out[n * 2 + 1] ?? 0) * gain;
      }
      return out;
    },
  };
}

interface SlidingMinimum {
  /** Takes a value; returns the smallest of the last ones. */
  push(value: number): number;
  /** Forgets all values. */
  clear(): void;
}

/** The smallest of the last `length` values. A queue in a ring of numbers: one object per sample would keep the collector busy. */
function createSlidingMinimum(length: number): SlidingMinimum {
  const values = new Float64Array(length);
  const indexes = new Float64Array(length);
  let first = 0;
  let count = 0;
  let index = 0;
  const wrapped = (place: number): number => (place >= length ? place - length : place);
  return {
    push(value) {
      while (count > 0 && (values[wrapped(first + count - 1)] ?? 0) >= value) count -= 1;
      // What is too old goes first, so that there is always room.
      if (count > 0 && (indexes[first] ?? 0) <= index - length) {
        first = wrapped(first + 1);
        count -= 1;
      }
      const last = wrapped(first + count);
      values[last] = value;
      indexes[last] = index;
      count += 1;
      index += 1;
      return values[first] ?? value;
    },
    clear() {
      count = 0;
    },
  };
}
