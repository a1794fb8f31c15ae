import { expect, test } from 'vitest';
import { layMasks } from './lay-masks.ts';

const mask = (color: number, dst_x: number) => ({ w: 2, h: 1, stride: 2, bitmap: 0, color, dst_x, dst_y: 0 });

test('masks lie over each other, cut at the edges, premultiplied', () => {
  const heap = Uint8Array.of(255, 51);
  const pixels = layMasks([mask(0xff000000, 0), mask(0x0000ff80, 1), mask(0x00ff0000, -1)], heap, 2, 1);
  const [red, half] = [Math.round(65535 * (1 - 0.2)), Math.round((127 / 255) * 65535)];
  expect([...pixels.subarray(0, 4)]).toEqual([red, Math.round(65535 * 0.2), 0, 65535]);
  expect(pixels[6]).toBe(half);
  expect(pixels[7]).toBeGreaterThan(half);
});
