import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { colourSamples } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { concatList } from '../encode/join.ts';
import { stemFilters } from '../sound/stems.ts';
import { missingGlyphs, readCharacterMap } from '../sources/glyphs.ts';
import type { PictureFacts } from '../sources/sources.ts';
import { trackTimescale } from './encoder-args.ts';
import { drawPicture } from './picture-filters.ts';
import { bt709AsBt601 } from './text-colour.ts';

test('durations in a join list never drift, whatever the rate', () => {
  const rate = rational(30000, 1001);
  const parts = Array.from({ length: 400 }, (_, n) => ({ path: `/s/${n}.mp4`, frames: 7 + (n % 5) }));
  const durations = [...concatList(parts, rate).matchAll(/duration ([\d.]+)/g)].map((match) => Number(match[1]));
  const frames = parts.reduce((sum, part) => sum + part.frames, 0);
  expect(durations.reduce((sum, one) => sum + one, 0)).toBeCloseTo((frames * 1001) / 30000, 5);
  expect(concatList([{ path: "/it's/a.mp4", frames: 10 }], rate)).toContain("file 'file:/it'\\''s/a.mp4'");
});

test('a track’s clock has whole ticks per frame', () => {
  for (const rate of [rational(24), rational(25), rational(30000, 1001), rational(60), rational(25, 2), rational(1)]) {
    const ticks = trackTimescale(rate);
    expect((ticks * rate.den) % rate.num).toBe(0);
    expect(ticks).toBeGreaterThanOrEqual(10_000);
  }
});

const plain = { opacity: 1, look: null };

const facts = (more: Partial<PictureFacts> = {}): PictureFacts => ({
  streamIndex: 0,
  coded: { width: 1920, height: 1080 },
  shown: { width: 1920, height: 1080 },
  rotationDeg: 0,
  isMirrored: false,
  hasAlpha: false,
  codec: 'h264',
  isRgb: false,
  colour: { range: 'limited', matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', hdr: 'none' },
  ...more,
});
const output = { width: 1080, height: 1920 };

test('what is not seen is cut before scaling, and what is drawn fills the frame exactly', () => {
  const drawn = drawPicture(facts(), { x: -1166, y: 0, width: 3414, height: 1920 }, output, plain);
  expect(drawn).toMatchObject({ x: 0, y: 0, width: 1080, height: 1920, isBlended: false });
  expect(drawn?.filters).toMatch(/^crop=\d+:1080:\d+:0:exact=1,scale=/);
  expect(drawPicture(facts(), { x: 1080, y: 0, width: 100, height: 100 }, output, plain)).toBeNull();
});

test('a turned picture is cut in its own pixels and turned after scaling', () => {
  const turned = facts({ rotationDeg: 90 });
  const drawn = drawPicture(turned, { x: 0, y: -100, width: 1080, height: 1920 }, output, plain);
  // The upper edge of the upright picture is the left edge of the stored one.
  expect(drawn?.filters).toMatch(/^crop=\d+:1080:\d+:0:exact=1,scale=\d+:1080.*,transpose=clock/);
  expect(drawn).toMatchObject({ x: 0, y: 0, width: 1080, height: 1820 });
});

test('colour facts decide the conversion', () => {
  const filtersOf = (colour: Partial<PictureFacts['colour']>, more: Partial<PictureFacts> = {}) =>
    drawPicture(facts({ ...more, colour: { ...facts().colour, ...colour } }), { x: 0, y: 0, ...output }, output, plain)
      ?.filters;
  expect(filtersOf({})).not.toContain('colormatrix');
  expect(filtersOf({ matrix: 'smpte170m' })).toContain('colormatrix=bt601:bt709');
  // Half opaque, the samples are the same as opaque: only what is see-through itself goes another way.
  const faint = drawPicture(
    facts({ colour: { ...facts().colour, matrix: 'bt470bg' } }),
    { x: 0, y: 0, ...output },
    output,
    { opacity: 0.5, look: null },
  );
  expect(faint?.filters).toContain('colormatrix=bt601:bt709,format=yuva420p');
  expect(filtersOf({ range: 'full' })).toContain('in_range=pc:out_range=tv');
  expect(filtersOf({ matrix: 'gbr', range: 'full' }, { isRgb: true })).toContain('out_color_matrix=bt709');
  expect(filtersOf({ hdr: 'hlg', matrix: 'bt2020nc' })).toContain('tonemap');
});

test('plain colours are BT.709 samples', () => {
  expect(colourSamples('#000000', 1)).toEqual([16, 128, 128, 255]);
  expect(colourSamples('#FFFFFF', 1)).toEqual([235, 128, 128, 255]);
  expect(colourSamples('#FF0000', 0.5)).toEqual([63, 102, 240, 128]);
  expect(colourSamples('#00FF0080', 1)).toEqual([173, 42, 26, 128]);
});

test('the colour told to an old text filter gives BT.709 samples; greys stay', () => {
  expect(bt709AsBt601('#FFFFFF80')).toBe('#ffffff80');
  expect(bt709AsBt601('#808080')).toBe('#808080');
  const told = bt709AsBt601('#4080C0');
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(told.slice(at, at + 2), 16));
  const luma601 = 16 + (219 / 255) * (0.299 * red + 0.587 * green + 0.114 * blue);
  expect(luma601).toBeCloseTo(colourSamples('#4080C0', 1)[0], 0);
});

test('sound is decoded at its own speed, as much of it as its clip takes at another one', () => {
  const stem = {
    fingerprint: '',
    source: '',
    streamIndex: 0,
    channels: 1,
    demuxer: null,
    fromSeconds: rational(1, 3),
    speed: rational(1),
    samples: 480,
  };
  expect(stemFilters(stem)).toContain('pan=stereo|c0=c0|c1=c0,aresample=48000');
  expect(stemFilters(stem)).toContain('asetpts=PTS-16000,');
  expect(stemFilters(stem)).toMatch(/atrim=end_sample=480$/);
  expect(stemFilters({ ...stem, speed: rational(2) })).toMatch(/atrim=end_sample=5056$/);
});

test('a font’s own character map tells what it draws', async () => {
  const font = await readFile(resolve(import.meta.dirname, '../../../../resources/fonts/Inter_700Bold.ttf'));
  const has = readCharacterMap(font);
  expect(missingGlyphs('Élan, 50 % “off” — naïve\n\u2060', has)).toEqual([]);
  expect(missingGlyphs('ok 🔥🔥 漢', has)).toEqual(['🔥', '漢']);
});
