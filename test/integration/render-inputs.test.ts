import { execFile } from 'node:child_process';
import { copyFile, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asset, assetSchema } from '#shared/model/index.ts';
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
const signal = new AbortController().signal;
let kit: RenderKit;
let engine: RenderEngine;
let sources: ReturnType<typeof sourcesOf>;

beforeAll(async () => {
  kit = await openRenderKit();
  sources = sourcesOf([]);
  engine = openRenderEngine(kit, sources, []);
});
afterAll(async () => {
  await engine.dispose();
  await kit.dispose();
});

const quarters = ['0xE02020', '0x20C020', '0x2020E0', '0xE0E020'];

/** Upright it shows red, green / blue, yellow; stored as a camera would that needs this turn. */
async function turnedFootage(id: string, rotationDeg: 0 | 90 | 180 | 270, isMirrored: boolean): Promise<Asset> {
  const path = join(kit.folder, `${id}.mp4`);
  const inputs = quarters.flatMap((colour) => ['-f', 'lavfi', '-t', '0.5', '-i', `color=${colour}:s=80x60:r=30`]);
  const back = { 0: 'null', 90: 'transpose=cclock', 180: 'hflip,vflip', 270: 'transpose=clock' }[rotationDeg];
  const graph = `[0][1]hstack[a];[2][3]hstack[b];[a][b]vstack,${back}${isMirrored ? ',hflip' : ''},format=gbrp,scale=out_color_matrix=bt709,format=yuv420p`;
  const tags = ['-colorspace', 'bt709', '-color_range', 'tv', '-qp', '4'];
  await run('ffmpeg', ['-v', 'error', '-y', ...inputs, '-filter_complex', graph, '-c:v', 'libx264', ...tags, path]);
  const asset = await assetOf(kit.ffmpeg, id, path);
  const video = asset.probe.video;
  const made = assetSchema.parse({
    ...asset,
    probe: { ...asset.probe, video: { ...video, rotationDeg, isMirrored, width: 160, height: 120 } },
  });
  sources.assets.set(made.id, made);
  return made;
}

async function frameOf(id: string, layout: object, presetId = 'small-test') {
  const clips = [
    { id: 'c', startFrame: 0, lengthFrames: 10, layout, content: { kind: 'media', media: { assetId: id } } },
  ];
  const of = plainProject([clips], { id: `${id}-${JSON.stringify(layout).length}` });
  engine.projects.set(of.id, of);
  const [done] = await exportAll(engine.render, exportRequest(of, { presetId }));
  expect(done?.error).toBeNull();
  const args = [
    '-v',
    'error',
    '-i',
    done?.path ?? '',
    '-vf',
    'scale=in_color_matrix=bt709,format=rgb24',
    '-frames:v',
    '1',
    '-f',
    'rawvideo',
    '-',
  ];
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer' });
  return (x: number, y: number) => [...stdout.subarray((y * 320 + x) * 3).subarray(0, 3)];
}

const nameOf = ([red = 0, green = 0, blue = 0]: number[]): string =>
  red < 40 && green < 40 && blue < 40
    ? 'black'
    : red > 150 && green > 150
      ? 'yellow'
      : red > 150
        ? 'red'
        : green > 150
          ? 'green'
          : 'blue';

test('every orientation comes out upright, whole and cut', { timeout: 120_000 }, async () => {
  for (const isMirrored of [false, true]) {
    for (const rotationDeg of [0, 90, 180, 270] as const) {
      const id = `turn${rotationDeg}${isMirrored ? 'm' : ''}`;
      await turnedFootage(id, rotationDeg, isMirrored);
      // 240 × 180 in the middle of 320 × 180.
      const whole = await frameOf(id, { fit: 'fit' });
      const corners = [
        [50, 10],
        [270, 10],
        [50, 170],
        [270, 170],
      ] as const;
      expect(
        corners.map(([x, y]) => nameOf(whole(x, y))),
        id,
      ).toEqual(['red', 'green', 'blue', 'yellow']);
      expect(nameOf(whole(20, 90))).toBe('black');
      // Enlarged and moved right and down: mostly its upper left is seen, and the centre lies at three quarters.
      const cut = await frameOf(id, { fit: 'fill', scale: 1.5, x: 0.25, y: 0.25 });
      const around = [
        [228, 123],
        [252, 123],
        [228, 147],
        [252, 147],
      ] as const;
      expect(
        around.map(([x, y]) => nameOf(cut(x, y))),
        `${id} cut`,
      ).toEqual(['red', 'green', 'blue', 'yellow']);
    }
  }
});

