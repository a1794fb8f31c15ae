import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pictureFilters } from '#main/library/index.ts';
import type { Asset } from '#shared/model/index.ts';
import {
  alphaAt,
  colourAt,
  ffmpeg,
  makeHeic,
  makePicture,
  makeSound,
  makeVariableRate,
  makeVideo,
  probeJson,
  quarters,
  quartersOf,
  setDisplayMatrix,
  setExifOrientation,
} from '../fixtures/media.ts';
import { makeNumbered, numberBits } from '../fixtures/numbered.ts';
import { type OpenLibrary, openLibrary, renditionPath, temporaryFolder } from './library-kit.ts';

const hlg = ['-color_primaries', 'bt2020', '-color_trc', 'arib-std-b67', '-colorspace', 'bt2020nc'];
const pq = ['-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc'];
const x265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-tag:v', 'hvc1'];
const upright = ['red', 'green', 'blue', 'white'];

let folder: ReturnType<typeof temporaryFolder>;
let opened: OpenLibrary;

beforeAll(async () => {
  folder = temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  await Promise.all([makeMovies(at), makePhotos(at), makeSounds(at)]);
  opened = openLibrary(at('library'));
  const view = await opened.importPaths([folder.path]);
  expect(view.items.filter((one) => one.error !== null)).toEqual([]);
  await opened.settle();
}, 180_000);

afterAll(async () => {
  await opened?.close();
  folder?.clean();
});

