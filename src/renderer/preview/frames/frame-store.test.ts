import { expect, test } from 'vitest';
import { FrameStore } from './frame-store.ts';
import type { PlaneFrame } from './planes.ts';

const frame = (timeSeconds: number, endSeconds: number): PlaneFrame => ({
  ...{ kind: 'yuv', width: 10, height: 10, bitDepth: 8, timeSeconds, endSeconds },
  planes: [{ samples: new Uint8Array(100), width: 10, height: 10 }],
});

test('a frame answers for the moments it lasts, and no others', () => {
  const store = new FrameStore();
  const first = store.put('a', 1.05, frame(1, 1.1));
  expect([0.99, 1, 1.0999, 1.1].map((at) => store.get('a', at) === first)).toEqual([false, true, true, false]);
  expect(store.get('b', 1.05)).toBeNull();
  store.put('a', 0.2, frame(1, 1.1));
  expect(store.get('a', 0.5)).toBe(first);
});

test('what one picture needs stays together, however little memory there is', () => {
  const store = new FrameStore(150);
  const first = store.put('a', 0, frame(0, 1));
  store.pin([first]);
  store.put('b', 0, frame(0, 1));
  expect(store.get('a', 0)).toBe(first);
  store.pin([]);
  store.put('c', 0, frame(0, 1));
  expect(store.bytes).toBe(100);
});

test('the oldest are let go, never more is held than allowed', () => {
  const store = new FrameStore(250);
  store.put('a', 0, frame(0, 1));
  store.put('b', 0, frame(0, 1));
  store.get('a', 0);
  store.put('a', 1, frame(1, 2));
  expect(store.bytes).toBe(200);
  expect([store.get('a', 0), store.get('b', 0), store.get('a', 1)].map((one) => one !== null)).toEqual([
    true,
    false,
    true,
  ]);
  store.drop('a');
  expect(store.bytes).toBe(0);
  expect(store.urls()).toEqual([]);
});
