import { expect, test } from 'vitest';
import { frameTable } from './frame-table.ts';

/** Reads such an expression as ffmpeg does. */
function resultOf(expression: string, on: number): number {
  const source = expression.replaceAll('if(', 'pick(').replaceAll('lt(', 'below(');
  const read = new Function('on', 'pick', 'below', `return ${source}`) as (
    on: number,
    pick: (is: boolean, yes: number, no: number) => number,
    below: (a: number, b: number) => boolean,
  ) => number;
  return read(
    on,
    (is, yes, no) => (is ? yes : no),
    (a, b) => a < b,
  );
}

test('a table has its values frame by frame, counted from 1, and is not nested deep', () => {
  const values = Array.from({ length: 300 }, (_, n) => Math.round(n / 2) * -1.25);
  const table = frameTable(values);
  for (const [n, value] of values.entries()) expect(resultOf(table, n + 1)).toBeCloseTo(value, 9);
  let [depth, deepest] = [0, 0];
  for (const character of table) {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    deepest = Math.max(deepest, depth);
  }
  expect(deepest).toBeLessThan(20);
  expect(frameTable([3, 3, 3])).toBe('3');
});
