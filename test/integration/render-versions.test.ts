import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExportView } from '#shared/contract/render.ts';
import type { Asset, OutputVersion } from '#shared/model/index.ts';
import { ffmpeg, makeSound, makeVideo } from '../fixtures/media.ts';
import {
  assetOf,
  exportAll,
  exportRequest,
  openRenderEngine,
  openRenderKit,
  project,
  type RenderKit,
  sourcesOf,
} from '../fixtures/render-kit.ts';

const run = promisify(execFile);

let kit: RenderKit;
let assets: Asset[];
beforeAll(async () => {
  kit = await openRenderKit();
  const at = (name: string) => join(kit.folder, name);
  // Black footage with a low voice, a high music bed, a green logo.
  await makeVideo(at('footage.mp4'), { seconds: 2, source: 'color=c=black', tonesHz: [300] });
  await makeSound(at('music.wav'), { seconds: 3, hz: 3000 });
  await ffmpeg('-f', 'lavfi', '-i', 'color=c=lime:s=64x64', '-frames:v', '1', at('logo.png'));
  assets = await Promise.all([
    assetOf(kit.ffmpeg, 'footage', at('footage.mp4')),
    assetOf(kit.ffmpeg, 'music', at('music.wav')),
    assetOf(kit.ffmpeg, 'logo', at('logo.png')),
  ]);
});
afterAll(() => kit.dispose());

const ad = project({
  ...{ id: 'ad', name: 'Ad' },
  slots: [
    {
      ...{ id: 'slot', name: 'Body', role: 'body' },
      options: [{ id: 'o', name: 'Body 1', content: { kind: 'sequence', sequenceId: 'q' } }],
    },
  ],
  sequences: [
    {
      id: 'q',
      tracks: [
        {
          ...{ id: 't0', kind: 'visual' },
          clips: [
            { id: 'c', startFrame: 0, lengthFrames: 45, content: { kind: 'media', media: { assetId: 'footage' } } },
          ],
        },
        {
          ...{ id: 't1', kind: 'visual' },
          clips: [
            {
              ...{ id: 'w', startFrame: 0, lengthFrames: 45 },
              content: { kind: 'text', text: 'MMMM\nMMMM', style: { sizePx: 200 } },
            },
          ],
        },
        {
          ...{ id: 't2', kind: 'visual' },
          clips: [
            { id: 'k', startFrame: 30, lengthFrames: 15, content: { kind: 'text', text: 'said', role: 'caption' } },
          ],
        },
      ],
    },
  ],
  globals: [
    {
      ...{ id: 'm', name: 'Music', kind: 'music' },
      options: [
        {
          ...{ id: 'm1', name: 'Bed' },
          content: {
            kind: 'clips',
            clips: [
              {
                ...{ id: 'mc', start: { to: 'ad', edge: 'start' }, end: { to: 'ad', edge: 'end' } },
                content: { kind: 'media', media: { assetId: 'music' } },
              },
            ],
          },
        },
      ],
    },
    {
      ...{ id: 'l', name: 'Logo', kind: 'logo' },
      options: [
        {
          ...{ id: 'l1', name: 'Logo' },
          content: {
            kind: 'clips',
            clips: [
              {
                ...{ id: 'lc', start: { to: 'ad', edge: 'start' }, end: { to: 'ad', edge: 'end' } },
                content: { kind: 'media', media: { assetId: 'logo' } },
                layout: { fit: 'fit', scale: 0.2, x: -0.35, y: -0.35 },
              },
            ],
          },
        },
      ],
    },
  ],
});

/** Brightest sample of the middle, and colour of the logo's corner, over all frames. */
async function look(path: string): Promise<{ brightest: number; isLogoThere: boolean }> {
  const args = ['-v', 'error', '-i', path, '-vf', 'crop=iw/2:ih/2,format=gray', '-f', 'rawvideo', 'pipe:1'];
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 1e9 });
  const whole = ['-v', 'error', '-i', path, '-vf', 'format=rgb24', '-f', 'rawvideo', 'pipe:1'];
  const { stdout: frames } = await run('ffmpeg', whole, { encoding: 'buffer', maxBuffer: 1e9 });
  let green = 0;
  for (let n = 0; n < frames.length; n += 3)
    if ((frames[n + 1] ?? 0) > 150 && (frames[n] ?? 0) < 100 && (frames[n + 2] ?? 0) < 100) green += 1;
  return { brightest: stdout.reduce((most, value) => Math.max(most, value), 0), isLogoThere: green > 45 * 100 };
}

/** Loudness of what lies around a pitch, dB. */
async function levelAt(path: string, hz: number): Promise<number> {
  const filter = `bandpass=f=${hz}:width_type=h:w=100,bandpass=f=${hz}:width_type=h:w=100,volumedetect`;
  const { stderr } = await run('ffmpeg', ['-hide_banner', '-i', path, '-af', filter, '-f', 'null', '-']);
  return Number(/mean_volume: (-?[\d.]+) dB/.exec(stderr)?.[1] ?? Number.NaN);
}

test('versions: words and music are left out where asked, everything else stays, and all are equally long', async () => {
  const engine = openRenderEngine(kit, sourcesOf(assets), [ad]);
  try {
    const versions: OutputVersion[] = ['full', 'textless', 'music-free', 'clean'];
    const exports = await exportAll(
      engine.render,
      exportRequest(ad, { versions, namingPattern: '{project}', handoff: { ...none, hasCaptions: true } }),
    );
    expect(exports.map(({ state, error }) => error?.message ?? state)).toEqual(Array(4).fill('finished'));
    expect(exports.map(({ fileName }) => fileName)).toEqual([
      ...['Ad.mp4', 'Ad_textless.mp4', 'Ad_music-free.mp4', 'Ad_clean.mp4'],
    ]);
    expect(exports.map(({ frameCount }) => frameCount)).toEqual([45, 45, 45, 45]);
    // Each version is a creative of its own.
    expect(new Set(exports.map(({ creativeId }) => creativeId)).size).toBe(4);
    const seen = await Promise.all(exports.map(({ path }) => look(path)));
    expect(seen.map(({ isLogoThere }) => isLogoThere)).toEqual([true, true, true, true]);
    expect(seen.map(({ brightest }) => brightest > 200)).toEqual([true, false, true, false]);
    expect(Math.max(seen[1]?.brightest ?? 255, seen[3]?.brightest ?? 255)).toBeLessThanOrEqual(20);
    const of = (pick: (one: ExportView) => Promise<number>) => Promise.all(exports.map(pick));
    const voice = await of(({ path }) => levelAt(path, 300));
    const music = await of(({ path }) => levelAt(path, 3000));
    for (const level of voice) expect(level).toBeGreaterThan(-35);
    expect(music.map((level) => level > -35)).toEqual([true, true, false, false]);
    for (const level of [music[2], music[3]]) expect(level).toBeLessThan(-60);
    // What is said stays at hand for the version without words, too.
    const { releases } = engine.render.releases(ad.id, { offset: 0, limit: 10 });
    expect(releases.map(({ version, captions }) => [version, captions.map(({ text }) => text)]).sort()).toEqual(
      [...versions].sort().map((version) => [version, ['said']]),
    );
  } finally {
    await engine.dispose();
  }
});

const none = { hasCaptions: false, hasCovers: false, hasTable: false, isZipped: false };
