import { expect, test } from 'vitest';
import { createLimiter } from './limiter.ts';
import { createTruePeakMeter, truePeakDelay } from './true-peak.ts';

/** A stereo sine. */
function sine(samples: number, hz: number, level: number, phase = 0): Float32Array {
  const out = new Float32Array(samples * 2);
  for (let n = 0; n < samples; n += 1) {
    const value = level * Math.sin((2 * Math.PI * hz * n) / 48_000 + phase);
    out[n * 2] = value;
    out[n * 2 + 1] = -value;
  }
  return out;
}

const highest = (values: Float32Array) => values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);

test('the meter sees peaks between samples', () => {
  // A quarter of the sample rate at 45°: every sample is √½ of the wave.
  const wave = sine(4800, 12_000, 1, Math.PI / 4);
  expect(highest(wave)).toBeCloseTo(Math.SQRT1_2, 2);
  expect(highest(createTruePeakMeter().push(wave))).toBeGreaterThan(0.97);
});

test('the meter answers for the sample it says, also over the seams of chunks', () => {
  const wave = new Float32Array(2000);
  wave[1000] = 1;
  const whole = createTruePeakMeter().push(wave);
  expect(whole.indexOf(highest(whole))).toBe(500 + truePeakDelay);
  const meter = createTruePeakMeter();
  expect([...meter.push(wave.slice(0, 1010)), ...meter.push(wave.slice(1010))]).toEqual([...whole]);
});

test('what is too loud comes out under the ceiling, what is not passes unchanged and in time', () => {
  const quiet = sine(9600, 440, 0.3);
  const loud = sine(9600, 997, 1.8);
  const input = new Float32Array([...quiet, ...loud, ...quiet, ...new Float32Array(4800)]);
  const limiter = createLimiter(0.85);
  const out = limiter.push(input).slice(limiter.delay * 2);
  expect(highest(createTruePeakMeter().push(out))).toBeLessThanOrEqual(0.87);
  expect(highest(out.slice(9600 * 2, 9600 * 4))).toBeGreaterThan(0.75);
  for (let n = 0; n < 9000 * 2; n += 1) expect(out[n]).toBeCloseTo(quiet[n] ?? 0, 5);
});

test('the result does not depend on how the sound is cut into chunks', () => {
  const input = sine(5000, 300, 1.5);
  const whole = createLimiter(0.85).push(input);
  const limiter = createLimiter(0.85);
  const pieces = [limiter.push(input.slice(0, 2222)), limiter.push(input.slice(2222))];
  expect([...(pieces[0] ?? []), ...(pieces[1] ?? [])]).toEqual([...whole]);
});
