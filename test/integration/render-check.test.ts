import { execFile } from 'node:child_process';
import { copyFile, open, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#main/platform/clock/index.ts';
import { openDatabase } from '#main/platform/db/index.ts';
import { checkFile } from '#main/render/check/check-file.ts';
import { checkOutput, type OutputAims } from '#main/render/check/check-output.ts';
import { newJoins } from '#main/render/check/check-seams.ts';
import { createSeamMemory, type SeamMemory } from '#main/render/check/seam-memory.ts';
import { encodeRun } from '#main/render/encode/encode-run.ts';
import { joinOutput } from '#main/render/encode/join.ts';
import { createSegmentCache } from '#main/render/encode/segment-cache.ts';
import { createWorkroom, type Workroom } from '#main/render/encode/workroom.ts';
import { audioArgs, videoArgs } from '#main/render/plan/encoder-args.ts';
import { type OutputPlan, planRender } from '#main/render/plan/plan-render.ts';
import { findPreset } from '#main/render/plan/presets.ts';
import { textColourMap } from '#main/render/plan/text-colour.ts';
import { workshopOf } from '#main/render/render-tools.ts';
import { soundFile } from '#main/render/sound/mix-sound.ts';
import { loadFonts } from '#main/render/sources/fonts.ts';
import { assetsOf, gatherSources } from '#main/render/sources/gather-sources.ts';
import { type Asset, listVariants } from '#shared/model/index.ts';
import { makeNumbered } from '../fixtures/numbered.ts';
import { assetOf, openRenderKit, plainProject, type RenderKit, silentLog, sourcesOf } from '../fixtures/render-kit.ts';

const run = promisify(execFile);
const signal = new AbortController().signal;
const rate = { num: 30, den: 1 };
const preset = { ...findPreset('small-test'), loudnessLufs: -14 };
let kit: RenderKit;
let assets: Asset[];
let workroom: Workroom;
let seams: SeamMemory;
let closeDb: () => void;
/** An ad of 150 frames, of footage `a`, and one just like it of footage `b`. */
let a: Made;
let b: Made;
let good: string;

interface Made {
  output: OutputPlan;
  aims: OutputAims;
  sound: string;
}

beforeAll(async () => {
  kit = await openRenderKit();
  workroom = createWorkroom(kit.paths, kit.fontsDir);
  const db = openDatabase({
    ...{ file: kit.paths.database, backupsDir: kit.paths.backups, log: silentLog, clock: systemClock() },
    migrationsDir: join(import.meta.dirname, '../../resources/migrations'),
  });
  closeDb = () => db.dispose();
  seams = createSeamMemory(db);
  assets = [];
  for (const [id, toneHz] of [
    ['a', 300],
    ['b', 900],
  ] as const) {
    const path = join(kit.folder, `${id}.mp4`);
    await makeNumbered(path, { frames: 200, rate: '30', toneHz, args: id === 'b' ? ['-vf', 'negate'] : [] });
    assets.push(await assetOf(kit.ffmpeg, id, path));
  }
  [a, b] = [await make('a'), await make('b')];
  good = join(kit.folder, 'good.mp4');
  await joinParts(good, a.aims.segments, a.sound);
});
afterAll(async () => {
  await workroom.dispose();
  closeDb();
  await kit.dispose();
});

/** Encodes and judges all pieces of an ad, picture by picture in two runs, so that one join is new. */
async function make(asset: string): Promise<Made> {
  const content = { kind: 'media', media: { assetId: asset } };
  const of = plainProject([[{ id: 'c', startFrame: 0, lengthFrames: 150, content }]], { id: asset });
  const found = await kit.ffmpeg.tools();
  const fonts = await loadFonts(kit.fontsDir);
  const gathered = await gatherSources(assetsOf(of), sourcesOf(assets), kit.ffmpeg);
  const { outputs } = planRender({
    ...{ project: of, variants: listVariants(of), ratios: ['16:9'], preset, sources: gathered.table },
    ...{ faces: fonts.faces, workshop: workshopOf(found, fonts) },
    mapTextColour: textColourMap(found.capabilities.libavutil.major),
  });
  const [output] = outputs;
  if (!output) throw new Error('nothing planned');
  const cache = createSegmentCache({ folder: kit.paths.segments, clock: systemClock() });
  const tools = { ffmpeg: kit.ffmpeg, workroom, cache, besides: pLimit(2) };
  const sources = new Map([...gathered.table.values()].map((facts) => [facts.identity, facts]));
  const encode = (segments: OutputPlan['segments']) =>
    encodeRun(tools, { segments, encoderArgs: videoArgs(preset, rate), sources }, { signal });
  const encoded = [...(await encode(output.segments.slice(0, 1))), ...(await encode(output.segments.slice(1)))];
  const segments = encoded.map((one, n) => ({ ...one, fingerprint: output.segments[n]?.fingerprint ?? '' }));
  const sound = await soundFile(tools, output.sound, sources, audioArgs(preset), signal);
  const intended = { frameCount: 150, rate, size: output.size, sound, maxBytes: null, isTwoPass: false };
  return { output, aims: { intended, segments, placements: [] }, sound: sound.path };
}

const joinParts = (target: string, segments: OutputAims['segments'], sound: string) =>
  workroom.use((folder) => joinOutput(kit.ffmpeg, { segments: [...segments], sound, rate, folder, target }, signal));

/** A copy of the good file, changed by ffmpeg while copying. */
async function changed(name: string, ...args: string[]): Promise<string> {
  const path = join(kit.folder, `${name}.mp4`);
  const copy = ['-map', '0:v', '-map', '0:a', '-c', 'copy', '-movflags', '+faststart', ...args];
  await run('ffmpeg', ['-v', 'error', '-y', '-i', good, ...copy, path]);
  return path;
}

const check = (path: string, aims: OutputAims = a.aims) =>
  checkOutput({ ffmpeg: kit.ffmpeg, workroom, seams }, path, aims, signal);
async function failures(path: string, aims: OutputAims = a.aims) {
  const { findings } = await check(path, aims);
  return Object.fromEntries(findings.filter((one) => one.state === 'failed').map((one) => [one.id, one]));
}

test('the file that was meant passes, and its new join is decoded once', async () => {
  expect(a.aims.segments.length).toBeGreaterThan(2);
  expect(newJoins(a.aims.segments, seams)).toHaveLength(1);
  const report = await check(good);
  expect(report.findings.filter((one) => one.state === 'failed')).toEqual([]);
  expect(report.findings.find((one) => one.id === 'loudness')).toMatchObject({ state: 'ok', found: '-14.0 LUFS' });
  expect(report.findings.find((one) => one.id === 'seams')?.found).toMatch(/^1 of /);
  expect(newJoins(a.aims.segments, seams)).toEqual([]);
});

test('a lost packet is found, with the frame it showed', async () => {
  const path = await changed('lost', '-bsf:v', "noise=drop='eq(n,40)'");
  const { shows = [] } = a.aims.segments[0] ?? {};
  const found = await failures(path);
  expect(found['frame-count']).toMatchObject({ expected: '150', found: '149' });
  expect(found['same-picture']?.frames).toEqual([shows[40]]);
});

test('another ad’s piece, a doubled piece and a missing one are found where they are', async () => {
  const [first, second, ...rest] = a.aims.segments;
  const other = b.aims.segments[1];
  if (!first || !second || !other) throw new Error('too few pieces');
  const path = join(kit.folder, 'pieces.mp4');
  const second_ = [first.frames, first.frames + second.frames - 1];
  await joinParts(path, [first, other, ...rest], a.sound);
  const swapped = await failures(path);
  expect(Object.keys(swapped)).toEqual(['same-picture']);
  expect(swapped['same-picture']?.found).toBe(`not the ones meant: frames ${second_.join(' to ')}`);
  expect(swapped['same-picture']?.frames[0]).toBe(first.frames);
  await joinParts(path, [first, second, second, ...rest], a.sound);
  expect((await failures(path))['same-picture']?.found).toBe(`doubled: frames ${second_.join(' to ')}`);
  await joinParts(path, [first, ...rest], a.sound);
  expect((await failures(path))['same-picture']?.found).toBe(`missing: frames ${second_.join(' to ')}`);
});

test('pictures that differ from those judged are found around a join', async () => {
  const [first, second, ...rest] = b.aims.segments;
  if (!first || !second) throw new Error('too few pieces');
  const path = join(kit.folder, 'seam.mp4');
  await joinParts(path, b.aims.segments, b.sound);
  const pictures = second.pictures.with(2, '0xdeadbeef');
  const aims = { ...b.aims, segments: [first, { ...second, pictures }, ...rest] };
  const found = await failures(path, aims);
  expect(Object.keys(found)).toEqual(['seams']);
  expect(found.seams?.frames).toEqual([first.frames + 2]);
  // What was found wrong is not remembered as right.
  expect(newJoins(b.aims.segments, seams)).toHaveLength(1);
  expect(await failures(path, b.aims)).toEqual({});
});

test('a cut tail and a cut file are found', async () => {
  const short = await changed('short', '-t', '4');
  const found = await failures(short);
  expect(found['same-picture']?.found).toMatch(/missing: frames \d+ to 149/);
  expect(found['same-sound']).toBeDefined();
  const cut = join(kit.folder, 'cut.mp4');
  await copyFile(good, cut);
  await truncate(cut, Math.floor((await stat(cut)).size * 0.7));
  expect(Object.keys(await failures(cut))).toEqual(expect.arrayContaining(['whole', 'same-picture']));
});

test('another sound, a late one and a hole in it are found', async () => {
  const path = join(kit.folder, 'sound.mp4');
  await joinParts(path, a.aims.segments, b.sound);
  expect(Object.keys(await failures(path))).toEqual(['same-sound']);
  const late = join(kit.folder, 'late.mp4');
  const inputs = ['-i', good, '-itsoffset', '0.05', '-i', good];
  const copy = ['-map', '0:v', '-map', '1:a', '-c', 'copy', '-movflags', '+faststart'];
  await run('ffmpeg', ['-v', 'error', '-y', ...inputs, ...copy, late]);
  const found = await failures(late);
  expect(found['same-sound']?.found).toMatch(/^(49|50)\.\d ms too late/);
  expect(found['av-duration']).toBeDefined();
  const hole = await changed('hole', '-bsf:a', "noise=drop='eq(n,100)'");
  // The hundredth packet holds the sound from 2.13 s on: frame 64 of the ad.
  expect((await failures(hole))['same-sound']?.frames).toEqual([64]);
});

test('a wrong size, wrong colour tags, a turn, too many bytes and broken rules are found', async () => {
  const turned = await changed('turned', '-metadata:s:v', 'rotate=90');
  expect(Object.keys(await failures(turned))).toEqual(['upright']);
  const tags = await changed('tags', '-bsf:v', 'h264_metadata=colour_primaries=9:transfer_characteristics=16');
  expect(Object.keys(await failures(tags))).toContain('colour');
  const { intended } = a.aims;
  const wide = { ...a.aims, intended: { ...intended, size: { width: 322, height: 180 } } };
  expect(Object.keys(await failures(good, wide))).toEqual(['size']);
  const small = { ...a.aims, intended: { ...intended, maxBytes: 10_000 } };
  expect(Object.keys(await failures(good, small))).toEqual(['file-size']);
  const placed: OutputAims = { ...a.aims, placements: ['landscape', 'tiktok-in-feed'] };
  const rules = Object.keys(await failures(good, placed));
  expect(rules).toContain('placement-tiktok-in-feed-pixels');
  expect(rules.filter((id) => id.startsWith('placement-landscape'))).toEqual([]);
});

test('sound that was damaged after it was judged is found', async () => {
  const path = join(kit.folder, 'flipped.mp4');
  await copyFile(good, path);
  const file = await open(path, 'r+');
  const { size } = await file.stat();
  // Sound and picture lie mixed behind the index: whatever is hit is found.
  await file.write(Buffer.from('damaged here'), 0, 12, Math.floor(size * 0.8));
  await file.close();
  const found = Object.keys(await failures(path));
  expect(found.some((id) => id === 'same-picture' || id === 'same-sound')).toBe(true);
});

test('any file: what is too loud or clipped fails only when loudness is asked for', async () => {
  const loud = join(kit.folder, 'loud.mp4');
  const volume = [
    '-c:v',
    'copy',
    '-af',
    'volume=14dB',
    '-c:a',
    'aac',
    '-ac',
    '2',
    '-ar',
    '48000',
    '-movflags',
    '+faststart',
  ];
  await run('ffmpeg', ['-v', 'error', '-y', '-i', good, ...volume, loud]);
  const look = async (path: string, loudnessLufs: number | null) =>
    (await checkFile({ ffmpeg: kit.ffmpeg, workroom }, path, { placements: [], loudnessLufs }, signal)).findings;
  const stateOf = (findings: Awaited<ReturnType<typeof look>>) =>
    findings.flatMap((one) => (['loudness', 'true-peak'].includes(one.id) ? [one.state] : []));
  expect(stateOf(await look(loud, null))).toEqual(['note', 'note']);
  expect(stateOf(await look(loud, -14))).toEqual(['failed', 'failed']);
  expect(stateOf(await look(good, -14))).toEqual(['ok', 'ok']);
});

test('any file: stills, black and silence are told, not judged; other kinds of file are looked at whole', async () => {
  const still = join(kit.folder, 'still.mp4');
  const graph =
    'color=c=black:s=320x180:r=30:d=2,format=yuv420p[k];testsrc=s=320x180:r=1:d=1,fps=30,format=yuv420p[s];[k][s]concat';
  const tagged = ['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];
  const sound = ['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo'];
  const coded = ['-c:v', 'libx264', ...tagged, '-c:a', 'aac', '-t', '3', '-movflags', '+faststart'];
  await run('ffmpeg', ['-v', 'error', '-y', ...sound, '-filter_complex', graph, ...coded, still]);
  const look = (path: string) =>
    checkFile({ ffmpeg: kit.ffmpeg, workroom }, path, { placements: [], loudnessLufs: -14 }, signal);
  const report = await look(still);
  expect(report.findings.filter((one) => one.state === 'failed')).toEqual([]);
  const told = Object.fromEntries(report.findings.map((one) => [one.id, one]));
  expect(told.black).toMatchObject({ state: 'note', found: 'frames 0 to 59' });
  expect(told.frozen?.frames).toContain(0);
  expect(told.loudness?.state).toBe('skipped');

  const webm = join(kit.folder, 'odd.webm');
  const odd = ['-vf', "select='not(mod(n,7))+lt(n,20)'", '-fps_mode', 'vfr', '-c:v', 'libvpx', '-b:v', '300k', '-an'];
  await run('ffmpeg', ['-v', 'error', '-y', '-i', good, ...odd, webm]);
  const failed = (await look(webm)).findings.filter((one) => one.state === 'failed').map((one) => one.id);
  expect(failed).toEqual(expect.arrayContaining(['whole', 'video-codec', 'audio', 'constant-rate']));
  const onlySound = (await look(a.sound)).findings.filter((one) => one.state === 'failed').map((one) => one.id);
  expect(onlySound).toContain('frame-count');
  const mov = join(kit.folder, 'fine.mov');
  await run('ffmpeg', ['-v', 'error', '-y', '-i', good, '-c', 'copy', '-movflags', '+faststart', mov]);
  expect((await look(mov)).findings.filter((one) => one.state === 'failed')).toEqual([]);
});
