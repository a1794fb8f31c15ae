import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadFonts } from '#main/render/sources/fonts.ts';
import {
  type Asset,
  assDocument,
  emojiFamily,
  flattenVariant,
  fullSizes,
  layerOf,
  listVariants,
} from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { decodeGrey } from '../fixtures/numbered.ts';
import {
  assetOf,
  exportAll,
  exportRequest,
  openRenderEngine,
  openRenderKit,
  plainProject,
  type RenderEngine,
  type RenderKit,
  sourcesOf,
} from '../fixtures/render-kit.ts';

const run = promisify(execFile);
let kit: RenderKit;
let engine: RenderEngine;
let footage: Asset;

beforeAll(async () => {
  kit = await openRenderKit();
  const path = join(kit.folder, 'black.mp4');
  await makeVideo(path, { source: 'color=black', size: '320x180', seconds: 1 });
  footage = await assetOf(kit.ffmpeg, 'black', path);
  engine = openRenderEngine(kit, sourcesOf([footage]), []);
});
afterAll(async () => {
  await engine.dispose();
  await kit.dispose();
});

function saying(text: string, id: string) {
  const media = { kind: 'media', media: { assetId: 'black' }, sourceInSeconds: { num: 0, den: 1 } };
  const words = { kind: 'text', text, style: { fontFamily: 'Poppins', fontWeight: 700, sizePx: 160 } };
  const clip = (clipId: string, content: object) => ({ id: clipId, startFrame: 0, lengthFrames: 5, content });
  return plainProject([[clip('m', media)], [clip('t', words)]], { id, name: id });
}

/** How much of the first frame of an export is not black. */
async function inkOf(text: string, id: string): Promise<number> {
  const of = saying(text, id);
  engine.projects.set(of.id, of);
  const [view] = await exportAll(engine.render, exportRequest(of));
  expect(view?.error).toBeNull();
  const frames = await decodeGrey(view?.path ?? '', 320, 180);
  return [...(frames[0] ?? [])].filter((grey) => grey > 128).length;
}

test('an emoji is drawn in the export, one or joined of several', async () => {
  const plain = await inkOf('Hot', 'plain');
  const fire = await inkOf('Hot🔥', 'fire');
  const family = await inkOf('Hot👩‍👩‍👧', 'family');
  expect(fire).toBeGreaterThan(plain * 1.2);
  expect(family).toBeGreaterThan(plain * 1.2);
  expect(Math.abs(family - fire)).toBeGreaterThan(20);
});

test('its font is found among the shipped ones by every libass here, and no other is looked for', async () => {
  const { faces } = await loadFonts(kit.fontsDir);
  const of = saying('Hot 🔥 off', 'script');
  const [variant] = listVariants(of);
  const timeline = flattenVariant(of, variant ?? {}, () => null);
  const output = fullSizes['16:9'];
  const clip = timeline.clips.find(({ content }) => content.kind === 'text');
  const layer = clip && layerOf(clip, timeline, 0, '16:9', output, () => null);
  if (layer?.kind !== 'text') throw new Error('no words');
  const events = [{ layer, startFrame: 0, endFrame: 5 }];
  const script = join(kit.folder, 'script.ass');
  await writeFile(script, assDocument({ events, output, rate: timeline.rate, faces }));
  expect(await readFile(script, 'utf8')).toContain('Hot {\\fnNoto Emoji\\b1\\i0}🔥{\\fnPoppins\\b1\\i0} off');
  const filter = `ass=${script}:fontsdir=${kit.fontsDir}`;
  const input = `color=black:s=${output.width}x${output.height}:d=0.1`;
  const { stderr } = await run('ffmpeg', [
    '-f',
    'lavfi',
    '-i',
    input,
    '-vf',
    filter,
    '-frames:v',
    '1',
    '-f',
    'null',
    '-',
  ]);
  const chosen = stderr.split('\n').filter((line) => line.includes('fontselect'));
  expect(chosen.filter((line) => line.includes(`(${emojiFamily}`) && line.includes('NotoEmoji-Bold'))).toHaveLength(1);
  expect(chosen.filter((line) => /-> .*[/\\]/.test(line))).toEqual([]);
  expect(stderr).not.toMatch(/glyph .* not found/i);
});
