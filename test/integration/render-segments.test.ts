import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#main/platform/clock/index.ts';
import { createEncodePool } from '#main/render/encode/encode-pool.ts';
import { encodeRun } from '#main/render/encode/encode-run.ts';
import { createSegmentCache } from '#main/render/encode/segment-cache.ts';
import { createWorkroom } from '#main/render/encode/workroom.ts';
import { videoArgs } from '#main/render/plan/encoder-args.ts';
import { type OutputPlan, planRender, type RenderPlan } from '#main/render/plan/plan-render.ts';
import { findPreset } from '#main/render/plan/presets.ts';
import { textColourMap } from '#main/render/plan/text-colour.ts';
import { workshopOf } from '#main/render/render-tools.ts';
import { type FontSet, loadFonts } from '#main/render/sources/fonts.ts';
import { assetsOf, type GatheredSources, gatherSources } from '#main/render/sources/gather-sources.ts';
import { type Asset, listVariants, type Project, type Ratio } from '#shared/model/index.ts';
import { makeNumbered } from '../fixtures/numbered.ts';
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

let kit: RenderKit;
let assets: Asset[];
let fonts: FontSet;
const signal = new AbortController().signal;

beforeAll(async () => {
  kit = await openRenderKit();
  assets = [];
  for (const [id, rate] of [
    ['a', '30'],
    ['b', '30000/1001'],
  ] as const) {
    const path = join(kit.folder, `${id}.mp4`);
    await makeNumbered(path, { frames: 240, rate, toneHz: 330, args: ['-bf', '2', '-g', '50'] });
    assets.push(await assetOf(kit.ffmpeg, id, path));
  }
  fonts = await loadFonts(kit.fontsDir);
});
afterAll(() => kit.dispose());

const media = (id: string, inFrame: number) => ({
  kind: 'media',
  media: { assetId: id },
  sourceInSeconds: { num: inFrame, den: 30 },
});

async function plan(
  of: Project,
  options: { ratios?: Ratio[]; presetId?: string } = {},
): Promise<RenderPlan & { gathered: GatheredSources }> {
  const tools = await kit.ffmpeg.tools();
  const gathered = await gatherSources(assetsOf(of), sourcesOf(assets), kit.ffmpeg);
  const made = planRender({
    project: of,
    variants: listVariants(of),
    ratios: options.ratios ?? ['9:16'],
    preset: findPreset(options.presetId ?? 'small-test'),
    sources: gathered.table,
    faces: fonts.faces,
    workshop: workshopOf(tools, fonts),
    mapTextColour: textColourMap(tools.capabilities.libavutil.major),
  });
  return { ...made, gathered };
}

const prints = (output: OutputPlan | undefined) => (output?.segments ?? []).map((segment) => segment.fingerprint);

function ad(words = 'Hello', more: Record<string, unknown> = {}, head = 0): Project {
  return plainProject(
    [
      [
        {
          id: 'c1',
          startFrame: 0,
          lengthFrames: 150 - head,
          content: media('a', 15 + head),
          layout: { fit: 'blur-fill' },
        },
        { id: 'c2', startFrame: 150 - head, lengthFrames: 90, content: media('b', 40) },
      ],
      [{ id: 't', startFrame: 100 - head, lengthFrames: 80, content: { kind: 'text', text: words } }],
    ],
    more,
  );
}

/** Footage that grows, turns and fades in by keyframes, under a smaller picture that moves. */
function movingAd(scaleAtEnd = 1.6): Project {
  const keys = (...values: [frame: number, value: number][]) => values.map(([frame, value]) => ({ frame, value }));
  return plainProject([
    [
      {
        ...{ id: 'm1', startFrame: 0, lengthFrames: 200, content: media('a', 5) },
        animation: {
          scale: keys([20, 1], [110, 1.3], [130, 1.3], [190, scaleAtEnd]),
          rotationDeg: keys([20, 0], [110, 8]),
          opacity: keys([0, 0.2], [14, 1]),
        },
        layout: { exposure: 0.4, saturation: 1.3 },
      },
    ],
    [
      {
        ...{ id: 'm2', startFrame: 70, lengthFrames: 60, content: media('b', 30) },
        animation: { x: keys([0, -0.3], [59, 0.3]), scale: keys([0, 0.2], [59, 0.5]) },
        layout: { fit: 'fit', cropLeft: 0.2, blurPx: 6 },
      },
    ],
  ]);
}

