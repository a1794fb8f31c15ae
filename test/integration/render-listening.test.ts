import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Asset, AssetId } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import {
  assetOf,
  openRenderEngine,
  openRenderKit,
  type RenderEngine,
  type RenderKit,
  sourcesOf,
} from '../fixtures/render-kit.ts';

const run = promisify(execFile);
const signal = new AbortController().signal;
const bpm = 128.5;
let kit: RenderKit;
let engine: RenderEngine;

beforeAll(async () => {
  kit = await openRenderKit();
  const make = async (name: string, expression: string, seconds: number, rate = 48_000): Promise<Asset> => {
    const path = join(kit.folder, name);
    const from = ['-f', 'lavfi', '-i', `aevalsrc='${expression}':s=${rate}:d=${seconds}`];
    await run('ffmpeg', ['-v', 'error', '-y', ...from, path]);
    return assetOf(kit.ffmpeg, name.split('.')[0] ?? '', path);
  };
  const still = join(kit.folder, 'still.png');
  await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'color=c=gray:s=64x64', '-frames:v', '1', still]);
  const since = `mod(t-0.3,${60 / bpm})`;
  const assets = [
    await assetOf(kit.ffmpeg, 'still', still),
    await make('tone.wav', '0.1*sin(2*PI*1000*t)*between(t,1,5)', 6),
    await make('clicks.m4a', `gte(t,0.3)*0.6*exp(-100*${since})*sin(2*PI*900*${since})`, 15, 44_100),
  ];
  engine = openRenderEngine(kit, sourcesOf(assets), []);
}, 60_000);
afterAll(async () => {
  await engine.dispose();
  await kit.dispose();
});

const id = (name: string) => name as AssetId;
const rate = rational(30);
const stretch = (asset: string, more: object = {}) => ({
  ...{ assetId: id(asset), sourceInSeconds: rational(0), speed: rational(1), startFrame: 0, lengthFrames: 150 },
  ...more,
});

test('levels are those of every 10 ms, at the clip’s speed; what has no sound has none', async () => {
  const stretches = [stretch('tone'), stretch('tone', { speed: rational(2), lengthFrames: 75 }), stretch('still')];
  const [normal, fast, none] = await engine.render.soundLevels({ rate, stretches }, signal);
  expect(none).toBeNull();
  expect(normal).toHaveLength(500);
  // A sine of amplitude 0.1 has a mean square of −23 dB; it begins at 1 s.
  for (const window of [105, 300]) expect((normal?.[window] ?? 0) / 100).toBeCloseTo(-23, 0);
  expect((normal?.[90] ?? 0) / 100).toBeLessThan(-80);
  for (const window of [55, 200]) expect((fast?.[window] ?? 0) / 100).toBeCloseTo(-23, -0.5);
  expect((fast?.[40] ?? 0) / 100).toBeLessThan(-60);
});

test('loudness is that of what plays; silence has none', async () => {
  const stretches = [
    stretch('tone', { sourceInSeconds: rational(1), lengthFrames: 90 }),
    stretch('tone', { lengthFrames: 27 }),
  ];
  const [tone, silence] = await engine.render.soundLoudness({ rate, stretches }, signal);
  expect(tone).toBeCloseTo(-20, 0);
  expect(silence).toBeNull();
});

test('beats of a compressed file are found within 10 ms, once, and sound without any is told from none', async () => {
  const found = await engine.render.beats(id('clicks'), signal);
  expect(Math.abs((found.bpm ?? 0) - bpm)).toBeLessThan(0.3);
  const period = 60 / bpm;
  for (const beat of found.seconds) {
    const beats = (beat - 0.3) / period;
    expect(Math.abs(beats - Math.round(beats)) * period).toBeLessThan(0.01);
  }
  expect(found.seconds.length).toBeGreaterThan(28);
  expect(await engine.render.beats(id('clicks'), signal)).toEqual(found);
  expect((await engine.render.beats(id('tone'), signal)).seconds.length).toBeLessThan(4);
  await expect(engine.render.beats(id('still'), signal)).rejects.toMatchObject({ code: 'unsupported-media' });
});
