import { expect, test } from 'vitest';
import { boundsOf, layMasks } from './lay-masks.ts';

const mask = (color: number, dst_x: number) => ({ w: 2, h: 1, stride: 2, bitmap: 0, color, dst_x, dst_y: 0 });

test('masks lie over each other, cut at the edges, premultiplied', () => {
  const heap = Uint8Array.of(255, 51);
  const bounds = { x: 0, y: 0, width: 2, height: 1 };
  const pixels = layMasks([mask(0xff000000, 0), mask(0x0000ff80, 1), mask(0x00ff0000, -1)], heap, bounds);
  // Red, then a fifth of green over its left half, half of blue over its right half.
  expect([...pixels.subarray(0, 4)]).toEqual([52428, 13107, 0, 65535]);
  const half = 127 / 255;
  expect(pixels[4]).toBe(Math.round(Math.round(65535 * 0.2) * (1 - half)));
  expect(pixels[6]).toBe(Math.round(65535 * half));
  expect(pixels[7]).toBeGreaterThan(pixels[6] ?? 0);
});

test('only the part that is touched is drawn, on even pixels', () => {
  const frame = { width: 100, height: 50 };
  expect(boundsOf([mask(0xffffff00, 31), mask(0xffffff00, 33)], frame)).toEqual({ x: 30, y: 0, width: 6, height: 2 });
  expect(boundsOf([mask(0xffffff00, 99), mask(0xffffff00, -5)], frame)).toEqual({ x: 0, y: 0, width: 100, height: 2 });
  expect(boundsOf([mask(0xffffffff, 10)], frame)).toMatchObject({ width: 0, height: 0 });
});