/** Footage whose colours change, under a smaller picture whose crop and blur do. */
function changingAd(): Project {
  const keys = (...values: [frame: number, value: number][]) => values.map(([frame, value]) => ({ frame, value }));
  return plainProject([
    [
      {
        ...{ id: 'm1', startFrame: 0, lengthFrames: 200, content: media('a', 5), layout: { fit: 'blur-fill' } },
        animation: { exposure: keys([54, -0.5], [68, 0.5]), saturation: keys([0, 0], [9, 1]) },
      },
    ],
    [
      {
        ...{ id: 'm2', startFrame: 70, lengthFrames: 60, content: media('b', 30), layout: { fit: 'fit' } },
        animation: {
          cropLeft: keys([0, 0.6], [12, 0]),
          cropTop: keys([48, 0], [59, 0.4]),
          blurPx: keys([4, 20], [16, 0]),
        },
      },
    ],
  ]);
}

test.each([
  ['still', ad, 'draft'],
  ['moving', movingAd, 'small-test'],
  ['changing', changingAd, 'small-test'],
])('a segment is the same packet for packet, alone or in a run: %s pictures', async (name, adOf, presetId) => {
  const of = adOf();
  const { outputs, gathered } = await plan(of, { presetId });
  const segments = outputs[0]?.segments ?? [];
  expect(segments.length).toBeGreaterThan(3);
  const sources = new Map([...gathered.table.values()].map((facts) => [facts.identity, facts]));
  const encoderArgs = videoArgs(findPreset(presetId), of.rate);
  const workroom = createWorkroom(kit.paths, kit.fontsDir);
  const toolsFor = (folder: string) => ({
    ffmpeg: kit.ffmpeg,
    workroom,
    cache: createSegmentCache({ folder: join(kit.folder, `${name}-${folder}`), clock: systemClock() }),
  });
  const inRun = await encodeRun(toolsFor('run'), { segments, encoderArgs, sources }, { signal });
  for (const [index, segment] of segments.entries()) {
    const [alone] = await encodeRun(toolsFor('alone'), { segments: [segment], encoderArgs, sources }, { signal });
    expect(alone?.packets, `segment ${index}`).toEqual(inRun[index]?.packets);
    expect(alone?.setup).toBe(inRun[index]?.setup);
  }
  await workroom.dispose();
});

test('the join to what plays before is judged with a run, unless what is there is not what was judged', async () => {
  const of = ad();
  const { outputs, gathered } = await plan(of);
  const segments = outputs[0]?.segments ?? [];
  const sources = new Map([...gathered.table.values()].map((facts) => [facts.identity, facts]));
  const encoderArgs = videoArgs(findPreset('small-test'), of.rate);
  const workroom = createWorkroom(kit.paths, kit.fontsDir);
  const cache = createSegmentCache({ folder: join(kit.folder, 'behind'), clock: systemClock() });
  const tools = { ffmpeg: kit.ffmpeg, workroom, cache };
  const [before, ...others] = segments.slice(0, 3);
  const encodeOthers = () => encodeRun(tools, { segments: others, before, encoderArgs, sources }, { signal });
  if (!before || others.length < 2) throw new Error('the ad has too few pieces');

  const unknown = await encodeOthers();
  expect(unknown.map(({ follows }) => follows)).toEqual([null, others[0]?.fingerprint]);
  const [first] = await encodeRun(tools, { segments: [before], encoderArgs, sources }, { signal });
  const known = await encodeOthers();
  expect(known.map(({ follows }) => follows)).toEqual([before.fingerprint, others[0]?.fingerprint]);
  expect(known.map((one) => ({ ...one, follows: null }))).toEqual(unknown.map((one) => ({ ...one, follows: null })));

  // Its file shows something else than its verdict says: the join proves nothing, the run itself is as good as before.
  if (!first) throw new Error('nothing was encoded');
  const { path, ...verdict } = first;
  await cache.put(before.fingerprint, path, { ...verdict, pictures: verdict.pictures.toReversed() });
  const doubtful = await encodeOthers();
  expect(doubtful.map(({ follows }) => follows)).toEqual([null, others[0]?.fingerprint]);
  expect(doubtful.map(({ pictures }) => pictures)).toEqual(unknown.map(({ pictures }) => pictures));
  await workroom.dispose();
});

