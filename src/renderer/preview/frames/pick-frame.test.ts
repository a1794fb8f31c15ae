import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rational } from '#shared/units/index.ts';
import { momentOnClock, pickFrame } from './pick-frame.ts';

const plain = { originSeconds: rational(0), graceSeconds: rational(0) };

describe('pickFrame', () => {
  test('shows the last frame that has begun, and the first before it begins', () => {
    const times = [0.5, 0.6, 0.9];
    expect([0, 0.49, 0.5, 0.59, 0.6, 0.89, 0.9, 50].map((at) => pickFrame(times, at))).toEqual([
      0, 0, 0, 0, 1, 1, 2, 2,
    ]);
    expect(pickFrame([], 1)).toBe(-1);
  });

  test('agrees with looking at every frame', () => {
    const times = fc
      .array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1 })
      .map((all) => all.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(times, fc.double({ min: -1, max: 101, noNaN: true }), (all, at) => {
        expect(pickFrame(all, at)).toBe(
          Math.max(
            0,
            all.findLastIndex((time) => time <= at),
          ),
        );
      }),
    );
  });

  test.each([
    [24000, 1001],
    [25, 1],
    [30000, 1001],
    [60000, 1001],
  ])('the k-th frame is found at exactly its time at %i/%i, hours in', (num, den) => {
    const first = 3_600 * Math.round(num / den);
    for (let k = first; k < first + 200; k += 1) {
      // A file's clock ticks in whole parts of a second; its times are read as floating-point numbers.
      const times = [k - 1, k, k + 1].map((n) => (n * den * 1000) / (num * 1000));
      expect(pickFrame(times, momentOnClock(plain, rational(k * den, num)))).toBe(1);
    }
  });

  test('a clock of whole milliseconds finds the frame meant, on a file that begins hours in', () => {
    const clock = { originSeconds: rational(7200), graceSeconds: rational(1, 2000) };
    const times = Array.from({ length: 90 }, (_, n) => 7200 + Math.round((n * 1000) / 30) / 1000);
    for (let n = 0; n < 90; n += 1) expect(pickFrame(times, momentOnClock(clock, rational(n, 30)))).toBe(n);
  });
});
