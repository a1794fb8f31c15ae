import { expect, test } from 'vitest';
import type { PlacedClip, Timeline } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { editPoints, segmentBounds } from './segment-bounds.ts';

const rate = rational(30);

function clip(startFrame: number, lengthFrames: number, sourceInFrame: number | null, more: object = {}): PlacedClip {
  const content =
    sourceInFrame === null
      ? { kind: 'text', text: 'x', style: {} }
      : { kind: 'media', assetId: 'a', sourceInSeconds: rational(sourceInFrame, 30), speed: rational(1) };
  return { startFrame, lengthFrames, content, hasPicture: true, hasSound: false, ...more } as unknown as PlacedClip;
}

function timeline(clips: PlacedClip[], lengthFrames: number, sectionStarts: number[] = [0]): Timeline {
  const sections = sectionStarts.map((startFrame) => ({ startFrame }));
  return { rate, lengthFrames, clips, sections } as unknown as Timeline;
}

const boundsOf = (line: Timeline) =>
  segmentBounds(
    line,
    (frame) =>
      line.clips.find(
        (one) => one.content.kind === 'media' && frame >= one.startFrame && frame < one.startFrame + one.lengthFrames,
      ) ?? null,
  );

test('footage is cut on its own clock: a trim at the head moves no later cut', () => {
  const whole = boundsOf(timeline([clip(0, 300, 30)], 300));
  const trimmed = boundsOf(timeline([clip(0, 299, 31)], 299));
  expect(whole).toEqual([0, 30, 90, 150, 210, 270, 300]);
  expect(trimmed).toEqual([0, 29, 89, 149, 209, 269, 299]);
});

test('cuts lie at both ends of a text, and nowhere else because of it', () => {
  const plain = boundsOf(timeline([clip(0, 300, 0)], 300));
  const titled = boundsOf(timeline([clip(0, 300, 0), clip(100, 60, null)], 300));
  expect(plain).toEqual([0, 60, 120, 180, 240, 300]);
  expect(titled).toEqual([0, 60, 100, 130, 160, 240, 300]);
});

test('a short text is two even pieces, wherever the footage’s own clock stands; a long one follows that clock', () => {
  const headline = (length: number, sourceIn: number) =>
    boundsOf(timeline([clip(0, 300, sourceIn), clip(0, length, null)], 300)).filter((bound) => bound <= length);
  expect(headline(90, 51)).toEqual([0, 45, 90]);
  expect(headline(90, 7)).toEqual([0, 45, 90]);
  expect(headline(30, 7)).toEqual([0, 30]);
  expect(headline(150, 30)).toEqual([0, 30, 90, 150]);
});

test('pieces cover everything in order, none under four frames, whatever the edit points', () => {
  let state = 7;
  const random = (below: number) => {
    state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647;
    return state % below;
  };
  for (let round = 0; round < 300; round += 1) {
    const length = 1 + random(400);
    const clips = Array.from({ length: random(8) }, () => {
      const start = random(length);
      return clip(start, 1 + random(length - start), random(2) === 0 ? null : random(500));
    });
    const bounds = boundsOf(timeline(clips, length, [0, random(length)]));
    expect(bounds[0]).toBe(0);
    expect(bounds.at(-1)).toBe(length);
    const pieces = bounds.slice(1).map((bound, index) => bound - (bounds[index] ?? 0));
    expect(pieces.length === 1 || Math.min(...pieces) >= 4, `${length}: ${bounds}`).toBe(true);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(30 * 4);
  }
});

test('the start of a section is kept as a boundary even beside other edit points', () => {
  expect(boundsOf(timeline([clip(0, 95, 0), clip(95, 105, 0), clip(97, 50, null)], 200, [0, 95]))).toContain(95);
});

test('an empty ad has no segments, and sound makes no edit points', () => {
  expect(boundsOf(timeline([], 0))).toEqual([]);
  expect(editPoints(timeline([clip(10, 20, 0, { hasPicture: false })], 100))).toEqual([0, 100]);
});
