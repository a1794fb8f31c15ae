import { execFile } from 'node:child_process';
import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#main/platform/clock/index.ts';
import { createSegmentCache, type SegmentCache } from '#main/render/encode/segment-cache.ts';
import { stampOf } from '#main/render/encode/source-stamp.ts';
import { audioArgs } from '#main/render/plan/encoder-args.ts';
import type { SoundPlan } from '#main/render/plan/plan-sound.ts';
import { findPreset } from '#main/render/plan/presets.ts';
import { measureFile } from '#main/render/sound/measure-sound.ts';
import { soundFile } from '#main/render/sound/mix-sound.ts';
import type { CachedSound } from '#main/render/sound/sound-verdict.ts';
import type { SourceFacts } from '#main/render/sources/sources.ts';
import type { ProjectId } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import {
  assetOf,
  exportAll,
  exportRequest,
  openRenderEngine,
  openRenderKit,
  plainProject,
  type RenderKit,
  sourcesOf,
} from '../fixtures/render-kit.ts';

const run = promisify(execFile);
const signal = new AbortController().signal;
let kit: RenderKit;
let cache: SegmentCache;
let sounds: Awaited<ReturnType<typeof makeSounds>>;

beforeAll(async () => {
  kit = await openRenderKit();
  cache = createSegmentCache({ folder: kit.paths.segments, clock: systemClock() });
  sounds = await makeSounds();
});
afterAll(() => kit.dispose());

/** A stereo WAV of one expression over t. */
async function generated(name: string, seconds: number, expression: string): Promise<string> {
  const path = join(kit.folder, `${name}.wav`);
  const graph = `aevalsrc='${expression}|${expression}':s=48000:d=${seconds}`;
  await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', graph, '-c:a', 'pcm_f32le', path]);
  return path;
}

/** Brings a file's sound to a loudness as an export would. */
async function levelled(path: string, loudnessLufs: number | null): Promise<CachedSound> {
  const { streams, format } = await kit.ffmpeg.probe(path);
  const sound = streams.find((stream) => stream.codec_type === 'audio');
  const facts = { identity: path, path, name: 'sound', stamp: await stampOf(path), demuxer: null } as SourceFacts;
  const stem = {
    ...{
      fingerprint: Buffer.from(path).toString('hex').slice(-40),
      source: path,
      streamIndex: sound?.index ?? 0,
      channels: sound?.channels ?? 2,
    },
    ...{
      fromSeconds: { num: 0, den: 1 },
      speed: { num: 1, den: 1 },
      samples: Math.round(Number(format.duration) * 48_000),
      demuxer: null,
    },
  };
  const even = { gain: 1, left: 1, right: 1, fadeIn: null, fadeOut: null };
  const plan: SoundPlan = {
    fingerprint: `${stem.fingerprint}${loudnessLufs}`,
    totalSamples: stem.samples,
    parts: [{ stem, startSample: 0, envelope: { ...even, volume: [] }, role: 'voice' }],
    loudnessLufs,
    ducking: null,
  };
  return soundFile(
    { ffmpeg: kit.ffmpeg, cache, besides: pLimit(2) },
    plan,
    new Map([[path, facts]]),
    audioArgs(findPreset('standard')),
    signal,
  );
}

/** What ffmpeg's own meter says. */
async function ebur128(path: string): Promise<{ lufs: number; peakDb: number }> {
  const { stderr } = await run('ffmpeg', [
    '-nostats',
    '-i',
    path,
    '-map',
    '0:a:0',
    '-af',
    'ebur128=peak=true',
    '-f',
    'null',
    '-',
  ]);
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
  return { lufs: Number(/I:\s+(\S+)/.exec(summary)?.[1]), peakDb: Number(/Peak:\s+(\S+)/.exec(summary)?.[1]) };
}

/** Sounds of many kinds, with how long they are. */
async function makeSounds() {
  return {
    tone: await generated('tone', 6, '0.01*sin(2*PI*440*t)'),
    dense: await generated(
      'dense',
      6,
      '0.5*sin(2*PI*110*t)+0.4*sin(2*PI*330*t)+0.3*sin(2*PI*1700*t)*lt(mod(t,0.25),0.12)',
    ),
    speechlike: await generated('speechlike', 8, '0.25*sin(2*PI*180*t)*lt(mod(t,0.9),0.5)*(1+sin(2*PI*5*t))'),
    stepped: await generated('stepped', 9, 'if(lt(t,3),0.02,if(lt(t,6),0.7,0.05))*sin(2*PI*1000*t)'),
  };
}