async function makeMovies(at: (name: string) => string): Promise<void> {
  await makeNumbered(at('numbered.mp4'), { frames: 90, rate: '30000/1001', width: 240, height: 136, toneHz: 440 });
  await makeNumbered(at('numbered.mkv'), { frames: 60, rate: '25', width: 240, height: 136 });
  const video = { size: '128x64', source: 'color=red' };
  const codec = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
  const movie = (name: string, ...args: string[]) =>
    ffmpeg('-f', 'lavfi', '-i', quarters('128x64'), ...codec, ...args, at(name));
  await movie('turned.mp4');
  await setDisplayMatrix(at('turned.mp4'), [0, 1, -1, 0]);
  await movie('mirrored.mp4', '-crf', '20');
  await setDisplayMatrix(at('mirrored.mp4'), [-1, 0, 0, 1]);
  await movie('mirrored-turned.mp4', '-crf', '21');
  await setDisplayMatrix(at('mirrored-turned.mp4'), [0, 1, 1, 0]);
  await makeVideo(at('anamorphic.mp4'), { size: '120x96', filter: 'setsar=16/15', seconds: 0.5 });
  await makeVariableRate(at('variable.mp4'));
  await makeVideo(at('hevc.mp4'), {
    codec: ['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
    seconds: 0.5,
  });
  await makeVideo(at('hlg.mp4'), { ...video, source: 'smptehdbars', codec: [...x265, ...hlg], seconds: 0.5 });
  await makeVideo(at('pq.mp4'), { ...video, source: 'smptehdbars', codec: [...x265, ...pq], seconds: 0.5 });
  await makeVideo(at('full.mp4'), { codec: ['-c:v', 'libx264', '-pix_fmt', 'yuvj420p'], seconds: 0.5, size: '160x90' });
  await makeVideo(at('prores-alpha.mov'), {
    ...{ source: 'color=red@0.5', size: '96x96', seconds: 0.3, filter: 'format=rgba' },
    codec: ['-c:v', 'prores_ks', '-profile:v', '4444', '-pix_fmt', 'yuva444p10le'],
  });
  for (const [name, encoder] of [
    ['clear-vp8.webm', 'libvpx'],
    ['clear-vp9.webm', 'libvpx-vp9'],
  ] as const) {
    // Red on the left, nothing on the right.
    await makeVideo(at(name), {
      ...{ source: 'color=red', size: '128x64', seconds: 0.5 },
      filter: "format=yuva420p,geq=lum='p(X,Y)':a='if(lt(X,64),255,0)'",
      codec: ['-c:v', encoder, '-deadline', 'realtime', '-cpu-used', '8', '-auto-alt-ref', '0', '-b:v', '1M'],
    });
  }
  await makeVideo(at('uhd.mp4'), { size: '3840x2160', rate: '10', seconds: 1 });
  await makeVideo(at('tongues.mp4'), { tonesHz: [300, 600], args: ['-metadata:s:a:1', 'language=deu'], seconds: 1 });
}

async function makePhotos(at: (name: string) => string): Promise<void> {
  for (let orientation = 1; orientation <= 8; orientation += 1) {
    const name = at(`exif-${orientation}.jpg`);
    await makePicture(name, { size: '128x64', args: ['-q:v', '1'] });
    await setExifOrientation(name, orientation);
  }
  await makeHeic(at('photo.heic'));
  await makeHeic(at('photo-turned.heic'), { turns: 3 });
  await makePicture(at('photo.tiff'));
  await makePicture(at('photo.bmp'));
  await ffmpeg('-f', 'lavfi', '-i', 'color=lime@0.5:s=64x64,format=rgba', '-frames:v', '1', at('logo.png'));
  await makeVideo(at('moving.gif'), { size: '64x48', rate: '10', codec: [] });
  await makeVideo(at('moving.png'), { size: '64x46', rate: '10', codec: ['-f', 'apng'] });
  await ffmpeg('-f', 'lavfi', '-i', quarters('64x44'), '-c:v', 'libwebp_anim', '-lossless', '1', at('moving.webp'));
}

async function makeSounds(at: (name: string) => string): Promise<void> {
  await ffmpeg('-f', 'lavfi', '-i', 'aevalsrc=if(lt(t\\,1)\\,0\\,sin(440*2*PI*t)):d=2:s=48000', at('half-silent.wav'));
  await makeSound(at('old.aiff'));
  const cover = at('library-cover.png');
  await makePicture(cover);
  await makeSound(at('plain.mp3'), { hz: 500 });
  await ffmpeg(
    '-i',
    at('plain.mp3'),
    '-i',
    cover,
    '-map',
    '0',
    '-map',
    '1',
    '-c',
    'copy',
    '-disposition:v',
    'attached_pic',
    at('album.mp3'),
  );
}

function video(name: string) {
  const facts = opened.byName(name).probe.video;
  if (facts === null) throw new Error(`${name} has no picture`);
  return facts;
}

const state = (asset: Asset) => Object.fromEntries(asset.renditions.map((one) => [one.kind, one.state]));
const path = (name: string, kind: 'thumbnail' | 'filmstrip' | 'waveform' | 'proxy' | 'still') =>
  renditionPath(opened, opened.byName(name).id, kind);

describe('what the probe says', () => {
  test('rates and times are exact, and frames counted', () => {
    const facts = video('numbered.mp4');
    expect(facts).toMatchObject({ averageRate: { num: 30000, den: 1001 }, frameCount: 90, isVariableRate: false });
    expect(facts.durationSeconds).toEqual({ num: 3003, den: 1000 });
    expect(opened.byName('numbered.mp4').probe.audio).toMatchObject([
      { sampleRateHz: 48000, channels: 1, codec: 'aac' },
    ]);
  });

  test.each([
    ['turned.mp4', { rotationDeg: 90, isMirrored: false, width: 64, height: 128 }],
    ['mirrored.mp4', { rotationDeg: 0, isMirrored: true, width: 128, height: 64 }],
    ['mirrored-turned.mp4', { rotationDeg: 270, isMirrored: true, width: 64, height: 128 }],
    ['anamorphic.mp4', { width: 128, height: 96, codedWidth: 120, pixelAspect: { num: 16, den: 15 } }],
    ['variable.mp4', { isVariableRate: true }],
    ['numbered.mkv', { isVariableRate: false, averageRate: { num: 25, den: 1 } }],
    [
      'hlg.mp4',
      {
        bitDepth: 10,
        colour: { hdr: 'hlg', matrix: 'bt2020nc', primaries: 'bt2020', transfer: 'arib-std-b67', range: 'limited' },
      },
    ],
    [
      'pq.mp4',
      { colour: { hdr: 'pq', matrix: 'bt2020nc', primaries: 'bt2020', transfer: 'smpte2084', range: 'limited' } },
    ],
    [
      'full.mp4',
      { colour: { hdr: 'none', range: 'full', matrix: 'smpte170m', primaries: 'smpte170m', transfer: 'smpte170m' } },
    ],
    ['uhd.mp4', { colour: { hdr: 'none', range: 'limited', matrix: 'bt709', primaries: 'bt709', transfer: 'bt709' } }],
    ['prores-alpha.mov', { hasAlpha: true, bitDepth: 12 }],
    ['moving.gif', { isAnimated: true, frameCount: 10, averageRate: { num: 10, den: 1 } }],
    ['moving.png', { isAnimated: true, frameCount: 10, averageRate: { num: 10, den: 1 } }],
    ['moving.webp', { isAnimated: false, width: 64, height: 44 }],
    ['logo.png', { hasAlpha: true, isAnimated: false, averageRate: null }],
    ['exif-6.jpg', { rotationDeg: 90, isMirrored: false, width: 64, height: 128 }],
    ['exif-5.jpg', { rotationDeg: 270, isMirrored: true }],
    ['photo.heic', { width: 128, height: 64, rotationDeg: 0 }],
    ['photo-turned.heic', { width: 64, height: 128, rotationDeg: 90 }],
  ])('%s', (name, facts) => {
    expect(video(name)).toMatchObject(facts);
  });

  test('several languages of sound are all there; cover art is no picture', () => {
    expect(opened.byName('tongues.mp4').probe.audio.map((track) => track.language)).toEqual([null, 'deu']);
    const album = opened.byName('album.mp3');
    expect(album).toMatchObject({ kind: 'audio', probe: { video: null, otherStreams: [{ type: 'cover' }] } });
  });

  test('a photo knows when it was shot', () => {
    expect(opened.byName('exif-3.jpg').shootDay).toBe('2024-05-31');
  });
});

describe('what browsers get', () => {
  test.each([
    ['numbered.mp4', 'original'],
    ['full.mp4', 'original'],
    ['turned.mp4', 'original'],
    ['moving.gif', 'original'],
    ['exif-6.jpg', 'original'],
    ['half-silent.wav', 'original'],
    ['album.mp3', 'original'],
    ['mirrored.mp4', 'proxy'],
    ['numbered.mkv', 'proxy'],
    ['variable.mp4', 'proxy'],
    ['hevc.mp4', 'proxy'],
    ['hlg.mp4', 'proxy'],
    ['uhd.mp4', 'proxy'],
    ['prores-alpha.mov', 'proxy'],
    ['photo.heic', 'proxy'],
    ['photo.tiff', 'proxy'],
    ['old.aiff', 'proxy'],
  ] as const)('%s plays by its %s', (name, playback) => {
    const asset = opened.byName(name);
    expect(asset.playback).toBe(playback);
    expect(asset.playbackNote === null).toBe(playback === 'original');
    expect(Object.values(state(asset)).every((one) => one === 'ready')).toBe(true);
  });

  test.each(['numbered.mkv', 'variable.mp4', 'hevc.mp4'])(
    'the proxy of %s has the same frames at the same times',
    async (name) => {
      const times = async (file: string) => {
        const { packets } = await probeJson(file, '-select_streams', 'v', '-show_entries', 'packet=pts_time');
        return packets.map((packet) => Number(packet.pts_time)).sort((a, b) => a - b);
      };
      const source = await times(join(folder.path, name));
      const proxy = await times(await path(name, 'proxy'));
      expect(proxy.length).toBe(source.length);
      expect(Math.max(...proxy.map((time, index) => Math.abs(time - (source[index] ?? 0))))).toBeLessThan(0.0001);
    },
  );

  test('a proxy is small, upright, plain BT.709 and quick to seek in', async () => {
    const { streams } = await probeJson(
      await path('uhd.mp4', 'proxy'),
      '-show_entries',
      'packet=flags',
      '-select_streams',
      'v',
    );
    expect(streams[0]).toMatchObject({
      codec_name: 'h264',
      width: 960,
      height: 540,
      pix_fmt: 'yuv420p',
      color_space: 'bt709',
      color_range: 'tv',
    });
    const { packets } = await probeJson(
      await path('numbered.mkv', 'proxy'),
      '-show_entries',
      'packet=flags',
      '-select_streams',
      'v',
    );
    const keys = packets.flatMap((packet, index) => (packet.flags?.startsWith('K') ? [index] : []));
    expect(Math.max(...keys.map((key, index) => key - (keys[index - 1] ?? 0)))).toBeLessThanOrEqual(15);
    expect(await quartersOf(await path('mirrored-turned.mp4', 'proxy'))).toEqual(['red', 'blue', 'green', 'white']);
  });

  test('HDR becomes SDR: tagged so, and neither dark nor grey', async () => {
    for (const name of ['hlg.mp4', 'pq.mp4']) {
      const proxy = await path(name, 'proxy');
      const { streams } = await probeJson(proxy);
      expect(streams[0]).toMatchObject({
        color_transfer: 'bt709',
        color_primaries: 'bt709',
        color_space: 'bt709',
        pix_fmt: 'yuv420p',
      });
      // Second bar of the HD bars: 75 % white.
      const [white] = await colourAt(proxy, [[0.16, 0.3]]);
      expect(white?.red).toBeGreaterThan(110);
      expect(
        Math.max(white?.red ?? 0, white?.green ?? 0, white?.blue ?? 0) -
          Math.min(white?.red ?? 0, white?.green ?? 0, white?.blue ?? 0),
      ).toBeLessThan(30);
    }
  });

  test.each(['hlg.mp4', 'pq.mp4'])('%s looks right without zimg, too', async (name) => {
    const { capabilities } = await opened.ffmpeg.tools();
    const plain = { ...capabilities, filters: new Set([...capabilities.filters].filter((one) => one !== 'zscale')) };
    const filters = pictureFilters(video(name), { width: 128, height: 64 }, 'video', plain);
    const file = join(folder.path, `plain-${name}.png`);
    await ffmpeg('-i', join(folder.path, name), '-vf', filters.join(','), '-frames:v', '1', file);
    const [white, black] = await colourAt(file, [
      [0.16, 0.3],
      [0.2, 0.95],
    ]);
    expect(white?.green).toBeGreaterThan(110);
    expect(black?.green).toBeLessThan(60);
  });

  test('transparency survives in the proxy', async () => {
    const { streams } = await probeJson(await path('prores-alpha.mov', 'proxy'));
    expect(streams[0]).toMatchObject({ codec_name: 'vp9', tags: { alpha_mode: '1' } });
  });
});

describe('footage with transparency', () => {
  test.each(['clear-vp8.webm', 'clear-vp9.webm', 'prores-alpha.mov'])('%s keeps it in every picture', async (name) => {
    const sides = [
      [0.2, 0.5],
      [0.8, 0.5],
    ] as const;
    const tile = [
      [0.1, 0.5],
      [0.4, 0.5],
    ] as const;
    const frame = await opened.library.frame(opened.byName(name).id, 0.1, 90, new AbortController().signal);
    const strip = opened.byName(name).renditions.find((one) => one.kind === 'filmstrip');
    expect(strip?.filmstrip?.columns).toBe(2);
    const alphas = [
      await alphaAt(await path(name, 'thumbnail'), sides),
      await alphaAt(await path(name, 'filmstrip'), tile),
      await alphaAt(frame, sides),
    ];
    if (name.endsWith('.webm')) expect(alphas).toEqual([near(255, 0), near(255, 0), near(255, 0)]);
    else expect(alphas).toEqual([near(128, 128), near(128, 128), near(128, 128)]);
    const [red] = await colourAt(frame, [[0.2, 0.5]]);
    expect(red?.red).toBeGreaterThan(200);
  });

  const near = (...values: number[]) =>
    values.map((value) => expect.toSatisfy((alpha: number) => Math.abs(alpha - value) < 6));
});

describe('pictures', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'EXIF orientation %i is turned upright in thumbnail and still',
    async (orientation) => {
      // What the stored quarters look like when shown as the standard says (CIPA DC-008, 4.6.4).
      const shown: Record<number, string[]> = {
        1: upright,
        2: ['green', 'red', 'white', 'blue'],
        3: ['white', 'blue', 'green', 'red'],
        4: ['blue', 'white', 'red', 'green'],
        5: ['red', 'blue', 'green', 'white'],
        6: ['blue', 'red', 'white', 'green'],
        7: ['white', 'green', 'blue', 'red'],
        8: ['green', 'white', 'red', 'blue'],
      };
      const name = `exif-${orientation}.jpg`;
      expect(await quartersOf(await path(name, 'thumbnail'))).toEqual(shown[orientation]);
      if (orientation > 1) expect(await quartersOf(await path(name, 'still'))).toEqual(shown[orientation]);
    },
  );

  test.each([
    ['turned.mp4', ['blue', 'red', 'white', 'green']],
    ['mirrored.mp4', ['green', 'red', 'white', 'blue']],
    ['mirrored-turned.mp4', ['red', 'blue', 'green', 'white']],
    ['photo.tiff', upright],
    ['photo.bmp', upright],
    ['photo.heic', upright],
    ['photo-turned.heic', ['blue', 'red', 'white', 'green']],
    ['moving.webp', upright],
  ])('the thumbnail of %s is upright', async (name, colours) => {
    expect(await quartersOf(await path(name, 'thumbnail'))).toEqual(colours);
  });

  test('the exporter gets an upright, decoded file for photos and the original for the rest', async () => {
    const source = (name: string) => opened.library.media.renderSource(opened.byName(name).id);
    const heic = await source('photo-turned.heic');
    expect(heic).toMatchObject({
      isStill: true,
      isDerived: true,
      probe: { video: { width: 64, height: 128, rotationDeg: 0 } },
    });
    expect(await quartersOf(heic.path)).toEqual(['blue', 'red', 'white', 'green']);
    expect(await source('turned.mp4')).toMatchObject({
      isStill: false,
      isDerived: false,
      path: join(folder.path, 'turned.mp4'),
    });
    expect(await source('moving.gif')).toMatchObject({ isStill: false, isDerived: false });
  });

  test('a thumbnail with transparency keeps it', async () => {
    const { streams } = await probeJson(await path('logo.png', 'thumbnail'));
    expect(streams[0]).toMatchObject({ codec_name: 'png', pix_fmt: 'rgba' });
  });
});

