import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleTable } from './scale-table.ts';

const rowsOf = (length: number, newLength: number) => {
  const { taps, rows } = scaleTable(length, newLength, 16384);
  return Array.from({ length: newLength }, (_, n) => [...rows.subarray(n * (taps + 1), (n + 1) * (taps + 1))]);
};

test('the same length copies', () => {
  expect(rowsOf(5, 5)).toEqual([0, 1, 2, 3, 4].map((n) => [n, 16384]));
});

test('weights make a whole and stay inside the line', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 700 }), fc.integer({ min: 2, max: 700 }), (length, newLength) => {
      for (const [from = 0, ...weights] of rowsOf(length, newLength)) {
        expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 16384)).toBeLessThanOrEqual(1);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(from + weights.length).toBeLessThanOrEqual(length);
      }
    }),
    { numRuns: 60 },
  );
});

test('halving is symmetric and widens the kernel', () => {
  const [, , , , row = []] = rowsOf(64, 32);
  const weights = row.slice(1).filter((weight) => weight !== 0);
  expect(weights.length).toBe(8);
  for (const [j, weight] of weights.entries())
    expect(Math.abs(weight - (weights.at(-1 - j) ?? 0))).toBeLessThanOrEqual(2);
});

test('doubling takes the cubic’s weights at quarter distances', () => {
  const [, , , , , row = []] = rowsOf(16, 32);
  // Sample 5 of 32 lies at 2.25 of 16: 1.25, 0.25, 0.75 and 1.75 away from its neighbours.
  const cubic = (d: number) => (d < 1 ? 1.4 * d ** 3 - 2.4 * d ** 2 + 1 : -0.6 * d ** 3 + 3 * d ** 2 - 4.8 * d + 2.4);
  const expected = [1.25, 0.25, 0.75, 1.75].map((d) => Math.round(cubic(d) * 16384));
  const weights = row.slice(1);
  expect(row[0]).toBe(1);
  for (const [j, weight] of expected.entries()) expect(Math.abs(weight - (weights[j] ?? 0))).toBeLessThanOrEqual(2);
});