test('a picture with oblong pixels is shown in its right shape', async () => {
  const path = join(kit.folder, 'oblong.mp4');
  const picture = 'color=white:s=160x120:r=30,setsar=2/1';
  await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-t', '0.5', '-i', picture, '-c:v', 'libx264', path]);
  sources.assets.set('oblong' as never, await assetOf(kit.ffmpeg, 'oblong', path));
  // 320 × 120 as shown: fills the width of 320 × 180, with bars of 30 above and below.
  const at = await frameOf('oblong', { fit: 'fit' });
  expect([at(5, 90), at(315, 90), at(160, 33), at(160, 147)].map(([red = 0]) => red > 200)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect([at(160, 20), at(160, 160)].map(([red = 0]) => red < 40)).toEqual([true, true]);
});

test('HDR is brought to normal range', async (context) => {
  const { capabilities } = await kit.ffmpeg.tools();
  if (!capabilities.filters.has('zscale')) return context.skip('this ffmpeg has no zscale');
  const path = join(kit.folder, 'hlg.mp4');
  const tags = [
    '-color_trc',
    'arib-std-b67',
    '-color_primaries',
    'bt2020',
    '-colorspace',
    'bt2020nc',
    '-color_range',
    'tv',
  ];
  const picture = "nullsrc=s=320x180:r=30,format=yuv420p10le,geq=lum='if(lt(X,160),502,720)':cb=512:cr=512";
  await run('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-t',
    '0.5',
    '-i',
    picture,
    '-c:v',
    'libx264',
    '-qp',
    '4',
    ...tags,
    path,
  ]);
  const asset = await assetOf(kit.ffmpeg, 'hlg', path);
  expect(asset.probe.video?.colour.hdr).toBe('hlg');
  sources.assets.set(asset.id, asset);
  const at = await frameOf('hlg', { fit: 'fill' });
  const [dark = 0, bright = 0] = [at(80, 90)[0], at(240, 90)[0]];
  expect(dark).toBeGreaterThan(60);
  expect(dark).toBeLessThan(200);
  expect(bright).toBeGreaterThan(dark + 30);
  const [red = 0, green = 0, blue = 0] = at(80, 90);
  expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(6);
});

test('check tells a good ad from a cut, a foreign and a broken file, and refuses what is no file', async () => {
  const path = join(kit.folder, 'checked.mp4');
  await makeNumbered(path, { frames: 60, rate: '30', toneHz: 440 });
  const foreign = await engine.render.check(path, signal);
  expect(foreign.isPassed).toBe(false);
  const states = Object.fromEntries(foreign.findings.map((one) => [one.id, one.state]));
  expect(states).toMatchObject({
    whole: 'ok',
    decodes: 'ok',
    'frame-count': 'ok',
    'fast-start': 'failed',
    audio: 'failed',
  });

  const asset = await assetOf(kit.ffmpeg, 'checked', path);
  sources.assets.set(asset.id, asset);
  const clips = [
    { id: 'c', startFrame: 0, lengthFrames: 60, content: { kind: 'media', media: { assetId: 'checked' } } },
  ];
  const of = plainProject([clips], { id: 'checked' });
  engine.projects.set(of.id, of);
  const [done] = await exportAll(engine.render, exportRequest(of));
  const good = done?.path ?? '';
  expect((await engine.render.check(good, signal)).findings.filter((one) => one.state === 'failed')).toEqual([]);

  const cut = join(kit.folder, 'cut.mp4');
  await copyFile(good, cut);
  const handle = await open(cut, 'r+');
  const { size } = await handle.stat();
  await handle.truncate(Math.floor(size * 0.7));
  await handle.close();
  const report = await engine.render.check(cut, signal);
  expect(report.isPassed).toBe(false);
  expect(report.findings.find((one) => one.id === 'whole')?.state).toBe('failed');
  expect(report.findings.find((one) => one.id === 'decodes')?.state).toBe('failed');

  const broken = join(kit.folder, 'broken.mp4');
  await copyFile(good, broken);
  const second = await open(broken, 'r+');
  await second.write(Buffer.alloc(400, 0x55), 0, 400, Math.floor(size * 0.4));
  await second.close();
  expect((await engine.render.check(broken, signal)).isPassed).toBe(false);

  await writeFile(join(kit.folder, 'text.mp4'), 'not a video at all');
  await expect(engine.render.check(join(kit.folder, 'text.mp4'), signal)).rejects.toHaveProperty('code');
  await expect(engine.render.check(kit.folder, signal)).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(engine.render.check(join(kit.folder, 'none.mp4'), signal)).rejects.toMatchObject({
    code: 'file-not-found',
  });
});