test('our meter and ffmpeg’s agree within 0.1 LU, whatever the sound and the channels', async () => {
  const mono = join(kit.folder, 'mono.flac');
  await run('ffmpeg', ['-v', 'error', '-y', '-i', sounds.speechlike, '-ac', '1', '-ar', '44100', mono]);
  for (const path of [...Object.values(sounds), mono]) {
    const theirs = await ebur128(path);
    const demuxer = path.endsWith('.flac') ? 'flac' : 'wav';
    const ours = await measureFile(kit.ffmpeg, path, { demuxer, channels: path === mono ? 1 : 2, signal });
    expect(Math.abs((ours.integratedLufs ?? 0) - theirs.lufs), path).toBeLessThanOrEqual(0.1);
    expect(Math.abs((ours.truePeakDb ?? 0) - theirs.peakDb), path).toBeLessThanOrEqual(0.4);
  }
});

test('sound of every kind comes out at its target, under the highest peak, after encoding', async () => {
  for (const path of Object.values(sounds)) {
    const made = await levelled(path, -14);
    expect(made.note, path).toBeNull();
    const heard = await ebur128(made.path);
    expect(Math.abs(heard.lufs - -14), path).toBeLessThanOrEqual(0.4);
    expect(heard.peakDb, path).toBeLessThanOrEqual(-0.8);
    // What exports rely on, instead of decoding it again.
    expect(Math.abs(heard.lufs - (made.integratedLufs ?? 0)), path).toBeLessThanOrEqual(0.1);
  }
});

test('silence and room noise stay as they are; what cannot be loud enough says so', async () => {
  const silent = await levelled(await generated('silent', 3, '0'), -14);
  expect(silent).toMatchObject({ gainDb: 0, integratedLufs: null, truePeakDb: null, note: 'It is silent.' });
  const room = await levelled(await generated('room', 4, '0.002*sin(2*PI*400*t)'), -14);
  expect(room).toMatchObject({ gainDb: 0, note: expect.stringContaining('room noise') });
  expect(room.integratedLufs).toBeLessThan(-50);
  const clicks = 'if(lt(mod(t,1),0.005),sin(2*PI*2000*t),0.0005*sin(300*t))';
  const spiky = await levelled(await generated('spiky', 5, clicks), -14);
  expect(spiky.note).toMatch(/cannot be louder than/);
  expect(spiky.truePeakDb).toBeLessThanOrEqual(-1);
});

test('the target is part of what a sound is; without one it is left as mixed', async () => {
  const plain = await levelled(sounds.tone, null);
  expect(plain).toMatchObject({ gainDb: 0, targetLufs: null, note: null });
  expect((await levelled(sounds.tone, -20)).integratedLufs).toBeCloseTo(-20, 0);
});

test('two exports that want the same sound at once make it once; a file that rots is made again', async () => {
  const path = await generated('shared', 3, '0.2*sin(2*PI*600*t)');
  const [one, two] = await Promise.all([levelled(path, -14), levelled(path, -14)]);
  expect(two).toBe(one);
  const before = await readFile(one.path);
  await truncate(one.path, 1000);
  const again = await levelled(path, -14);
  expect(await readFile(again.path)).toEqual(before);
});

test("exports are brought to the project's own loudness where it has one", async () => {
  const path = join(kit.folder, 'said.mp4');
  await makeVideo(path, { seconds: 4, size: '160x90', tonesHz: [300] });
  const asset = await assetOf(kit.ffmpeg, 'said', path);
  const content = { kind: 'media', media: { assetId: 'said' } };
  const tracks = [[{ id: 'c', startFrame: 0, lengthFrames: 120, content }]];
  const ads = [null, -20].map((loudnessLufs, n) => ({
    ...plainProject(tracks, { loudnessLufs }),
    id: `ad-${n}` as ProjectId,
  }));
  const engine = openRenderEngine(kit, sourcesOf([asset]), ads);
  try {
    const done = [];
    for (const ad of ads) done.push(...(await exportAll(engine.render, exportRequest(ad, { presetId: 'standard' }))));
    expect(done.map(({ state, error }) => error?.message ?? state)).toEqual(['finished', 'finished']);
    const [usual, own] = await Promise.all(done.map(({ path: file }) => ebur128(file)));
    expect(Math.abs((usual?.lufs ?? 0) + 14)).toBeLessThan(0.5);
    expect(Math.abs((own?.lufs ?? 0) + 20)).toBeLessThan(0.5);
  } finally {
    await engine.dispose();
  }
});
