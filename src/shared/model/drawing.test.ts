import { expect, test } from 'vitest';
import { rational } from '../units/index.ts';
import {
  backdropBlur,
  clipAudioSchema,
  fullSizes,
  gainAt,
  layoutRects,
  layoutSchema,
  outputSize,
  plainMix,
  ratios,
  soundEnvelope,
  visibleCrop,
} from './index.ts';

test('what is cut away is what is not seen: the crop shows the same picture in the same place', () => {
  let state = 11;
  const random = (below: number) => {
    state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647;
    return state % below;
  };
  for (let round = 0; round < 2000; round += 1) {
    const source = { width: 16 + random(4000), height: 16 + random(3000) };
    const frame = outputSize(ratios[random(4)] ?? '1:1', [180, 540, 1080][random(3)]);
    const layout = layoutSchema.parse({
      fit: (['fit', 'fill'] as const)[random(2)],
      x: (random(200) - 100) / 100,
      y: (random(200) - 100) / 100,
      scale: 0.1 + random(300) / 100,
    });
    const { rect } = layoutRects(source, frame, layout);
    const crop = visibleCrop(source, rect, frame);
    if (!crop) {
      expect(
        rect.x >= frame.width || rect.y >= frame.height || rect.x + rect.width <= 0 || rect.y + rect.height <= 0,
      ).toBe(true);
      continue;
    }
    for (const [at, length] of [
      ['x', 'width'],
      ['y', 'height'],
    ] as const) {
      expect(crop.source[at]).toBeGreaterThanOrEqual(0);
      expect(crop.source[at] + crop.source[length]).toBeLessThanOrEqual(source[length]);
      expect(Math.abs(crop.target[at] % 2)).toBe(0);
      expect(crop.target[length] % 2).toBe(0);
      // It covers all that is seen.
      expect(crop.target[at]).toBeLessThanOrEqual(Math.max(0, rect[at]));
      expect(crop.target[at] + crop.target[length]).toBeGreaterThanOrEqual(
        Math.min(frame[length], rect[at] + rect[length]),
      );
      // Every point lies within 1½ output pixels of where the uncut picture has it.
      const scale = rect[length] / source[length];
      for (const point of [crop.source[at], crop.source[at] + crop.source[length]]) {
        const uncut = rect[at] + point * scale;
        const cut = crop.target[at] + ((point - crop.source[at]) * crop.target[length]) / crop.source[length];
        expect(Math.abs(uncut - cut)).toBeLessThanOrEqual(1.5);
      }
    }
  }
});

test('a backdrop is blurred alike at every output size', () => {
  for (const ratio of ratios) {
    const full = backdropBlur(fullSizes[ratio]);
    expect(Math.min(full.small.width, full.small.height)).toBe(120);
    expect(backdropBlur(outputSize(ratio, 540))).toEqual(full);
  }
});

test('fades are measured from the ends a clip had before it was cut', () => {
  const audio = clipAudioSchema.parse({ gainDb: -6, fadeInFrames: 10, fadeOutFrames: 20 });
  const clip = { startFrame: 5, lengthFrames: 50, cutStartFrames: 5, cutEndFrames: 10, audio, mix: plainMix() };
  const envelope = soundEnvelope(clip, rational(30));
  const full = 10 ** (-6 / 20);
  expect(gainAt(envelope, 5 * 1600)).toBeCloseTo(full / 2, 5);
  expect(gainAt(envelope, 10 * 1600)).toBeCloseTo(full, 5);
  expect(gainAt(envelope, 45 * 1600)).toBeCloseTo(full, 5);
  expect(gainAt(envelope, 55 * 1600)).toBeCloseTo(full / 2, 5);
  expect(soundEnvelope({ ...clip, audio: { ...audio, gainDb: -96 } }, rational(30)).gain).toBe(0);
});
