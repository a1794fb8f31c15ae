import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ffmpeg } from '../fixtures/media.ts';
import { makeNumbered, readNumbers } from '../fixtures/numbered.ts';
import {
  assetOf,
  exportAll,
  exportRequest,
  openRenderEngine,
  openRenderKit,
  plainProject,
  probe,
  type RenderEngine,
  type RenderKit,
  sourcesOf,
} from '../fixtures/render-kit.ts';

const run = promisify(execFile);
let kit: RenderKit;
let engine: RenderEngine;
let sources: ReturnType<typeof sourcesOf>;

beforeAll(async () => {
  kit = await openRenderKit();
  sources = sourcesOf([]);
  engine = openRenderEngine(kit, sources, []);
});

afterAll(async () => {
  await engine?.dispose();
  await kit?.dispose();
});

/** Looks at a file as an import does, and makes it known to the exporter. */
async function take(id: string, path: string) {
  const asset = await assetOf(kit.ffmpeg, id, path);
  sources.assets.set(asset.id, asset);
  return asset;
}

/** Exports ten frames of a source over green, 16:9, and gives the file's path. */
async function exportOf(id: string, content: object = {}, lengthFrames = 10): Promise<string> {
  const whole = { startFrame: 0, lengthFrames };
  const media = { kind: 'media', media: { assetId: id }, ...content };
  const green = { id: 'below', ...whole, content: { kind: 'colour', colour: '#00C080' } };
  const of = plainProject([[green], [{ id: 'clip', ...whole, content: media }]], { id: `project-${id}` });
  engine.projects.set(of.id, of);
  const [done] = await exportAll(engine.render, exportRequest(of));
  expect(done?.error).toBeNull();
  return done?.path ?? '';
}

/** Red, green and blue of one point of the first frame. */
async function pointOf(path: string, x: number, y: number): Promise<number[]> {
  const filters = `scale=in_color_matrix=bt709,format=rgb24,crop=4:4:${x}:${y}:exact=1,scale=1:1:flags=area`;
  const args = ['-v', 'error', '-i', path, '-vf', filters, '-frames:v', '1', '-f', 'rawvideo', '-'];
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer' });
  return [...stdout.subarray(0, 3)];
}

function expectNear(found: readonly number[], wanted: readonly number[], within = 12): void {
  for (const [at, value] of wanted.entries()) {
    expect(Math.abs((found[at] ?? -1000) - value), `${found} for ${wanted}`).toBeLessThanOrEqual(within);
  }
}

/** Writes a turn into the display matrix of an MP4's (first) track, as phones do. */
async function turnTrack(path: string, [a, b, c, d]: readonly [number, number, number, number]): Promise<void> {
  const bytes = await readFile(path);
  const matrix = bytes.indexOf('tkhd', 0, 'latin1') + 4 + 40;
  expect(bytes.readInt32BE(matrix)).toBe(0x10000);
  for (const [at, value] of [a, b, 0, c, d].entries()) bytes.writeInt32BE(value * 0x10000, matrix + at * 4);
  await writeFile(path, bytes);
}

describe('footage that a phone held upright has stored lying down', () => {
  it.each([
    ['turned right', [0, 1, -1, 0], 'transpose=cclock'],
    ['upside down', [-1, 0, 0, -1], 'hflip,vflip'],
    ['mirrored', [-1, 0, 0, 1], 'hflip'],
  ] as const)('%s: is upright in the ad, and the ad tells players of no turn', async (name, matrix, back) => {
    const id = name.replace(' ', '-');
    const path = join(kit.folder, `${id}.mp4`);
    const corners =
      'color=black:s=320x180:r=30:d=0.5,drawbox=c=red:w=160:h=90:t=fill,drawbox=c=blue:x=160:y=90:w=160:h=90:t=fill';
    await ffmpeg('-f', 'lavfi', '-i', `${corners},${back}`, '-pix_fmt', 'yuv420p', '-qp', '4', path);
    await turnTrack(path, matrix);
    const { probe: facts } = await take(id, path);
    expect(facts.video).toMatchObject({ width: 320, height: 180, isMirrored: name === 'mirrored' });
    const ad = await exportOf(id);
    expect(JSON.stringify((await probe(ad)).streams)).not.toMatch(/displaymatrix|rotation/i);
    expectNear(await pointOf(ad, 40, 40), [255, 0, 0]);
    expectNear(await pointOf(ad, 280, 140), [0, 0, 255]);
    expectNear(await pointOf(ad, 280, 40), [0, 0, 0]);
  });
});

