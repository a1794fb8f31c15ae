import { expect, test } from 'vitest';
import { bezierOf, curveAt, curveSchema } from '#shared/model/index.ts';
import { curveName, curvePath, curvePresets, valueRange, withHandle } from './curve-shape.ts';

test('a handle that is moved makes a bezier of any curve, within what is allowed', () => {
  expect(withHandle('ease-in-out', 0, 0.2, 0.5)).toEqual([0.2, 0.5, 0.58, 1]);
  expect(withHandle('ease-in-out', 1, 2, 9)).toEqual([0.42, 0, 1, 4]);
  expect(withHandle([0.1, 0.2, 0.3, 0.4], 1, -1, -9.5)).toEqual([0.1, 0.2, 0, -4]);
  // Hold has no handles: it begins as a straight line.
  expect(withHandle('hold', 0, 0.5, 0.004)).toEqual([0.5, 0, 0.67, 0.67]);
  for (const { curve } of curvePresets)
    for (const handle of [0, 1] as const)
      expect(curveSchema.safeParse(withHandle(curveSchema.parse(curve), handle, 7, -7)).success).toBe(true);
});

test('a curve’s handles draw the curve that is played', () => {
  for (const curve of ['linear', 'ease-in', 'ease-out', 'ease-in-out'] as const)
    for (const part of [0.1, 0.5, 0.8])
      expect(curveAt(bezierOf(curve) ?? 'hold', part)).toBeCloseTo(curveAt(curve, part), 9);
  expect(bezierOf('hold')).toBeNull();
  const place = (x: number, y: number) => [x * 100, y * 10] as const;
  expect(curvePath([0.1, 2, 0.5, 1], place)).toBe('M0 0C10 20 50 10 100 10');
  expect(curvePath('hold', place)).toBe('M0 0L100 0L100 10');
});

test('a graph shows all of a curve and its handles', () => {
  expect(valueRange('linear')).toEqual({ low: 0, high: 1 });
  expect(valueRange([0.34, 1.56, 0.64, 1])).toEqual({ low: 0, high: 2 });
  expect(valueRange([0.36, 0, 0.66, -0.56])).toEqual({ low: -1, high: 1 });
});

test('presets have names, other curves are called what they are', () => {
  expect(curveName('ease-out')).toBe('Ease out');
  expect(curveName([0.34, 1.56, 0.64, 1])).toBe('Overshoot');
  expect(curveName([0.34, 1.5, 0.64, 1])).toBe('Bezier');
});
