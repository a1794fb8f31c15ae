import { expect, test } from 'vitest';
import { frameBytes, splitPlanes } from './planes.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

test('planes lose their padding; odd sizes round colour up', () => {
  const frame = splitPlanes({
    ...{ format: 'I420', width: 3, height: 1, timeSeconds: 0.5, endSeconds: 1 },
    bytes: bytes(1, 2, 3, 99, 4, 5, 99, 6, 7),
    layout: [
      { offset: 0, stride: 4 },
      { offset: 4, stride: 3 },
      { offset: 7, stride: 2 },
    ],
  });
  expect(frame?.planes.map(({ samples }) => [...samples])).toEqual([
    [1, 2, 3],
    [4, 5],
    [6, 7],
  ]);
  expect(frame).toMatchObject({ kind: 'yuv', width: 3, height: 1, bitDepth: 8, timeSeconds: 0.5 });
  expect(frame && frameBytes(frame)).toBe(7);
});

test('woven colour planes come apart', () => {
  const frame = splitPlanes({
    ...{ format: 'NV12', width: 4, height: 2, timeSeconds: 0, endSeconds: 1 },
    bytes: bytes(1, 2, 3, 4, 5, 6, 7, 8, 10, 20, 11, 21),
    layout: [
      { offset: 0, stride: 4 },
      { offset: 8, stride: 4 },
    ],
  });
  expect(frame?.planes.slice(1).map(({ samples }) => [...samples])).toEqual([
    [10, 11],
    [20, 21],
  ]);
});

test('ten bits are read as numbers, unknown formats refused', () => {
  const ten = splitPlanes({
    ...{ format: 'I420P10', width: 2, height: 2, timeSeconds: 0, endSeconds: 1 },
    bytes: bytes(255, 3, 0, 1, 1, 0, 2, 0, 4, 2, 5, 2),
    layout: [
      { offset: 0, stride: 4 },
      { offset: 8, stride: 2 },
      { offset: 10, stride: 2 },
    ],
  });
  expect([...(ten?.planes[0]?.samples ?? [])]).toEqual([1023, 256, 1, 2]);
  expect(
    splitPlanes({ format: 'P010', width: 2, height: 2, bytes: bytes(), layout: [], timeSeconds: 0, endSeconds: 1 }),
  ).toBeNull();
});
