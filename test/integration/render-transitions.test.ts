import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planRender } from '#main/render/plan/plan-render.ts';
import { findPreset } from '#main/render/plan/presets.ts';
import { textColourMap } from '#main/render/plan/text-colour.ts';
import { workshopOf } from '#main/render/render-tools.ts';
import { loadFonts } from '#main/render/sources/fonts.ts';
import { assetsOf, gatherSources } from '#main/render/sources/gather-sources.ts';
import { type Asset, listVariants, type Project, projectSchema, trackTransitionSchema } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import {
  assetOf,
  exportAll,
  exportRequest,
  openRenderEngine,
  openRenderKit,
  plainProject,
  project,
  type RenderKit,
  sourcesOf,
} from '../fixtures/render-kit.ts';

const run = promisify(execFile);
let kit: RenderKit;
const assets: Asset[] = [];

beforeAll(async () => {
  kit = await openRenderKit();
  for (const [id, source] of [
    ['dark', 'color=c=0x282828'],
    ['bright', 'color=c=0xE0E0E0'],
    ['moving', 'testsrc2'],
  ] as const) {
    const path = join(kit.folder, `${id}.mp4`);
    await makeVideo(path, { source, size: '160x90', seconds: 8, rate: '30', tonesHz: [440] });
    assets.push(await assetOf(kit.ffmpeg, id, path));
  }
});
afterAll(() => kit?.dispose());

const media = (assetId: string, seconds = 1) => ({
  kind: 'media',
  media: { assetId },
  sourceInSeconds: { num: seconds, den: 1 },
});

/** Dark, then bright at frame 30, with a transition between. */
function cut(transition: Record<string, unknown>): Project {
  const clips = [
    { id: 'one', startFrame: 0, lengthFrames: 30, content: media('dark') },
    { id: 'two', startFrame: 30, lengthFrames: 30, content: media('bright') },
  ];
  const of = plainProject([clips], { id: `cut-${JSON.stringify(transition).replaceAll(/\W+/g, '-')}`.slice(0, 60) });
  const set = trackTransitionSchema.parse({ fromClipId: 'one', toClipId: 'two', ...transition });
  return {
    ...of,
    sequences: of.sequences.map((sequence) => ({
      ...sequence,
      tracks: sequence.tracks.map((track) => ({ ...track, transitions: [set] })),
    })),
  };
}

/** Luma of every frame of an export: mean of the left and of the right half. */
async function halves(of: Project): Promise<{ left: number; right: number }[]> {
  const engine = openRenderEngine(kit, sourcesOf(assets), [of]);
  try {
    const [made] = await exportAll(engine.render, exportRequest(of));
    expect(made?.error).toBeNull();
    const args = ['-v', 'error', '-i', made?.path ?? '', '-vf', 'scale=2:1:flags=area,format=gray'];
    const { stdout } = await run('ffmpeg', [...args, '-f', 'rawvideo', '-'], { encoding: 'buffer' });
    return Array.from({ length: stdout.length / 2 }, (_, n) => ({
      left: stdout[2 * n] ?? 0,
      right: stdout[2 * n + 1] ?? 0,
    }));
  } finally {
    await engine.dispose();
  }
}

test('a crossfade goes evenly from one clip to the other, within its frames and not beyond', async () => {
  const frames = await halves(cut({ kind: 'crossfade', lengthFrames: 12 }));
  expect(frames).toHaveLength(60);
  const [dark, bright] = [frames[0]?.left ?? 0, frames[59]?.left ?? 0];
  expect(bright - dark).toBeGreaterThan(100);
  for (const [n, { left }] of frames.entries()) {
    const progress = Math.min(1, Math.max(0, (n - 24 + 0.5) / 12));
    const wanted = n < 24 ? dark : n >= 36 ? bright : dark + (bright - dark) * progress;
    expect(Math.abs(left - wanted), `frame ${n}: ${left}, not ${wanted}`).toBeLessThan(5);
  }
});

test('a dip goes through its colour; a push, a slide and a wipe come from their side', async () => {
  const dip = await halves(cut({ kind: 'dip', lengthFrames: 13 }));
  const lights = dip.map(({ left }) => left);
  expect(Math.min(...lights)).toBeLessThan(20);
  expect(lights.indexOf(Math.min(...lights))).toBe(30);
  for (const kind of ['push', 'slide', 'wipe']) {
    const frames = await halves(cut({ kind, lengthFrames: 10, alignment: 'start', direction: 'left' }));
    expect(frames).toHaveLength(60);
    // Half way (frames 30 to 39), what comes covers the right half.
    const { left = 0, right = 0 } = frames[35] ?? {};
    expect(right - left, kind).toBeGreaterThan(80);
    expect(Math.abs((frames[29]?.right ?? 0) - (frames[0]?.right ?? 0)), kind).toBeLessThan(4);
    expect(Math.abs((frames[41]?.left ?? 0) - (frames[59]?.left ?? 0)), kind).toBeLessThan(6);
  }
});

