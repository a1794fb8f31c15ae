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

  function gainFor(peak: number): number {
    const least = lowest(peak > ceiling ? ceiling / peak : 1);
    held = least < held ? least : held + (least - held) * release;
    sum += held - (window[at] ?? 1);
    window[at] = held;
    at = (at + 1) % lookahead;
    return Math.min(1, sum / lookahead);
  }

  return {
    delay,
    push(interleaved) {
      const peaks = meter.push(interleaved);
      const samples = new Float32Array(pending.length + interleaved.length);
      samples.set(pending);
      samples.set(interleaved, pending.length);
      const out = samples.slice(0, interleaved.length);
      for (let n = 0; n < peaks.length; n += 1) {
        const gain = gainFor(peaks[n] ?? 0);
        out[n * 2] = (out[n * 2] ?? 0) * gain;
        out[n * 2 + 1] = (out[n * 2 + 1] ?? 0) * gain;
      }
      pending = samples.slice(interleaved.length);
      return out;
    },
  };
}

/** The smallest of the last `length` values. A queue in a ring of numbers: one object per sample would keep the collector busy. */
function createSlidingMinimum(length: number): (value: number) => number {
  const values = new Float64Array(length);
  const indexes = new Float64Array(length);
  let first = 0;
  let count = 0;
  let index = 0;
  return (value) => {
    while (count > 0 && (values[(first + count - 1) % length] ?? 0) >= value) count -= 1;
    // What is too old goes first, so that there is always room.
    if (count > 0 && (indexes[first] ?? 0) <= index - length) {
      first = (first + 1) % length;
      count -= 1;
    }
    const last = (first + count) % length;
    values[last] = value;
    indexes[last] = index;
    count += 1;
    index += 1;
    return values[first] ?? value;
  };
}