describe('strips, waves and single frames', () => {
  test('a filmstrip shows the source at equal distances', async () => {
    const strip = opened.byName('numbered.mp4').renditions.find((one) => one.kind === 'filmstrip')?.filmstrip;
    expect(strip).toMatchObject({ columns: 10, rows: 2, tileHeight: 90, count: 13, intervalSeconds: 0.25 });
    const { streams } = await probeJson(await path('numbered.mp4', 'filmstrip'));
    expect(streams[0]).toMatchObject({ width: (strip?.tileWidth ?? 0) * 10, height: 180 });
    expect(await numbersInStrip(await path('numbered.mp4', 'filmstrip'), strip?.tileWidth ?? 0, 13)).toEqual(
      // The last frame with pts ≤ i · 0.25 at 30000/1001.
      Array.from({ length: 13 }, (_, index) => Math.floor((index * 0.25 * 30000) / 1001 + 1e-9)),
    );
  });

  test('a waveform is silent where the sound is', async () => {
    const peaks = new Int8Array(await readFile(await path('half-silent.wav', 'waveform')));
    const shape = opened.byName('half-silent.wav').renditions.find((one) => one.kind === 'waveform')?.waveform;
    expect(shape).toEqual({ bucketsPerSecond: 100, count: 200 });
    expect(peaks.length).toBe(400);
    expect(Math.max(...peaks.subarray(0, 190))).toBe(0);
    expect(Math.min(...peaks.subarray(210).filter((_, index) => index % 2 === 1))).toBeGreaterThan(100);
  });

  test.each([
    [0, 0],
    [1001 / 30000, 1],
    [0.5, 14],
    [1, 29],
    [2.98, 89],
    [50, 89],
  ])('the frame at %f s is number %i', async (seconds, number) => {
    const signal = new AbortController().signal;
    const file = await opened.library.frame(opened.byName('numbered.mp4').id, seconds, 136, signal);
    expect(await numberIn(file)).toBe(number);
  });

  test('a frame is decoded from the key frame before it, in one go', async () => {
    const { id } = opened.byName('numbered.mp4');
    const { run } = opened.ffmpeg;
    const runs: string[] = [];
    opened.ffmpeg.run = (options) => {
      runs.push(options.args.join(' '));
      return run(options);
    };
    try {
      for (const seconds of [0.4, 1.31, 2.5]) await opened.library.frame(id, seconds, 90, new AbortController().signal);
    } finally {
      opened.ffmpeg.run = run;
    }
    expect(runs).toHaveLength(3);
    expect(runs[2]).toContain('-ss 2.25');
  });

  test('a frame asked for many times at once is made once, and kept', async () => {
    const { id } = opened.byName('numbered.mkv');
    const { signal } = new AbortController();
    const files = await Promise.all(Array.from({ length: 20 }, () => opened.library.frame(id, 1.2, 90, signal)));
    expect(new Set(files).size).toBe(1);
    const before = await readFile(files[0] ?? '');
    await writeFile(files[0] ?? '', 'kept');
    await opened.library.frame(id, 1.2, 90, signal);
    expect(await readFile(files[0] ?? '', 'utf8')).toBe('kept');
    await writeFile(files[0] ?? '', before);
  });

  test('an aborted frame rejects as cancelled and leaves nothing', async () => {
    const abort = new AbortController();
    const frame = opened.library.frame(opened.byName('uhd.mp4').id, 0.9, 1080, abort.signal);
    setTimeout(() => abort.abort(), 20);
    await expect(frame).rejects.toMatchObject({ code: 'cancelled' });
  });
});

/** Frame numbers of `makeNumbered` pictures, read from blocks. */
async function numberIn(file: string): Promise<number> {
  const points = Array.from({ length: numberBits }, (_, bit) => [(bit + 0.5) / numberBits, 0.3] as const);
  const colours = await colourAt(file, points);
  return colours.reduce((sum, { green }, bit) => sum + (green > 128 ? 2 ** bit : 0), 0);
}

async function numbersInStrip(file: string, tileWidth: number, count: number): Promise<number[]> {
  const numbers: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const tile = join(folder.path, `tile-${index}.png`);
    await ffmpeg(
      '-i',
      file,
      '-vf',
      `crop=${tileWidth}:90:${(index % 10) * tileWidth}:${Math.floor(index / 10) * 90}`,
      '-frames:v',
      '1',
      tile,
    );
    numbers.push(await numberIn(tile));
  }
  return numbers;
}
