import { expect, test } from 'vitest';
import { projectSchema } from '#shared/model/index.ts';
import { chosenCoverFrame, suggestCoverFrame } from './cover-choice.ts';

const width = 8;
const height = 8;
const frame = (at: (x: number, y: number) => number) =>
  Uint8Array.from({ length: width * height }, (_, n) => at(n % width, Math.floor(n / width)));
const black = frame(() => 0);
const flat = frame(() => 128);
const checks = frame((x, y) => ((x + y) % 2 === 0 ? 60 : 200));
const soft = frame((x) => 60 + x * 17);
const glaring = frame((x, y) => ((x + y) % 2 === 0 ? 248 : 255));
const suggest = (...frames: Uint8Array[]) => suggestCoverFrame({ pixels: Buffer.concat(frames), width, height });

test('a sharp, lit picture is suggested, not black, blank, soft or glaring ones', () => {
  expect(suggest(black, black, flat, soft, checks, checks, checks, glaring)).toBe(5);
});

test('a still picture wins over the same one amid movement', () => {
  const mirrored = frame((x, y) => ((x + y) % 2 === 1 ? 60 : 200));
  expect(suggest(checks, mirrored, checks, mirrored, mirrored, mirrored)).toBe(4);
});

test('the first of equals is taken, and nothing is no reason to fail', () => {
  expect(suggest(checks, checks, checks)).toBe(0);
  expect(suggest(black, black)).toBe(0);
  expect(suggest()).toBe(0);
});

test('what a person chose is resolved against the variant', () => {
  const project = projectSchema.parse({
    id: 'p',
    name: 'Ad',
    slots: [
      { id: 'hook', name: 'Hook' },
      { id: 'cta', name: 'CTA' },
    ],
    globals: [
      {
        ...{ id: 'cover', name: 'Cover', kind: 'cover' },
        options: [
          { id: 'c1', name: 'a', content: { kind: 'cover', at: { to: 'cta', edge: 'start', offsetFrames: 5 } } },
          { id: 'c2', name: 'b', content: { kind: 'cover', at: { to: 'ad', edge: 'end' } } },
          { id: 'c3', name: 'c', content: { kind: 'none' } },
        ],
      },
    ],
  });
  const sections = [
    { slotId: 'hook', startFrame: 0, lengthFrames: 40 },
    { slotId: 'cta', startFrame: 40, lengthFrames: 20 },
  ] as never;
  const of = (cover: string) => chosenCoverFrame(project, { cover } as never, sections, 60);
  expect([of('c1'), of('c2'), of('c3'), of('gone')]).toEqual([45, 59, null, null]);
});
