import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunOptions } from '#main/platform/ffmpeg/index.ts';
import type { ExportView, RateControl } from '#shared/contract/render.ts';
import type { Project } from '#shared/model/index.ts';
import { makeNumbered, readNumbers } from '../fixtures/numbered.ts';
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

let kit: RenderKit;
let engine: RenderEngine;
let ad: Project;
let encodes = 0;
const frames = Array.from({ length: 150 }, (_, n) => n + 20);

beforeAll(async () => {
  kit = await openRenderKit();
  const path = join(kit.folder, 'noisy.mp4');
  // Grain, so that quality costs bytes.
  await makeNumbered(path, { frames: 200, rate: '30', toneHz: 400, args: ['-vf', 'noise=alls=24:allf=t'] });
  const asset = await assetOf(kit.ffmpeg, 'noisy', path);
  const content = { kind: 'media', media: { assetId: 'noisy' }, sourceInSeconds: { num: 20, den: 30 } };
  ad = plainProject([[{ id: 'c', startFrame: 0, lengthFrames: 150, content }]], { id: 'ad' });
  const ffmpeg = {
    ...kit.ffmpeg,
    run(options: RunOptions) {
      if (options.args.includes('-crf')) encodes += 1;
      return kit.ffmpeg.run(options);
    },
  };
  engine = openRenderEngine(kit, sourcesOf([asset]), [ad], { ffmpeg });
});
afterAll(async () => {
  await engine.dispose();
  await kit.dispose();
});

async function exported(rateControl: RateControl): Promise<ExportView> {
  const [done] = await exportAll(engine.render, exportRequest(ad, { rateControl }));
  if (!done) throw new Error('no export');
  return done;
}
const sizeOf = async (done: ExportView) => (await stat(done.path)).size;

test('a size target walks down to a file that fits, and shares its pieces with the next', async () => {
  const full = await exported({ mode: 'quality' });
  expect(full.error).toBeNull();
  const maxBytes = Math.round((await sizeOf(full)) * 0.45);
  const small = await exported({ mode: 'size', maxBytes, isTwoPass: false });
  expect(small.error).toBeNull();
  expect(await sizeOf(small)).toBeLessThanOrEqual(maxBytes);
  expect(await sizeOf(small)).toBeGreaterThan(maxBytes * 0.5);
  expect(small.check?.findings.find((one) => one.id === 'file-size')?.state).toBe('ok');
  expect(await readNumbers(small.path)).toEqual(frames);
  const before = encodes;
  const again = await exported({ mode: 'size', maxBytes: maxBytes + 1, isTwoPass: false });
  expect(again.error).toBeNull();
  expect(encodes).toBe(before);
});

test('a ceiling lowers the bitrate', async () => {
  const capped = await exported({ mode: 'bitrate', maxBitrate: 400_000 });
  expect(capped.error).toBeNull();
  // Five seconds at 400 kbit/s, the sound, and the index.
  expect(await sizeOf(capped)).toBeLessThan(((400_000 + 96_000) * 5) / 8 + 12_000);
});

const pieces = async () =>
  (await readdir(kit.paths.segments, { recursive: true })).filter((name) => name.endsWith('.mp4'));

test('two passes fill the size asked for, share nothing and say so', async () => {
  const maxBytes = 400_000;
  const before = await pieces();
  const whole = await exported({ mode: 'size', maxBytes, isTwoPass: true });
  expect(whole.error).toBeNull();
  expect(await sizeOf(whole)).toBeLessThanOrEqual(maxBytes);
  expect(await sizeOf(whole)).toBeGreaterThan(maxBytes * 0.9);
  expect(whole.check?.isPassed).toBe(true);
  expect(whole.check?.findings.find((one) => one.id === 'shared-pieces')?.found).toMatch(/two passes/);
  expect(await readNumbers(whole.path)).toEqual(frames);
  expect(await pieces()).toEqual(before);
});

test('an estimate knows what two passes cost: all of it is made, more than once, whatever the cache holds', async () => {
  const signal = new AbortController().signal;
  const estimate = (rateControl: RateControl) => engine.render.estimate(exportRequest(ad, { rateControl }), signal);
  await exported({ mode: 'quality' });
  const cached = await estimate({ mode: 'quality' });
  expect(cached.missingSeconds).toBe(0);
  const twice = await estimate({ mode: 'size', maxBytes: 400_000, isTwoPass: true });
  expect([twice.distinctSeconds, twice.missingSeconds]).toEqual([5, 5]);
  await engine.render.clearCache();
  const once = await estimate({ mode: 'quality' });
  expect(once.missingSeconds).toBe(5);
  const encoding = (of: typeof once) => of.estimatedMs - cached.estimatedMs;
  expect(encoding(twice)).toBeGreaterThan(encoding(once) * 2);
});

test('what cannot fit says what would, and leaves nothing behind', async () => {
  for (const isTwoPass of [false, true]) {
    const failed = await exported({ mode: 'size', maxBytes: 65_000, isTwoPass });
    expect(failed.state).toBe('failed');
    expect(failed.error).toMatchObject({ code: 'invalid-input' });
    expect(failed.error?.userMessage).toMatch(/Allow/);
    expect(existsSync(failed.path)).toBe(false);
  }
});
