import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asset, type Ducking, duckingSchema, type Project, projectSchema } from '#shared/model/index.ts';
import { makeNumbered } from '../fixtures/numbered.ts';
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
const amplitude = 0.4;
let kit: RenderKit;
let engine: RenderEngine;

beforeAll(async () => {
  kit = await openRenderKit();
  const make = async (name: string, expression: string, seconds: number): Promise<Asset> => {
    const path = join(kit.folder, name);
    const from = ['-f', 'lavfi', '-i', `aevalsrc='${expression}':s=48000:d=${seconds}`];
    await run('ffmpeg', ['-v', 'error', '-y', ...from, path]);
    return assetOf(kit.ffmpeg, name.split('.')[0] ?? '', path);
  };
  const silent = join(kit.folder, 'silent.mp4');
  await makeNumbered(silent, { frames: 150, rate: '30' });
  const assets = [
    await assetOf(kit.ffmpeg, 'silent', silent),
    await make('music.wav', `${amplitude}*sin(2*PI*500*t)|${amplitude}*sin(2*PI*500*t)`, 5),
    // High, so that a filter can take it away; from 2 s to 3 s.
    await make('voice.wav', '0.3*sin(2*PI*9000*t)*between(t,2,3)', 5),
  ];
  engine = openRenderEngine(kit, sourcesOf(assets), []);
});
afterAll(async () => {
  await engine.dispose();
  await kit.dispose();
});

function ad(id: string, music: object, voice: object | null = null, ducking: Partial<Ducking> = {}): Project {
  const slot = (kind: string, assetId: string, more: object) => ({
    ...{ id: kind, name: kind, kind },
    options: [
      {
        ...{ id: `${kind}-1`, name: kind },
        content: {
          kind: 'clips',
          clips: [
            {
              ...{ id: `${kind}-clip`, start: { to: 'ad', edge: 'start' }, lengthFrames: 150 },
              content: { kind: 'media', media: { assetId } },
              ...more,
            },
          ],
        },
      },
    ],
  });
  const picture = { kind: 'media', media: { assetId: 'silent' } };
  return projectSchema.parse({
    ...plainProject([[{ id: 'c', startFrame: 0, lengthFrames: 150, content: picture }]], { id }),
    globals: [slot('music', 'music', { audio: music }), ...(voice ? [slot('voice-over', 'voice', voice)] : [])],
    ducking: duckingSchema.parse(ducking),
  });
}

/** Exports; the level of the music alone, dB above its own, left and right, by 100 ms. */
async function levels(project: Project): Promise<{ left: number[]; right: number[] }> {
  engine.projects.set(project.id, project);
  const [done] = await exportAll(engine.render, exportRequest(project));
  expect(done?.error).toBeNull();
  const args = ['-v', 'error', '-i', done?.path ?? '', '-map', '0:a:0', '-af', 'lowpass=f=2000,lowpass=f=2000'];
  const { stdout } = await run('ffmpeg', [...args, '-f', 'f32le', '-'], { encoding: 'buffer', maxBuffer: 1 << 28 });
  const samples = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
  const side = (offset: number) =>
    Array.from({ length: 50 }, (_, window) => {
      let sum = 0;
      for (let n = window * 4800; n < (window + 1) * 4800; n += 1) sum += (samples[n * 2 + offset] ?? 0) ** 2;
      return 10 * Math.log10(sum / 4800 / (amplitude ** 2 / 2));
    });
  return { left: side(0), right: side(1) };
}

test('a volume curve is straight in dB between its points', async () => {
  const volume = [
    { frame: 30, gainDb: 0 },
    { frame: 90, gainDb: -24 },
  ];
  const { left } = await levels(ad('volume', { gainDb: -2, volume }));
  for (const window of [3, 8]) expect(left[window]).toBeCloseTo(-2, 0);
  for (const window of [14, 19, 24]) expect(left[window]).toBeCloseTo(-2 - 1.2 * (window + 0.5 - 10), 0);
  for (const window of [32, 45]) expect(left[window]).toBeCloseTo(-26, 0);
});

test('a pan takes from the other side alone, and a fade of equal power is at −3 dB in its middle', async () => {
  const { left, right } = await levels(ad('pan', { pan: 0.5, fadeInFrames: 60, fadeInShape: 'equal-power' }));
  expect(left[30]).toBeCloseTo(20 * Math.log10(Math.cos(Math.PI / 4)), 0);
  expect(right[30]).toBeCloseTo(0, 0);
  expect(((right[9] ?? 0) + (right[10] ?? 0)) / 2).toBeCloseTo(-3, 0);
});

test('music gives way to a voice and comes back; a voice that is turned down under the threshold does nothing', async () => {
  const ducking = { isOn: true, thresholdDb: -30, depthDb: 12, attackMs: 200, releaseMs: 400 };
  const { left } = await levels(ad('duck', {}, {}, ducking));
  for (const window of [5, 16]) expect(left[window]).toBeCloseTo(0, 0);
  for (const window of [21, 25, 29]) expect(left[window]).toBeCloseTo(-12, 0);
  for (const window of [38, 45]) expect(left[window]).toBeCloseTo(0, 0);
  const quiet = await levels(ad('quiet', {}, { audio: { gainDb: -30 } }, ducking));
  expect(Math.min(...quiet.left.slice(0, 49))).toBeGreaterThan(-1);
});
