import { expect, test } from 'vitest';
import { colourLook, type FreePlacement, type PictureLook } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import type { PictureFacts } from '../sources/sources.ts';
import { drawPictures } from './draw-pictures.ts';
import type { MediaLayer } from './moving-picture.ts';

const size = { width: 100, height: 100 };
const facts: PictureFacts = {
  ...{ streamIndex: 0, coded: size, shown: size, rotationDeg: 0, isMirrored: false, hasAlpha: false },
  ...{ codec: 'h264', isRgb: false },
  colour: { range: 'limited', matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', hdr: 'none' },
};
const plain = { exposure: 0, contrast: 0, saturation: 1, temperature: 0 };
const exposed = (exposure: number): PictureLook => ({ colour: colourLook({ ...plain, exposure }), blurRadius: 0 });
const placed = (cropLeft: number): FreePlacement => ({
  ...{ from: size, centre: { x: 50, y: 50 }, ...size, rotationDeg: 0 },
  kept: { x: cropLeft, y: 0, width: 100 - cropLeft, height: 100 },
});
const layer = (look: PictureLook | null, free: FreePlacement | null = null, backdrop = false): MediaLayer => ({
  ...{ kind: 'media', instance: 'i', assetId: 'a' as never, sourceSeconds: rational(0), opacity: 1, window: null },
  ...{ rect: { x: 0, y: 0, ...size }, backdrop: backdrop ? { x: 0, y: 0, ...size } : null, free, look },
});

test('colours that stay are part of the picture; those that change come after it, frames alike in one stretch', () => {
  const [steady] = drawPictures(facts, [layer(exposed(1)), layer(exposed(1))], size);
  expect(steady?.look).toBeUndefined();
  expect(steady?.filters).toContain('lutyuv');
  const [changing] = drawPictures(facts, [layer(null), layer(exposed(1)), layer(exposed(1)), layer(exposed(2))], size);
  expect(changing?.look?.map(({ frames }) => frames)).toEqual([1, 2, 1]);
  expect(changing?.look?.[0]?.filters).toBe('null');
  expect(changing?.filters).not.toContain('lutyuv');
});

test('a filling copy is coloured before it is blurred', () => {
  const layers = [1, 2].map((stops) => layer(exposed(stops), null, true));
  const [behind] = drawPictures(facts, layers, size);
  expect(behind?.look).toHaveLength(2);
  expect(behind?.filters).not.toMatch(/lutyuv|boxblur/);
  expect(behind?.motion).toMatchObject({
    before: expect.stringMatching(/^boxblur=/),
    after: expect.stringMatching(/^scale=/),
  });
});

test('a crop that stays is cut once; one that moves is cut stretch by stretch, its shape with it', () => {
  const [steady] = drawPictures(facts, [layer(null, placed(20)), layer(null, placed(20))], size);
  expect(steady?.motion?.before).toEqual(expect.stringMatching(/^crop=80:100:20:0/));
  const [moving] = drawPictures(
    facts,
    [0, 20, 20, 40].map((left) => layer(null, placed(left))),
    size,
  );
  expect(moving?.isBlended).toBe(true);
  const stretches = moving?.motion?.before;
  if (typeof stretches !== 'object') throw new Error('it does not change');
  expect(stretches.map(({ frames }) => frames)).toEqual([1, 2, 1]);
  expect(stretches[1]?.filters).toMatch(/^crop=80:100:20:0/);
  expect(moving?.motion?.maskFrames?.map(({ frames }) => frames)).toEqual([1, 2, 1]);
});