function matrix(hooks: number, transition: Record<string, unknown> | null): Project {
  const option = (id: string) => ({ id, name: id, content: { kind: 'sequence', sequenceId: `cut-of-${id}` } });
  const sequence = (id: string, assetId: string, seconds: number, lengthFrames: number) => ({
    id: `cut-of-${id}`,
    tracks: [
      {
        id: `track-${id}`,
        kind: 'visual',
        clips: [{ id, startFrame: 0, lengthFrames, content: media(assetId, seconds) }],
      },
    ],
  });
  const names = Array.from({ length: hooks }, (_, n) => `hook-${n + 1}`);
  return project({
    ...{ id: 'matrix', name: 'Matrix' },
    slots: [
      { id: 'hook', name: 'Hook', role: 'hook', options: names.map(option) },
      { id: 'body', name: 'Body', role: 'body', options: [option('body-1')] },
    ],
    sequences: [...names.map((name, n) => sequence(name, 'moving', n + 1, 45)), sequence('body-1', 'moving', 2, 150)],
    seams: transition ? [{ id: 'seam', afterSlotId: 'hook', transition }] : [],
  });
}

async function plannedPieces(of: Project) {
  const tools = await kit.ffmpeg.tools();
  const fonts = await loadFonts(kit.fontsDir);
  const gathered = await gatherSources(assetsOf(of), sourcesOf(assets), kit.ffmpeg);
  return planRender({
    ...{ project: of, variants: listVariants(of), ratios: ['16:9'], preset: findPreset('small-test') },
    ...{ sources: gathered.table, faces: fonts.faces, workshop: workshopOf(tools, fonts) },
    mapTextColour: textColourMap(tools.capabilities.libavutil.major),
  }).outputs.map(({ segments, timeline, sound }) => ({ segments, sound, lengthFrames: timeline.lengthFrames }));
}

test('a seam keeps the length; another hook makes its own pieces and the seam’s anew, and nothing of the body', async () => {
  const seam = { kind: 'crossfade', lengthFrames: 14 };
  const [first, second] = await plannedPieces(matrix(2, seam));
  const [plain] = await plannedPieces(matrix(2, null));
  expect(first?.lengthFrames).toBe(195);
  const bounds = (first?.segments ?? []).map(({ startFrame }) => startFrame);
  // The seam is frames 38 to 51: a piece of its own.
  expect(bounds).toContain(38);
  expect(bounds).toContain(52);
  expect(bounds).not.toContain(45);
  const behind = (pieces: typeof first, from: number) =>
    (pieces?.segments ?? []).filter(({ startFrame }) => startFrame >= from).map(({ fingerprint }) => fingerprint);
  expect(behind(second, 52)).toEqual(behind(first, 52));
  expect(behind(first, 52).length).toBeGreaterThanOrEqual(2);
  const seamPrint = (pieces: typeof first) => pieces?.segments.find(({ startFrame }) => startFrame === 38)?.fingerprint;
  expect(seamPrint(second)).not.toBe(seamPrint(first));
  // Pieces of the body further on are those of the plain cut: they lie on the footage's own clock.
  const shared = new Set((plain?.segments ?? []).map(({ fingerprint }) => fingerprint));
  expect(behind(first, 60).every((print) => shared.has(print))).toBe(true);
});

test('sound that crosses over a seam makes no picture anew; one pair’s own makes its own mix anew, and no other', async () => {
  const seam = { kind: 'crossfade', lengthFrames: 14 };
  const cut = await plannedPieces(matrix(2, seam));
  const crossed = matrix(2, { ...seam, sound: 'crossfade' });
  const pictures = (pieces: typeof cut) => pieces.map(({ segments }) => segments.map(({ fingerprint }) => fingerprint));
  const mixes = (pieces: typeof cut) => pieces.map(({ sound }) => sound.fingerprint);
  const all = await plannedPieces(crossed);
  expect(pictures(all)).toEqual(pictures(cut));
  expect(mixes(all).filter((mix) => mixes(cut).includes(mix))).toEqual([]);
  const one = projectSchema.parse({
    ...crossed,
    seams: [
      ...crossed.seams,
      {
        ...{ id: 'own', afterSlotId: 'hook', pair: { from: 'hook-2', to: 'body-1' } },
        transition: { ...seam, lengthFrames: 20, sound: 'crossfade' },
      },
    ],
  });
  const [first, second] = await plannedPieces(one);
  expect(first?.sound.fingerprint).toBe(all[0]?.sound.fingerprint);
  expect(second?.sound.fingerprint).not.toBe(all[1]?.sound.fingerprint);
  const known = new Set(pictures(all).flat());
  const anew = (second?.segments ?? []).filter(({ fingerprint }) => !known.has(fingerprint));
  // Frames 35 to 54 are the seam’s; its neighbours begin and end with it.
  expect(anew.length).toBeGreaterThan(0);
  expect(anew.every(({ startFrame }) => startFrame < 60)).toBe(true);
});

test('footage without handles stands still beyond its ends, and the check says so', async () => {
  const of = cut({ kind: 'crossfade', lengthFrames: 20 });
  const short: Project = structuredClone(of);
  const [, two] = short.sequences[0]?.tracks[0]?.clips ?? [];
  if (two?.content.kind === 'media') two.content.sourceInSeconds = { num: 0, den: 1 };
  const engine = openRenderEngine(kit, sourcesOf(assets), [short]);
  try {
    const [made] = await exportAll(engine.render, exportRequest(short));
    expect(made?.error).toBeNull();
    const { problems } = await engine.render.estimate(exportRequest(short), new AbortController().signal);
    expect(JSON.stringify(problems)).toContain('reaches beyond the beginning of “bright');
  } finally {
    await engine.dispose();
  }
});