test('changing a word touches only the segments that show it', async () => {
  const before = prints((await plan(ad('Hello'))).outputs[0]);
  const after = prints((await plan(ad('Hallo'))).outputs[0]);
  const changed = before.filter((print, index) => print !== after[index]);
  expect(after).toHaveLength(before.length);
  expect(changed.length).toBeGreaterThan(0);
  expect(changed.length).toBeLessThanOrEqual(3);
});

test('a keyframe touches only the segments in which it acts', async () => {
  const before = (await plan(movingAd())).outputs[0]?.segments ?? [];
  const after = prints((await plan(movingAd(1.8))).outputs[0]);
  expect(after).toHaveLength(before.length);
  // From frame 130 on the size goes on to the keyframe that was changed.
  for (const [index, { fingerprint, startFrame, frames }] of before.entries())
    expect(after[index] === fingerprint, `frames ${startFrame} to ${startFrame + frames}`).toBe(
      startFrame + frames <= 131,
    );
});

test('a trim of one frame at the head touches only the first segment', async () => {
  const before = prints((await plan(ad())).outputs[0]);
  const after = prints((await plan(ad('Hello', {}, 1))).outputs[0]);
  expect(after.slice(1)).toEqual(before.slice(1));
  expect(after[0]).not.toBe(before[0]);
});

test('names and ids do not matter, sound does not matter to the picture, and everything seen does', async () => {
  const base = ad();
  const same = prints((await plan(base)).outputs[0]);
  const edited = (change: (clip: Record<string, unknown>) => void, index = 0) => {
    const copy = structuredClone(base);
    const clip = copy.sequences[0]?.tracks[index]?.clips[0];
    change(clip as unknown as Record<string, unknown>);
    return copy;
  };
  const unseen = [
    { ...base, name: 'Other', id: 'other' as never },
    edited((clip) => Object.assign(clip, { id: 'renamed', name: 'x' })),
    edited((clip) => Object.assign(clip.audio as object, { gainDb: -6, fadeInFrames: 3 })),
    edited((clip) => Object.assign(clip, { overrides: { '1:1': { scale: 2 } } })),
  ];
  for (const of of unseen) expect(prints((await plan(of)).outputs[0])).toEqual(same);
  const seen = [
    edited((clip) => Object.assign(clip, { layout: { ...(clip.layout as object), x: 0.1 } })),
    edited((clip) => Object.assign(clip, { layout: { ...(clip.layout as object), opacity: 0.9 } })),
    edited((clip) => Object.assign(clip, { layout: { ...(clip.layout as object), fit: 'fit' } })),
    edited((clip) => Object.assign(clip, { overrides: { '9:16': { scale: 1.1 } } })),
    edited((clip) => Object.assign(clip.content as object, { sourceInSeconds: { num: 16, den: 30 } })),
    edited((clip) => Object.assign(clip.content as object, { speed: { num: 2, den: 1 } })),
    { ...base, rate: { num: 25, den: 1 } },
  ];
  for (const [index, of] of seen.entries())
    expect(prints((await plan(of)).outputs[0])[0], `change ${index}`).not.toBe(same[0]);
  const { style } = base.sequences[0]!.tracks[1]!.clips[0]!.content as { style: Record<string, unknown> };
  const changes: Record<string, unknown> = {
    ...{ fontFamily: 'Anton', fontWeight: 400, isItalic: true, sizePx: 85, fill: '#FFFFFE', outlineColour: '#000001' },
    ...{ outlinePx: 5, shadowColour: '#00000081', shadowPx: 1, boxColour: '#FF0000', align: 'left', maxWidth: 0.5 },
    ...{ isUppercase: true, letterSpacingPx: 4, verticalAlign: 'top', entrance: 'fade', exit: 'fade' },
  };
  // What acts only together with something else; the suite of stale pieces has these.
  const together = [
    ...['boxPaddingPx', 'lineSpacing', 'isFitted', 'entranceMs', 'exitMs', 'motionCurve'],
    ...['highlight', 'highlightColour', 'wordsPerLine', 'maxLines'],
  ];
  expect(Object.keys(style).filter((key) => !(key in changes))).toEqual(together);
  for (const [key, value] of Object.entries(changes)) {
    const of = edited((clip) => Object.assign((clip.content as { style: object }).style, { [key]: value }), 1);
    const now = prints((await plan(of)).outputs[0]);
    expect(
      now.some((print, index) => print !== same[index]),
      key,
    ).toBe(true);
  }
});

