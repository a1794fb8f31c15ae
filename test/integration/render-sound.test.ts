import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Asset, Project } from '#shared/model/index.ts';
import { makeNumbered } from '../fixtures/numbered.ts';
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

beforeAll(async () => {
  kit = await openRenderKit();
  const make = async (name: string, ...args: string[]): Promise<Asset> => {
    const path = join(kit.folder, name);
    await run('ffmpeg', ['-v', 'error', '-y', ...args, path]);
    return assetOf(kit.ffmpeg, name.split('.')[0] ?? '', path);
  };
  const tone = (hz: number, seconds: number) => ['-f', 'lavfi', '-i', `sine=frequency=${hz}:duration=${seconds}`];
  const silent = join(kit.folder, 'silent.mp4');
  await makeNumbered(silent, { frames: 150, rate: '30' });
  const assets = [
    await assetOf(kit.ffmpeg, 'silent', silent),
    // 1 s of tone every 1.5 s, so that the turns of a loop show.
    await make('music.wav', '-f', 'lavfi', '-i', "aevalsrc='0.5*sin(2*PI*500*t)*lt(t,1)':s=44100:d=1.5"),
    // A click at exactly 2 s of a long silence, in a codec that must be sought.
    await make('click.m4a', '-f', 'lavfi', '-i', "aevalsrc='if(between(t,4,4.01),sin(2*PI*3000*t),0)':s=48000:d=8"),
    await make('loud.wav', '-f', 'lavfi', '-i', "aevalsrc='0.95*sin(2*PI*997*t)|0.95*sin(2*PI*997*t)':s=48000:d=4"),
    await make('mono.flac', ...tone(440, 4), '-ac', '1'),
    await make('surround.wav', '-f', 'lavfi', '-i', "aevalsrc='0|0|0.5*sin(2*PI*700*t)|0|0|0':c=5.1:s=48000:d=3"),
  ];
  engine = openRenderEngine(kit, sourcesOf(assets), []);
});
afterAll(async () => {
  await engine.dispose();
  await kit.dispose();
});

interface SoundClip {
  asset: string;
  from?: [number, number];
  start?: number;
  length?: number;
  isLooping?: boolean;
  speed?: [number, number];
  audio?: Record<string, unknown>;
}

function ad(id: string, lengthFrames: number, clips: SoundClip[], rate = { num: 30, den: 1 }): Project {
  const picture = { kind: 'media', media: { assetId: 'silent' } };
  return plainProject([[{ id: 'c', startFrame: 0, lengthFrames, content: picture }]], {
    ...{ id, rate },
    globals: [
      {
        ...{ id: 'music', name: 'Music', kind: 'music' },
        options: [
          {
            ...{ id: 'm1', name: 'Music 1' },
            content: {
              kind: 'clips',
              clips: clips.map((clip, index) => ({
                id: `m${index}`,
                start: { to: 'ad', edge: 'start', offsetFrames: clip.start ?? 0 },
                lengthFrames: clip.length ?? null,
                isLooping: clip.isLooping ?? false,
                audio: clip.audio ?? {},
                content: {
                  kind: 'media',
                  media: { assetId: clip.asset },
                  sourceInSeconds: { num: clip.from?.[0] ?? 0, den: clip.from?.[1] ?? 1 },
                  speed: { num: clip.speed?.[0] ?? 1, den: clip.speed?.[1] ?? 1 },
                },
              })),
            },
          },
        ],
      },
    ],
  });
}

/** Exports and decodes: mono samples of the left channel at 48 kHz. */
async function soundOf(project: Project): Promise<{ path: string; samples: Float32Array }> {
  engine.projects.set(project.id, project);
  const [done] = await exportAll(engine.render, exportRequest(project));
  expect(done?.error).toBeNull();
  const path = done?.path ?? '';
  const args = ['-v', 'error', '-i', path, '-map', '0:a:0', '-af', 'pan=mono|c0=c0', '-f', 'f32le', '-'];
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 1 << 28 });
  return { path, samples: new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length)) };
}

const level = (samples: Float32Array, fromSeconds: number, toSeconds: number): number => {
  const part = samples.slice(fromSeconds * 48_000, toSeconds * 48_000);
  return Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / part.length);
};

