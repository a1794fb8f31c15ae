import { expect, test } from 'vitest';
import { coverSize } from './covers.ts';

test('a cover has the film’s size, or the largest even one of its shape that a placement takes', () => {
  const full = { width: 1080, height: 1920 };
  expect(coverSize(full, null)).toEqual(full);
  expect(coverSize(full, 3_686_400)).toEqual(full);
  const small = coverSize(full, 1_000_000);
  expect(small).toEqual({ width: 750, height: 1332 });
  expect(small.width * small.height).toBeLessThanOrEqual(1_000_000);
});