test('variants share the segments of the options they share', async () => {
  const sequence = (id: string, source: string, inFrame: number) => ({
    id,
    tracks: [
      {
        id: `track-${id}`,
        kind: 'visual',
        clips: [{ id: `clip-${id}`, startFrame: 0, lengthFrames: 100 + inFrame, content: media(source, inFrame) }],
      },
    ],
  });
  const option = (id: string) => ({ id: `option-${id}`, name: id, content: { kind: 'sequence', sequenceId: id } });
  const of = project({
    id: 'matrix',
    name: 'Matrix',
    slots: [
      { id: 's1', name: 'Hook', role: 'hook', options: [option('h1'), option('h2'), option('h3')] },
      { id: 's2', name: 'Body', role: 'body', options: [option('b1'), option('b2')] },
    ],
    sequences: [
      sequence('h1', 'a', 3),
      sequence('h2', 'a', 20),
      sequence('h3', 'b', 7),
      sequence('b1', 'b', 30),
      sequence('b2', 'a', 60),
    ],
  });
  const { outputs } = await plan(of);
  expect(outputs).toHaveLength(6);
  const all = outputs.flatMap((output) => output.segments);
  const distinct = new Map(all.map((segment) => [segment.fingerprint, segment.frames]));
  const frames = [...distinct.values()].reduce((sum, count) => sum + count, 0);
  expect(frames).toBe(103 + 120 + 107 + 130 + 160);
});

test('a pool encodes what two exports share once, and a cancelled one does not take the other along', async () => {
  const of = ad('Pool', { id: 'pool' });
  const { outputs, gathered } = await plan(of);
  const segments = outputs[0]?.segments ?? [];
  const sources = new Map([...gathered.table.values()].map((facts) => [facts.identity, facts]));
  const workroom = createWorkroom(kit.paths, kit.fontsDir);
  const cache = createSegmentCache({ folder: join(kit.folder, 'pool'), clock: systemClock() });
  let frames = 0;
  const pool = createEncodePool({
    tools: { ffmpeg: kit.ffmpeg, workroom, cache },
    workers: 2,
    clock: systemClock(),
    onMeasured: (measured) => {
      frames += measured.frames;
    },
  });
  const request = {
    segments,
    encoderArgs: videoArgs(findPreset('small-test'), of.rate),
    sources,
    rate: of.rate,
    presetKey: 'x',
  };
  const stop = new AbortController();
  const first = pool.encode(request, { signal: stop.signal, onProgress: () => {} });
  const reports: number[] = [];
  const second = pool.encode(request, { signal, onProgress: (done) => reports.push(done) });
  setTimeout(() => stop.abort(), 50);
  await expect(first).rejects.toMatchObject({ code: 'cancelled' });
  expect((await second).map((segment) => segment.frames)).toEqual(segments.map((segment) => segment.frames));
  expect(frames).toBe(240);
  expect(reports.at(-1)).toBe(240);
  await workroom.dispose();
});

test('a piece that rots in the cache is found out and made again', async () => {
  const of = ad('Rot', { id: 'rot' });
  const engine = openRenderEngine(kit, sourcesOf(assets), [of]);
  try {
    const [good] = await exportAll(engine.render, exportRequest(of));
    expect(good?.state).toBe('finished');
    // Otherwise the finished file would simply be copied.
    await rm(good?.path ?? '');
    const folder = join(kit.paths.segments, 'v2', 'video');
    const files = (await readdir(folder, { recursive: true }))
      .filter((name) => name.endsWith('.mp4'))
      .map((name) => join(folder, name));
    const [flipped = '', cut = '', gone = ''] = files;
    const handle = await open(flipped, 'r+');
    const { size } = await handle.stat();
    await handle.write(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]), 0, 8, Math.floor(size * 0.8));
    await handle.close();
    const second = await open(cut, 'r+');
    await second.truncate(500);
    await second.close();
    await rm(gone);
    const [again] = await exportAll(engine.render, exportRequest(of));
    expect(again?.error).toBeNull();
    const hashes = engine.render.releases(of.id, { offset: 0, limit: 9 }).releases.map((release) => release.sha256);
    expect(hashes).toHaveLength(2);
    expect(new Set(hashes).size).toBe(1);
  } finally {
    await engine.dispose();
  }
});