test('picture and sound tracks are equally long at every rate, with sound and without', async () => {
  const rates = [
    { num: 30000, den: 1001 },
    { num: 24, den: 1 },
    { num: 60, den: 1 },
  ];
  for (const [index, rate] of rates.entries()) {
    for (const clips of [[], [{ asset: 'mono' }]]) {
      const { path } = await soundOf(ad(`length-${index}-${clips.length}`, 101, clips, rate));
      const { streams } = await probe(path);
      const [picture, sound] = streams;
      expect(Number(picture?.duration)).toBeCloseTo((101 * rate.den) / rate.num, 5);
      expect(Math.abs(Number(picture?.duration) - Number(sound?.duration)) * 1000).toBeLessThan(2);
      expect(sound).toMatchObject({ codec_name: 'aac', sample_rate: '48000', channels: 2 });
    }
  }
});

test('an ad in which nothing sounds has a silent track', async () => {
  const { samples } = await soundOf(ad('silent', 60, []));
  expect(samples.length).toBeGreaterThanOrEqual(96_000);
  expect(level(samples, 0, 2)).toBe(0);
});

test('music loops to the end, fading once at its very start and end', async () => {
  const audio = { fadeInFrames: 30, fadeOutFrames: 30 };
  const { samples } = await soundOf(ad('loop', 135, [{ asset: 'music', isLooping: true, audio }]));
  const full = 0.5 / Math.SQRT2;
  // 4.5 s: three turns of 1 s tone, 0.5 s silence.
  for (const turn of [0, 1, 2]) expect(level(samples, turn * 1.5 + 1.1, turn * 1.5 + 1.45)).toBeLessThan(0.01);
  expect(level(samples, 0.05, 0.1)).toBeLessThan(full * 0.15);
  expect(level(samples, 0.45, 0.55) / full).toBeCloseTo(0.5, 1);
  expect(level(samples, 1.7, 2.4) / full).toBeCloseTo(1, 1);
  expect(level(samples, 3.1, 3.4) / full).toBeCloseTo(1, 1);
  expect(level(samples, 3.9, 4) / full).toBeCloseTo(0.55, 1);
});

test('sound stands where its clip does, to the sample that a seek cannot shift', async () => {
  // The click at 4 s, from 3.5 s on, placed at frame 45: heard at 2 s.
  const { samples } = await soundOf(ad('click', 120, [{ asset: 'click', from: [7, 2], start: 45 }]));
  const first = samples.findIndex((value) => Math.abs(value) > 0.3);
  expect(Math.abs(first - 96_000)).toBeLessThan(48);
});

test('gain is decibels, one channel sounds on both sides, and speed keeps the pitch', async () => {
  const { samples } = await soundOf(ad('gain', 60, [{ asset: 'mono', speed: [2, 1], audio: { gainDb: -6 } }]));
  // sine is 1/8 of full scale.
  expect(level(samples, 0.3, 1.7)).toBeCloseTo((0.125 / Math.SQRT2) * 10 ** (-6 / 20), 2);
  let crossings = 0;
  for (let n = 24_000; n < 72_000; n += 1) if ((samples[n - 1] ?? 0) < 0 && (samples[n] ?? 0) >= 0) crossings += 1;
  expect(crossings).toBeGreaterThan(430);
  expect(crossings).toBeLessThan(450);
});

test('a centre channel is heard', async () => {
  const { samples } = await soundOf(ad('surround', 60, [{ asset: 'surround' }]));
  expect(level(samples, 0.2, 1.8)).toBeGreaterThan(0.1);
});

test('what would clip is turned down below −1 dB true peak; what would not is left alone', async () => {
  const { path } = await soundOf(ad('loud', 90, [{ asset: 'loud' }, { asset: 'loud', audio: { gainDb: 3 } }]));
  const { stderr } = await run('ffmpeg', ['-i', path, '-map', '0:a', '-af', 'ebur128=peak=true', '-f', 'null', '-']);
  const peak = Number(/True peak:\s+Peak:\s+(-?[\d.]+) dBFS/.exec(stderr)?.[1]);
  expect(peak).toBeLessThanOrEqual(-1);
  expect(peak).toBeGreaterThan(-3);
  const { samples } = await soundOf(ad('soft', 60, [{ asset: 'loud', audio: { gainDb: -2 } }]));
  expect(level(samples, 0.3, 1.7)).toBeCloseTo((0.95 / Math.SQRT2) * 10 ** (-2 / 20), 2);
});
