import { expect, test } from 'vitest';
import { createLoudnessMeter, createShortTermMeter } from './loudness.ts';

/** A stereo sine with one level in dBFS for each stretch of seconds. */
function sine(hz: number, stretches: readonly (readonly [seconds: number, dbfs: number])[]): Float32Array {
  const total = stretches.reduce((sum, [seconds]) => sum + seconds * 48_000, 0);
  const out = new Float32Array(total * 2);
  let n = 0;
  for (const [seconds, dbfs] of stretches) {
    const level = 10 ** (dbfs / 20);
    for (const end = n + seconds * 48_000; n < end; n += 1) {
      const value = level * Math.sin((2 * Math.PI * hz * n) / 48_000);
      out[n * 2] = value;
      out[n * 2 + 1] = value;
    }
  }
  return out;
}

function loudnessOf(...pieces: Float32Array[]): number | null {
  const meter = createLoudnessMeter();
  for (const piece of pieces) meter.push(piece);
  return meter.integratedLufs();
}

test('a 1 kHz sine reads its level (EBU Tech 3341, cases 1 and 2)', () => {
  expect(loudnessOf(sine(1000, [[20, -23]]))).toBeCloseTo(-23, 1);
  expect(loudnessOf(sine(1000, [[20, -33]]))).toBeCloseTo(-33, 1);
});

test('quiet parts around loud ones are gated out (EBU Tech 3341, cases 3 to 5)', () => {
  expect(loudnessOf(sine(1000, [[10, -36], [60, -23], [10, -36]]))).toBeCloseTo(-23, 1); // biome-ignore format: one case
  expect(loudnessOf(sine(1000, [[10, -72], [10, -36], [60, -23], [10, -36], [10, -72]]))).toBeCloseTo(-23, 1); // biome-ignore format: one case
  expect(loudnessOf(sine(1000, [[20, -26], [20.1, -20], [20, -26]]))).toBeCloseTo(-23, 1); // biome-ignore format: one case
});

test('low tones weigh less, and high ones more', () => {
  expect(loudnessOf(sine(40, [[5, -23]])) ?? 0).toBeLessThan(-27);
  expect(loudnessOf(sine(6000, [[5, -23]])) ?? -99).toBeGreaterThan(-20.5);
});

test('one channel alone is 3 dB less than both', () => {
  const both = sine(1000, [[5, -20]]);
  const left = both.map((value, n) => (n % 2 === 0 ? value : 0));
  expect((loudnessOf(both) ?? 0) - (loudnessOf(left) ?? 0)).toBeCloseTo(3.01, 1);
});

test('silence, near-silence and less than a block have no loudness', () => {
  expect(loudnessOf()).toBeNull();
  expect(loudnessOf(new Float32Array(96_000))).toBeNull();
  expect(loudnessOf(sine(1000, [[5, -75]]))).toBeNull();
  expect(loudnessOf(sine(1000, [[0.3, -10]]))).toBeNull();
  expect(loudnessOf(sine(1000, [[1, -10]]))).toBeCloseTo(-10, 1);
});

test('the result does not depend on how the sound is cut into chunks', () => {
  const wave = sine(1000, [[2, -20], [1, -12]]); // biome-ignore format: one case
  expect(loudnessOf(wave.slice(0, 7778), wave.slice(7778, 9000), wave.slice(9000))).toBe(loudnessOf(wave));
});

test('short-term loudness is that of the last three seconds, and nothing before they were heard', () => {
  const meter = createShortTermMeter();
  meter.push(sine(1000, [[2.9, -20]]));
  expect(meter.shortTermLufs()).toBeNull();
  meter.push(sine(1000, [[0.1, -20]]));
  expect(meter.shortTermLufs()).toBeCloseTo(-20, 1);
  meter.push(sine(1000, [[3, -30]]));
  expect(meter.shortTermLufs()).toBeCloseTo(-30, 1);
  meter.push(new Float32Array(2 * 3 * 48_000));
  expect(meter.shortTermLufs()).toBeNull();
});
