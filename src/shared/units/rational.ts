import { z } from 'zod';

/** An exact fraction in lowest terms, denominator > 0. Times in seconds and rates in frames per second are written with it. */
export interface Rational {
  readonly num: number;
  readonly den: number;
}

/** Zod schema of {@link Rational}; the value is brought to lowest terms. */
export const rationalSchema = z
  .object({ num: z.int(), den: z.int().positive() })
  .transform((value): Rational => rational(value.num, value.den));

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

const maxSafe = BigInt(Number.MAX_SAFE_INTEGER);
const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

/** The fraction nearest to num/den (den > 0) whose parts are safe integers; off by at most 1 part in 2^52. */
function nearestSafe(num: bigint, den: bigint): [bigint, bigint] {
  const whole = absolute(num) / den + 1n;
  const newDen = maxSafe / whole;
  if (newDen === 0n) throw new RangeError(`rational out of range: ${num}/${den}`);
  const doubled = (2n * absolute(num) * newDen + den) / (2n * den);
  return [num < 0n ? -doubled : doubled, newDen];
}

function fromBig(num: bigint, den: bigint): Rational {
  if (den === 0n) throw new RangeError('a rational with denominator 0');
  const sign = den < 0n ? -1n : 1n;
  let [n, d] = [sign * num, sign * den];
  let divisor = gcd(n, d) || 1n;
  if (absolute(n) / divisor > maxSafe || d / divisor > maxSafe) {
    [n, d] = nearestSafe(n, d);
    divisor = gcd(n, d) || 1n;
  }
  return { num: Number(n / divisor), den: Number(d / divisor) };
}

/**
 * `num/den` in lowest terms. Throws RangeError on a zero denominator, parts that are not whole, or a value beyond the safe
 * integers. Sums are exact as long as their parts are safe integers; beyond that they are the nearest fraction that is.
 */
export function rational(num: number, den = 1): Rational {
  return fromBig(BigInt(num), BigInt(den));
}

/** Zero. */
export const zero: Rational = { num: 0, den: 1 };
/** One. */
export const one: Rational = { num: 1, den: 1 };

/** a + b */
export function add(a: Rational, b: Rational): Rational {
  return fromBig(BigInt(a.num) * BigInt(b.den) + BigInt(b.num) * BigInt(a.den), BigInt(a.den) * BigInt(b.den));
}

/** a − b */
export function subtract(a: Rational, b: Rational): Rational {
  return add(a, { num: -b.num, den: b.den });
}

/** a · b */
export function multiply(a: Rational, b: Rational): Rational {
  return fromBig(BigInt(a.num) * BigInt(b.num), BigInt(a.den) * BigInt(b.den));
}

/** a / b; throws RangeError when b is zero. */
export function divide(a: Rational, b: Rational): Rational {
  return fromBig(BigInt(a.num) * BigInt(b.den), BigInt(a.den) * BigInt(b.num));
}

/** Negative, zero or positive as a < b, a = b, a > b. */
export function compare(a: Rational, b: Rational): number {
  const difference = BigInt(a.num) * BigInt(b.den) - BigInt(b.num) * BigInt(a.den);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The nearest double; for display and for handing to tools, never for further exact sums. */
export function toNumber(value: Rational): number {
  return value.num / value.den;
}

/** Largest integer ≤ value. */
export function floor(value: Rational): number {
  const n = BigInt(value.num);
  const d = BigInt(value.den);
  const q = n / d;
  return Number(n % d !== 0n && n < 0n ? q - 1n : q);
}

/** Nearest integer, halves towards +∞. */
export function round(value: Rational): number {
  return floor(add(value, { num: 1, den: 2 }));
}

/** Smallest integer ≥ value. */
export function ceil(value: Rational): number {
  // Subtracted, not negated: there is no −0.
  return 0 - floor({ num: -value.num, den: value.den });
}

/**
 * The fraction nearest to a decimal number with a denominator of at most 1,000,000.
 * For numbers people or tools wrote ("12.5", 0.1); what is exact already stays a fraction.
 */
export function fromNumber(value: number): Rational {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  return rational(Math.round(value * 1_000_000), 1_000_000);
}

/** Reads "30", "29.97", "30000/1001" or "30000:1001"; null when it is none of these or the denominator is 0. */
export function parseRational(text: string): Rational | null {
  const fraction = /^\s*(-?\d{1,16})\s*[/:]\s*(\d{1,16})\s*$/.exec(text);
  if (fraction) return Number(fraction[2]) === 0 ? null : rational(Number(fraction[1]), Number(fraction[2]));
  if (!/^\s*-?\d{1,15}(\.\d+)?\s*$/.test(text)) return null;
  return fromNumber(Number(text));
}

/** "30000/1001", or "30" when the denominator is 1. */
export function formatRational(value: Rational): string {
  return value.den === 1 ? String(value.num) : `${value.num}/${value.den}`;
}
