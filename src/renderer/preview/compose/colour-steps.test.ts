import { expect, test } from 'vitest';
import { foreignMatrix, matrixSteps, rgbSteps } from './colour-steps.ts';

test('grey stays grey, and bt601 red moves as colormatrix moves it', () => {
  expect(foreignMatrix({ matrix: 'bt709' })).toBeNull();
  expect(foreignMatrix({ matrix: 'smpte170m' })).toBe('bt601');
  const { luma, u, v } = matrixSteps('bt601');
  // Both agree on grey, so only colour differences move; the factors follow from the two standards.
  expect(luma.map((part) => part / 65536)).toEqual([expect.closeTo(-0.1182, 3), expect.closeTo(-0.2127, 3)]);
  expect(u.map((part) => part / 65536)).toEqual([expect.closeTo(1.0186, 3), expect.closeTo(0.1146, 3)]);
  expect(v.map((part) => part / 65536)).toEqual([expect.closeTo(0.0751, 3), expect.closeTo(1.0253, 3)]);
});

test('white and black become 235 and 16, colour differences of grey nothing', () => {
  const { luma, u, v } = rgbSteps();
  const sum = (row: readonly number[]) => row.reduce((all, part) => all + part, 0);
  expect((sum(luma) * 255) / 32768 + 16).toBeCloseTo(235, 1);
  expect(Math.abs(sum(u))).toBeLessThanOrEqual(1);
  expect(Math.abs(sum(v))).toBeLessThanOrEqual(1);
});
