import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  ceil,
  compare,
  divide,
  floor,
  formatRational,
  formatTimecode,
  frameToAssCentiseconds,
  frameToMs,
  frameToSample,
  frameToSeconds,
  fromNumber,
  multiply,
  parseRational,
  parseTimecode,
  type Rational,
  rational,
  rationalSchema,
  round,
  secondsToFrame,
  secondsToNearestFrames,
  subtract,
  toNumber,
} from './index.ts';

const rates = [rational(24_000, 1001), rational(25), rational(30_000, 1001), rational(30), rational(60), rational(120)];
const rate = fc.constantFrom(...rates);
const frame = fc.integer({ min: 0, max: 10_000_000 });
const fraction = fc
  .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 1, max: 100_000 }))
  .map(([num, den]) => rational(num, den));

const isSafe = (value: Rational) => Number.isSafeInteger(value.num) && Number.isSafeInteger(value.den) && value.den > 0;

describe('rationals', () => {
  it('are brought to lowest terms with the sign above', () => {
    expect(rational(6, -4)).toEqual({ num: -3, den: 2 });
    expect(rationalSchema.parse({ num: 50, den: 20 })).toEqual({ num: 5, den: 2 });
    expect(Object.is(rational(0, -5).num, 0)).toBe(true);
    expect(() => rational(1, 0)).toThrow(RangeError);
    expect(() => rational(0.5)).toThrow(RangeError);
  });

  it('add, subtract, multiply and divide exactly', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        expect(subtract(add(a, b), b)).toEqual(a);
        if (b.num !== 0) expect(multiply(divide(a, b), b)).toEqual(a);
        expect(compare(a, b)).toBe(Math.sign(compare(subtract(a, b), rational(0))));
      }),
    );
  });

  it('stay within safe integers, as near as these come, where exact parts would not fit', () => {
    const any = fc
      .tuple(fc.maxSafeInteger(), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }))
      .map(([num, den]) => rational(num, den));
    fc.assert(
      fc.property(any, any, (a, b) => {
        const expected = toNumber(a) + toNumber(b);
        if (Math.abs(expected) > Number.MAX_SAFE_INTEGER / 2) return;
        const sum = add(a, b);
        expect(isSafe(sum)).toBe(true);
        expect(Math.abs(toNumber(sum) - expected)).toBeLessThanOrEqual(
          1e-12 * Math.max(1, Math.abs(toNumber(a)), Math.abs(toNumber(b))),
        );
      }),
    );
    expect(() => multiply(rational(Number.MAX_SAFE_INTEGER), rational(3))).toThrow(RangeError);
  });

  it('round down, up and to the nearest, halves up', () => {
    expect([floor(rational(-3, 2)), ceil(rational(-3, 2)), round(rational(-3, 2)), round(rational(3, 2))]).toEqual([
      -2, -1, -1, 2,
    ]);
    fc.assert(
      fc.property(fraction, (value) => {
        expect(floor(value)).toBe(Math.floor(toNumber(value)));
        expect(ceil(value)).toBe(Math.ceil(toNumber(value)) + 0);
      }),
    );
  });

  it('are read and written', () => {
    expect(parseRational('30000/1001')).toEqual(rational(30_000, 1001));
    expect(parseRational('30000:1001')).toEqual(rational(30_000, 1001));
    expect(parseRational(' 29.97 ')).toEqual(rational(2997, 100));
    for (const wrong of ['', '1/0', 'x', '1e5', '1/2/3', '--1', '1.']) expect(parseRational(wrong)).toBeNull();
    fc.assert(
      fc.property(fraction, (value) => {
        expect(parseRational(formatRational(value))).toEqual(value);
      }),
    );
    expect(fromNumber(0.1)).toEqual(rational(1, 10));
    expect(() => fromNumber(Number.NaN)).toThrow(RangeError);
  });
});

describe('frames', () => {
  it('begin when they are shown, and are the ones shown until the next', () => {
    fc.assert(
      fc.property(frame, rate, (n, at) => {
        const begins = frameToSeconds(n, at);
        expect(secondsToFrame(begins, at)).toBe(n);
        expect(secondsToFrame(subtract(frameToSeconds(n + 1, at), rational(1, 1_000_000)), at)).toBe(n);
        expect(secondsToNearestFrames(begins, at)).toBe(n);
      }),
    );
  });

  it('begin at samples that never drift', () => {
    fc.assert(
      fc.property(frame, rate, (n, at) => {
        expect(Math.abs(frameToSample(n, at) - (n * 48_000 * at.den) / at.num)).toBeLessThanOrEqual(0.5 + 1e-6);
      }),
    );
    expect(frameToSample(30_000, rational(30_000, 1001))).toBe(1001 * 48_000);
  });

  it('have text events that are on exactly from their first frame on, at any rate up to 60', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400_000 }), fc.constantFrom(...rates.slice(0, 5)), (n, at) => {
        const seconds = frameToAssCentiseconds(n, at) / 100;
        expect(seconds).toBeLessThanOrEqual(toNumber(frameToSeconds(n, at)));
        expect(seconds).toBeGreaterThan(toNumber(frameToSeconds(n - 1, at)));
      }),
    );
    expect(frameToAssCentiseconds(0, rational(30))).toBe(0);
  });

  it('are shown as milliseconds and timecode, and read back', () => {
    expect(frameToMs(1, rational(30))).toBe(33);
    expect(formatTimecode(1815, rational(30))).toBe('00:01:00:15');
    expect(formatTimecode(-15, rational(30))).toBe('-00:00:00:15');
    fc.assert(
      fc.property(frame, rate, (n, at) => {
        expect(parseTimecode(formatTimecode(n, at), at)).toBe(n);
      }),
    );
    const at = rational(25);
    expect(['15', '2:15', '1:02:15', '2.5s', ' 1;00 '].map((text) => parseTimecode(text, at))).toEqual([
      15, 65, 1565, 63, 25,
    ]);
    for (const wrong of ['', 'a', '1:2:3:4:5', '-1', '1:-2', '1.5']) expect(parseTimecode(wrong, at)).toBeNull();
  });
});