describe('footage with transparency', () => {
  it.each([
    ['vp8', 'libvpx'],
    ['vp9', 'libvpx-vp9'],
  ])('%s in WebM lets what is below show through', async (id, encoder) => {
    const path = join(kit.folder, `${id}.webm`);
    const half = "color=red:s=320x180:r=30:d=0.5,format=yuva420p,geq=lum='p(X,Y)':a='if(lt(X,160),255,0)'";
    const speed = ['-deadline', 'realtime', '-cpu-used', '8', '-auto-alt-ref', '0', '-b:v', '2M'];
    await ffmpeg('-f', 'lavfi', '-i', half, '-c:v', encoder, ...speed, path);
    expect((await take(id, path)).probe.video?.hasAlpha).toBe(true);
    const ad = await exportOf(id);
    expectNear(await pointOf(ad, 60, 90), [255, 0, 0], 16);
    expectNear(await pointOf(ad, 260, 90), [0, 192, 128]);
  });
});

const firstTen = Array.from({ length: 10 }, (_, frame) => frame);

/** How loud the first 200 ms of a file are, dB. */
async function loudnessAtStart(path: string): Promise<number> {
  const args = ['-hide_banner', '-i', path, '-t', '0.2', '-af', 'volumedetect', '-f', 'null', '-'];
  const { stderr } = await run('ffmpeg', args);
  return Number(/mean_volume: (-?[\d.]+) dB/.exec(stderr)?.[1] ?? '-100');
}

describe('footage whose clock does not begin at zero', () => {
  it.each(['cut.ts', 'long.ts', 'live.mkv'])('%s: begins with its first picture and its sound', async (name) => {
    const path = join(kit.folder, name);
    const offset = name === 'long.ts' ? '36000' : '5';
    const args = ['-output_ts_offset', offset, '-c:a', 'aac'];
    await makeNumbered(path, { frames: 20, rate: '30', toneHz: 440, args });
    const { probe: facts } = await take(name.replace('.', '-'), path);
    const { num, den } = facts.durationSeconds ?? { num: 0, den: 1 };
    expect(num / den).toBeCloseTo(20 / 30, 1);
    const ad = await exportOf(name.replace('.', '-'));
    expect(await readNumbers(ad)).toEqual(firstTen);
    expect(await loudnessAtStart(ad)).toBeGreaterThan(-40);
  });
});

it('frame times that a container rounds to milliseconds lose and double no frame', async () => {
  const path = join(kit.folder, 'rounded.mkv');
  await makeNumbered(path, { frames: 20, rate: '30' });
  await take('rounded', path);
  expect(await readNumbers(await exportOf('rounded'))).toEqual(firstTen);
});

it('a recording that does not say how long it is gets measured', async () => {
  const path = join(kit.folder, 'recorded.webm');
  const codec = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-live', '1', '-f', 'webm', 'pipe:1'];
  const args = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=30:d=1.5', ...codec];
  await writeFile(path, (await run('ffmpeg', args, { encoding: 'buffer' })).stdout);
  const { durationSeconds } = (await take('recorded', path)).probe;
  expect((durationSeconds?.num ?? 0) / (durationSeconds?.den ?? 1)).toBeCloseTo(1.5, 1);
});
