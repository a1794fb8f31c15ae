import { type Rational, round } from '#shared/units/index.ts';
import { createOnsetFinder, type OnsetFinder } from './onsets.ts';
import { createSampleWindow, type SampleWindow } from './sample-window.ts';

/** Half of a grain, and the distance of grains in the output: 10 ms at 48 kHz. */
const hop = 480;
const grain = 2 * hop;
/** A grain is taken from at most this far from where it belongs: 5 ms, either way one turn of a low voice. */
const reach = 240;
/** The search looks at every fourth place and sample first. */
const coarse = 4;
/** Sounds quieter than this (−70 dB) have no form worth following. */
const quietEnergy = hop * 2 * 1e-7;

/** Changes the speed of 48 kHz stereo sound as it passes; its pitch stays. */
export interface Stretch {
  /** Interleaved stereo in; what is ready out. */
  push(interleaved: Float32Array): Float32Array;
  /** The rest, as if silence followed for ever, until `samples` stereo samples have come out in all. */
  finish(samples: number): Float32Array;
}

/** A rising half of a grain's window: with the falling half of the grain before, it sums to one. */
const rise = Float32Array.from({ length: hop }, (_, n) => 0.5 - 0.5 * Math.cos((Math.PI * (n + 0.5)) / hop));

/** Sample of the source in the middle of grain `index`, whose middle in the output is at `(index + 1) · hop`. */
function middleOf(index: number, speed: Rational): number {
  return round({ num: (index + 1) * hop * speed.num, den: speed.den });
}

/**
 * Overlapping grains of the source (WSOLA), each from where it belongs (`speed` times its place in the output), moved by
 * at most 5 ms to where it continues the one before. Where a sound begins, the grains that show it are placed so that it
 * begins on time, once; ffmpeg's own `atempo` is up to 57 ms early after silence.
 */
export function createStretch(speed: Rational): Stretch {
  const source = createSampleWindow();
  const onsets = createOnsetFinder();
  const ready: Float32Array[] = [];
  let tail: Float32Array | null = null;
  /** Where the grain before would go on. */
  let following = 0;
  let index = -1;
  let given = 0;

  function makeGrain(): void {
    const start = grainStart({ index, speed, source, onsets, following: tail === null ? null : following });
    const whole = source.read(start, grain);
    if (tail !== null) ready.push(crossed(tail, whole));
    tail = whole.subarray(hop * 2);
    following = start + hop;
    index += 1;
    const oldest = Math.min(following, middleOf(index - 1, speed) - grain - reach);
    source.forgetBefore(oldest);
    onsets.forgetBefore(middleOf(index - 1, speed) - grain);
  }

  function takeReady(): Float32Array {
    const all = joined(ready.splice(0));
    given += all.length / 2;
    return all;
  }

  return {
    push(interleaved) {
      source.append(interleaved);
      onsets.push(interleaved);
      // A beginning shown by a grain may lie as late as the middle of the next one.
      const isKnown = () => Math.max(middleOf(index + 1, speed), following, middleOf(index, speed)) + grain + reach;
      while (isKnown() <= source.end()) makeGrain();
      return takeReady();
    },
    finish(samples) {
      while ((index - 1) * hop + hop < samples) makeGrain();
      const rest = takeReady();
      return rest.subarray(0, rest.length - 2 * Math.max(0, given - samples));
    },
  };
}

interface GrainQuestion {
  index: number;
  speed: Rational;
  source: SampleWindow;
  onsets: OnsetFinder;
  /** Where the grain before would go on; null for the first. */
  following: number | null;
}

/** First source sample of a grain. */
function grainStart({ index, speed, source, onsets, following }: GrainQuestion): number {
  const middle = middleOf(index, speed);
  const ideal = middle - hop;
  const { before, after } = onsets.around(middle);
  /** How much later in the output than the grain's middle a source sample is due. */
  const lateness = (sample: number) => Math.round(((sample - middle) * speed.den) / speed.num);
  const near = [before, after]
    .filter((onset) => onset !== null)
    .filter((onset) => Math.abs(lateness(onset)) < hop)
    .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  if (near !== undefined) return near - hop - lateness(near);
  // The others must not show it a second time.
  const from = before === null ? ideal - reach : Math.max(ideal - reach, before);
  const to = after === null ? ideal + reach : Math.min(ideal + reach, after - grain);
  if (to <= from) return to < ideal ? to : from;
  return following === null ? ideal : bestStart(source, following, { ideal, from, to });
}

/** The start that continues best what would have followed. */
function bestStart(
  source: SampleWindow,
  following: number,
  { ideal, from, to }: { ideal: number; from: number; to: number },
): number {
  const wanted = source.read(following, hop);
  const energy = wanted.reduce((sum, value) => sum + value * value, 0);
  const fallback = Math.min(to, Math.max(from, ideal));
  if (energy < quietEnergy) return fallback;
  const there = source.read(from, to - from + hop);
  const best = (first: number, last: number, step: number, origin: number) => {
    const scale = 1 / Math.sqrt(energy / step);
    let [found, highest] = [origin, Number.NEGATIVE_INFINITY];
    for (let at = first; at <= last; at += step) {
      // Of equals the nearest to its own place.
      const score = scale * likeness(there, (at - from) * 2, wanted, step) - (0.02 * Math.abs(at - ideal)) / reach;
      if (score > highest) [found, highest] = [at, score];
    }
    return found;
  };
  const roughly = best(from, to, coarse, fallback);
  return best(Math.max(from, roughly - coarse + 1), Math.min(to, roughly + coarse - 1), 1, roughly);
}

/** Correlation of `wanted` with samples from `offset` on, for their loudness, looking at every `step`-th stereo sample. */
function likeness(there: Float32Array, offset: number, wanted: Float32Array, step: number): number {
  let [product, energy] = [0, 1e-12];
  for (let n = 0; n < wanted.length; n += 2 * step) {
    const left = there[offset + n] ?? 0;
    const right = there[offset + n + 1] ?? 0;
    product += left * (wanted[n] ?? 0) + right * (wanted[n + 1] ?? 0);
    energy += left * left + right * right;
  }
  return product / Math.sqrt(energy);
}

/** One hop: the falling end of a grain into the rising beginning of the next. */
function crossed(tail: Float32Array, next: Float32Array): Float32Array {
  const out = new Float32Array(hop * 2);
  for (let n = 0; n < hop; n += 1) {
    const up = rise[n] ?? 0;
    for (const at of [2 * n, 2 * n + 1]) out[at] = up * (next[at] ?? 0) + (1 - up) * (tail[at] ?? 0);
  }
  return out;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
