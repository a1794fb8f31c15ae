import { expect, test } from 'vitest';
import { createDropMeter } from './drop-meter.ts';

const playing = (frame: number) => ({ frame, isPlaying: true, speed: 1, isWaiting: false });

test('frames that were skipped, or due while the picture stood, count once', () => {
  const meter = createDropMeter();
  expect(meter.look(playing(10), true)).toBe(0);
  expect(meter.look(playing(10), true)).toBe(0);
  expect(meter.look(playing(11), true)).toBe(0);
  expect(meter.look(playing(14), true)).toBe(2);
  expect(meter.look(playing(15), false)).toBe(0);
  expect(meter.look(playing(16), false)).toBe(0);
  expect(meter.look(playing(17), true)).toBe(2);
});

test('pauses, waiting, winding and the start of a loop drop nothing', () => {
  const meter = createDropMeter();
  expect(meter.look(playing(10), true)).toBe(0);
  expect(meter.look({ ...playing(30), isPlaying: false, speed: 0 }, true)).toBe(0);
  expect(meter.look(playing(50), true)).toBe(0);
  expect(meter.look({ ...playing(60), speed: 4 }, true)).toBe(0);
  expect(meter.look(playing(90), true)).toBe(0);
  expect(meter.look({ ...playing(95), isWaiting: true }, false)).toBe(0);
  expect(meter.look(playing(96), true)).toBe(0);
  expect(meter.look(playing(5), true)).toBe(0);
  expect(meter.look(playing(6), true)).toBe(0);
});
