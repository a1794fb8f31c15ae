import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rational, toNumber } from '#shared/units/index.ts';
import { framesFilled, placeOfRecording, samplesBetween } from './count-frames.ts';

const rate = fc.constantFrom(rational(30), rational(25), rational(30_000, 1001), rational(24_000, 1001), rational(60));
const frame = fc.nat(100_000);

it('a clip has all whole frames of its recording, and no more', () => {
  fc.assert(
    fc.property(rate, frame, fc.nat(5_000_000), (fps, start, samples) => {
      const frames = framesFilled(start, samples, fps);
      expect(samplesBetween(start, start + frames, fps)).toBeLessThanOrEqual(samples);
      expect(samplesBetween(start, start + frames + 1, fps)).toBeGreaterThan(samples);
    }),
  );
});

it('a stretch recorded from in to out fills it exactly', () => {
  fc.assert(
    fc.property(rate, frame, fc.integer({ min: 1, max: 5000 }), (fps, start, frames) => {
      const samples = samplesBetween(start, start + frames, fps);
      const place = placeOfRecording(start, { skippedSamples: 0, samples }, fps);
      expect(place).toEqual({ startFrame: start, lengthFrames: frames, sourceInSeconds: rational(0) });
    }),
  );
});

it('what begins with a later sample lies where that was said', () => {
  fc.assert(
    fc.property(rate, frame, fc.nat(200_000), (fps, start, skippedSamples) => {
      const place = placeOfRecording(start, { skippedSamples, samples: 100_000 }, fps);
      if (!place) throw new Error('no place');
      const inSamples = Math.round(toNumber(place.sourceInSeconds) * 48_000);
      expect(samplesBetween(start, place.startFrame, fps)).toBe(skippedSamples + inSamples);
      expect(inSamples).toBeLessThan(2003);
    }),
  );
});

it('less than a frame is no clip', () => {
  expect(placeOfRecording(0, { skippedSamples: 0, samples: 1599 }, rational(30))).toBeNull();
});
