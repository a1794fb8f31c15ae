import { expect, test } from 'vitest';
import { type Rational, rational, toNumber } from '#shared/units/index.ts';
import { createStretch } from './stretch.ts';

const rateHz = 48_000;
const burstSeconds = 0.12;
/** Moments in digital silence, on no grid of anything. */
const begins = Array.from({ length: 4 }, (_, n) => 0.5 + n * 0.7137);
const lengthSeconds = 3.2;

/** Bursts of a tone, the same on both sides, over silence or noise. */
function bursts(hz: number, noise = 0): Float32Array {
  const samples = new Float32Array(rateHz * lengthSeconds * 2);
  let seed = 1;
  for (let n = 0; n < rateHz * lengthSeconds; n += 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const t = n / rateHz;
    const since = begins.map((begin) => t - begin).find((age) => age >= 0 && age < burstSeconds);
    const tone = since === undefined ? 0 : 0.5 * Math.sin(2 * Math.PI * hz * since);
    samples[2 * n] = samples[2 * n + 1] = tone + noise * (seed / 2 ** 31 - 1);
  }
  return samples;
}

/** Pushed in pieces of uneven size. */
function stretched(samples: Float32Array, speed: Rational, piece = 9_973): Float32Array {
  const stretch = createStretch(speed);
  const wanted = Math.round(samples.length / 2 / toNumber(speed));
  const parts: Float32Array[] = [];
  for (let at = 0; at < samples.length; at += piece * 2) parts.push(stretch.push(samples.slice(at, at + piece * 2)));
  parts.push(stretch.finish(wanted));
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.subarray(0, wanted * 2);
}

/** Root mean square over the 2 ms up to each sample of the left side. */
function envelope(samples: Float32Array): Float32Array {
  const out = new Float32Array(samples.length / 2);
  let sum = 0;
  for (let n = 0; n < out.length; n += 1) {
    sum += (samples[2 * n] ?? 0) ** 2 - (n >= 96 ? (samples[2 * (n - 96)] ?? 0) ** 2 : 0);
    out[n] = Math.sqrt(Math.max(0, sum) / 96);
  }
  return out;
}

function smallest(values: Float32Array, from: number, to: number): number {
  return values.subarray(from, Math.max(from, to)).reduce((least, value) => Math.min(least, value), 1);
}

const speeds = [
  ...[rational(1, 2), rational(3, 4), rational(5, 4), rational(3, 2), rational(2), rational(3)],
  ...[rational(1, 20), rational(137, 100), rational(16)],
];

test.each(speeds)(
  'at $num/$den, sounds begin and end when they should, and are heard once',
  (speed) => {
    for (const [hz, noise] of [
      [220, 0],
      [1000, 0.01],
    ] as const) {
      const loud = envelope(stretched(bursts(hz, noise), speed));
      const factor = toNumber(speed);
      const full = 0.5 / Math.SQRT2;
      for (const begin of begins) {
        const from = Math.round((begin / factor) * rateHz);
        const to = Math.round(((begin + burstSeconds) / factor) * rateHz);
        const margin = Math.min(2400, Math.round((0.2 / factor) * rateHz));
        let [first, last] = [-1, -1];
        for (let n = Math.max(0, from - margin); n < to + margin; n += 1) {
          if ((loud[n] ?? 0) < full / 2) continue;
          if (first < 0) first = n;
          last = n;
        }
        // The envelope is 1 ms late.
        const early = ((first - 48 - from) / rateHz) * 1000;
        const late = ((last - 48 - to) / rateHz) * 1000;
        expect(Math.abs(early), `${hz} Hz at ${begin} s begins ${early} ms late`).toBeLessThan(
          // Beginnings are known to a block of 1.3 ms of the source.
          Math.max(2.5, 1.4 / factor),
        );
        if (factor > 0.1) expect(Math.abs(late), `${hz} Hz at ${begin} s ends ${late} ms late`).toBeLessThan(8);
        // Nothing missing in its midst.
        if (factor >= 0.5 && factor <= 3)
          expect(smallest(loud, first + 900, last - 900), `${hz} Hz at ${begin} s`).toBeGreaterThan(full * 0.4);
      }
    }
  },
  60_000,
);

test('a steady tone stays itself: level, pitch, no clicks; pieces of any size give the same', () => {
  const tone = Float32Array.from(
    { length: rateHz * 2 * 2 },
    (_, n) => 0.5 * Math.sin((2 * Math.PI * 330 * (n >> 1)) / rateHz),
  );
  for (const speed of [rational(1, 2), rational(137, 100), rational(2)]) {
    const out = stretched(tone, speed);
    const loud = envelope(out);
    expect(smallest(loud, 4800, loud.length - 9600)).toBeGreaterThan((0.5 / Math.SQRT2) * 0.7);
    expect(loud.reduce((most, value) => Math.max(most, value), 0)).toBeLessThan((0.5 / Math.SQRT2) * 1.25);
    let crossings = 0;
    const count = rateHz / 2;
    for (let n = 4800; n < 4800 + count; n += 1)
      if ((out[2 * n - 2] ?? 0) < 0 && (out[2 * n] ?? 0) >= 0) crossings += 1;
    expect(Math.abs(crossings - 165)).toBeLessThanOrEqual(2);
    expect(stretched(tone, speed, 333)).toEqual(out);
  }
});
