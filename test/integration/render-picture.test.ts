import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asset, clockGrace, clockOrigin, type Project, type Ratio, ratios } from '#shared/model/index.ts';
import { type Rational, rational, toNumber } from '#shared/units/index.ts';
import { decodeGrey, makeNumbered, readNumbers } from '../fixtures/numbered.ts';
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
const isLong = process.env.SPOTLOOM_LONG === '1';

/** Footage at rates that do not divide the ad's, in containers with coarse and fine clocks. */
const footage = [
  { id: 'f30', file: 'f30.mp4', rate: '30', frames: 150 },
  { id: 'f2997', file: 'f2997.mp4', rate: '30000/1001', frames: 150 },
  { id: 'f24', file: 'f24.mkv', rate: '24000/1001', frames: 120 },
  { id: 'f50', file: 'f50.mp4', rate: '50', frames: 250, args: ['-bf', '3', '-g', '60'] },
  { id: 'f125', file: 'f125.mov', rate: '25/2', frames: 70 },
  { id: 'phone', file: 'phone.mp4', rate: '179/6', frames: 180, args: ['-g', '250'] },
  { id: 'ts', file: 'late.ts', rate: '25', frames: 125 },
];

let kit: RenderKit;
let engine: RenderEngine;
const assets = new Map<string, Asset>();
/** When each frame of a source begins, seconds after the file does, as its container says. */
const frameTimes = new Map<string, number[]>();

beforeAll(async () => {
  kit = await openRenderKit();
  for (const { id, file, rate, frames, args } of footage) {
    const path = join(kit.folder, file);
    await makeNumbered(path, { frames, rate, ...(args ? { args } : {}) });
    const asset = await assetOf(kit.ffmpeg, id, path);
    assets.set(id, asset);
    const origin = toNumber(clockOrigin(asset.probe));
    frameTimes.set(
      id,
      (await timesOf(path)).map((time) => time - origin),
    );
  }
  const still = join(kit.folder, 'still.png');
  await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'color=red:s=321x241', '-frames:v', '1', still]);
  assets.set('still', await assetOf(kit.ffmpeg, 'still', still));
  const logo = join(kit.folder, 'logo.png');
  const disc = "format=rgba,geq=r=255:g=255:b=255:a='if(lt(hypot(X-32,Y-32),30),255,0)'";
  await run('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    `color=white:s=64x64,${disc}`,
    '-frames:v',
    '1',
    logo,
  ]);
  assets.set('logo', await assetOf(kit.ffmpeg, 'logo', logo));
  engine = openRenderEngine(kit, sourcesOf([...assets.values()]), []);
});
afterAll(async () => {
  await engine.dispose();
  await kit.dispose();
});

async function timesOf(path: string): Promise<number[]> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', path],
  ]);
  return stdout
    .split('\n')
    .map((line) => Number.parseFloat(line))
    .filter((time) => !Number.isNaN(time))
    .sort((a, b) => a - b);
}

/** The law: the last frame whose time is ≤ t, the first before that; where times are whole ms, half a ms is forgiven. */
function shownFrame(id: string, seconds: number): number {
  const times = frameTimes.get(id) ?? [];
  const grace = toNumber(clockGrace(assets.get(id)?.probe.container ?? ''));
  return Math.max(
    0,
    times.findLastIndex((time) => time <= seconds + grace + 1e-6),
  );
}

function media(id: string, from: Rational, speed: Rational = rational(1)) {
  return { kind: 'media', media: { assetId: id }, sourceInSeconds: from, speed };
}

async function exportOf(project: Project, more: { ratios?: Ratio[]; presetId?: string } = {}): Promise<string[]> {
  engine.projects.set(project.id, project);
  const exports = await exportAll(engine.render, exportRequest(project, more));
  for (const one of exports) expect(one.error).toBeNull();
  return exports.map((one) => one.path);
}

/** Small, repeatable random numbers. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('every frame is the last one whose time has come, over random trims, speeds and rates', {
  timeout: isLong ? 900_000 : 120_000,
}, async () => {
  for (let seed = 1; seed <= (isLong ? 40 : 4); seed += 1) {
    const random = randomFrom(seed);
    const rate = [rational(30), rational(25), rational(30000, 1001), rational(60)][random(4)] ?? rational(30);
    const clips = [];
    const expected: number[] = [];
    while (clips.length < 4) {
      const source = footage[random(footage.length)];
      if (!source) continue;
      const speed =
        [rational(1), rational(1), rational(2), rational(1, 2), rational(137, 100)][random(5)] ?? rational(1);
      const from = [rational(random(60), 30), rational(random(4_600_000), 1_000_000)][random(2)] ?? rational(0);
      const lengthFrames = 3 + random(50);
      const startFrame = expected.length;
      clips.push({ id: `c${clips.length}`, startFrame, lengthFrames, content: media(source.id, from, speed) });
      for (let k = 0; k < lengthFrames; k += 1) {
        const seconds = from.num / from.den + (k * rate.den * speed.num) / (rate.num * speed.den);
        expected.push(shownFrame(source.id, seconds));
      }
    }
    const [path = ''] = await exportOf(plainProject([clips], { id: `random-${seed}`, rate }));
    expect(await readNumbers(path), `seed ${seed}`).toEqual(expected);
  }
});

test('a clip past the end of its source keeps the last frame', async () => {
  const clips = [{ id: 'c', startFrame: 0, lengthFrames: 40, content: media('f30', rational(4)) }];
  const [path = ''] = await exportOf(plainProject([clips], { id: 'past-end' }));
  expect(await readNumbers(path)).toEqual(Array.from({ length: 40 }, (_, n) => Math.min(149, 120 + n)));
});

test('gaps are black, and a text on them is there from its first frame to its last', async () => {
  const project = plainProject(
    [
      [{ id: 'c', startFrame: 50, lengthFrames: 20, content: media('f30', rational(1)) }],
      [{ id: 't', startFrame: 11, lengthFrames: 7, content: { kind: 'text', text: 'III', style: { sizePx: 500 } } }],
    ],
    { id: 'gap', rate: rational(30000, 1001) },
  );
  const [path = ''] = await exportOf(project);
  const frames = await decodeGrey(path, 320, 180);
  expect(frames).toHaveLength(70);
  const hasText = frames.map((frame) => frame.some((value) => value > 200));
  expect(hasText.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, n) => n >= 11 && n < 18));
  expect(Math.max(...(frames[30] ?? []))).toBeLessThan(20);
});

test('one project in four ratios: sizes, layout, stills, blurred backdrop, a logo with see-through corners', async () => {
  const project = plainProject(
    [
      [
        { id: 'a', startFrame: 0, lengthFrames: 20, layout: { fit: 'fit' }, content: media('f30', rational(1)) },
        {
          id: 'b',
          startFrame: 20,
          lengthFrames: 20,
          layout: { fit: 'blur-fill' },
          content: media('still', rational(0)),
        },
        { id: 'd', startFrame: 40, lengthFrames: 10, content: { kind: 'colour', colour: '#336699' } },
      ],
      [
        {
          id: 'l',
          startFrame: 30,
          lengthFrames: 20,
          layout: { fit: 'fit', scale: 0.4 },
          content: media('logo', rational(0)),
        },
      ],
    ],
    { id: 'shapes' },
  );
  const paths = await exportOf(project, { ratios: [...ratios] });
  const sizes: Record<Ratio, [number, number]> = {
    '9:16': [180, 320],
    '4:5': [180, 226],
    '1:1': [180, 180],
    '16:9': [320, 180],
  };
  for (const [index, ratio] of ratios.entries()) {
    const path = paths[index] ?? '';
    const [width, height] = sizes[ratio];
    const { stdout } = await run('ffprobe', [
      '-v',
      'error',
      '-show_entries',
      'stream=width,height',
      '-of',
      'csv=p=0',
      path,
    ]);
    expect(stdout.trim()).toContain(`${width},${height}`);
    const pictureHeight = Math.min(height, (width * 9) / 16);
    const area = { x: 0, y: (height - pictureHeight) / 2 / height, width: 1, height: pictureHeight / height };
    expect((await readNumbers(path, area)).slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, n) => 30 + n));
    const rgb = await rgbAt(path, 25, width, height);
    // Red everywhere: the still itself, and its backdrop to the corners.
    for (const [x, y] of [
      [2, 2],
      [width - 3, height - 3],
      [width / 2, height / 2],
    ])
      expect(rgb(x ?? 0, y ?? 0)).toEqual([expect.closeTo(254, -1), expect.closeTo(0, -1), expect.closeTo(0, -1)]);
    const late = await rgbAt(path, 45, width, height);
    expect(late(width / 2, height / 2)).toEqual([
      expect.closeTo(255, -1),
      expect.closeTo(255, -1),
      expect.closeTo(255, -1),
    ]);
    const logoSide = Math.min(width, height) * 0.4;
    const corner = late(width / 2 - logoSide / 2 + 2, height / 2 - logoSide / 2 + 2);
    expect(corner).toEqual([expect.closeTo(0x33, -1), expect.closeTo(0x66, -1), expect.closeTo(0x99, -1)]);
  }
});

/** Reads pixels of one frame as BT.709 says. */
async function rgbAt(path: string, frame: number, width: number, height: number) {
  const { stdout } = await run(
    'ffmpeg',
    [
      ...[
        '-v',
        'error',
        '-i',
        path,
        '-vf',
        `select=eq(n\\,${frame}),scale=in_color_matrix=bt709:in_range=tv,format=rgb24`,
      ],
      ...['-frames:v', '1', '-f', 'rawvideo', '-'],
    ],
    { encoding: 'buffer' },
  );
  expect(stdout.length).toBe(width * height * 3);
  return (x: number, y: number) => [...stdout.subarray((Math.floor(y) * width + Math.floor(x)) * 3).subarray(0, 3)];
}

test('colours of text and its box come out as chosen', async () => {
  const style = {
    sizePx: 400,
    fill: '#2266AA',
    boxColour: '#CCAA44',
    boxPaddingPx: 60,
    outlinePx: 0,
    fontFamily: 'Anton',
  };
  const project = plainProject(
    [[{ id: 't', startFrame: 0, lengthFrames: 10, content: { kind: 'text', text: '\u2014\u2014', style } }]],
    { id: 'text-colour' },
  );
  const [path = ''] = await exportOf(project);
  const rgb = await rgbAt(path, 5, 320, 180);
  const seen = Array.from({ length: 320 * 180 }, (_, n) => rgb(n % 320, n / 320).join());
  const counts = Object.entries(Object.groupBy(seen, (one) => one)).sort(
    (a, b) => (b[1]?.length ?? 0) - (a[1]?.length ?? 0),
  );
  const near = (colour: number[]) =>
    counts
      .slice(0, 12)
      .some(([key]) => key.split(',').every((value, n) => Math.abs(Number(value) - (colour[n] ?? 0)) <= 6));
  expect(near([0xcc, 0xaa, 0x44])).toBe(true);
  expect(near([0x22, 0x66, 0xaa])).toBe(true);
});

test('full-range and BT.601 footage comes out with the same colours', async () => {
  const colours = ['#C04020', '#2080C0', '#808080', '#F0F0F0'];
  const bars = colours.map((colour) => `color=${colour.replace('#', '0x')}:s=80x180`);
  const make = async (name: string, filter: string, args: string[]) => {
    const path = join(kit.folder, name);
    const inputs = bars.flatMap((bar) => ['-f', 'lavfi', '-t', '1', '-i', bar]);
    const graph = `[0][1][2][3]hstack=4,format=gbrp,${filter}`;
    await run('ffmpeg', [
      '-v',
      'error',
      '-y',
      ...inputs,
      '-filter_complex',
      graph,
      '-c:v',
      'libx264',
      '-qp',
      '1',
      ...args,
      path,
    ]);
    return assetOf(kit.ffmpeg, name.replace('.', '-'), path);
  };
  const variants = await Promise.all([
    make('bt709.mp4', 'scale=out_color_matrix=bt709,format=yuv420p', ['-colorspace', 'bt709', '-color_range', 'tv']),
    make('bt601.mp4', 'scale=out_color_matrix=bt601,format=yuv420p', [
      '-colorspace',
      'smpte170m',
      '-color_range',
      'tv',
    ]),
    make('full.mkv', 'scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p', ['-colorspace', 'smpte170m']),
  ]);
  const own = openRenderEngine(kit, sourcesOf(variants), []);
  try {
    for (const asset of variants) {
      const clips = [{ id: 'c', startFrame: 0, lengthFrames: 10, content: media(asset.id, rational(0)) }];
      const project = plainProject([clips], { id: `colours-${asset.id}` });
      own.projects.set(project.id, project);
      const [done] = await exportAll(own.render, exportRequest(project));
      const rgb = await rgbAt(done?.path ?? '', 5, 320, 180);
      const found = colours.map((_, n) => rgb(40 + n * 80, 90));
      const wanted = colours.map((colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)));
      for (const [n, pixel] of found.entries())
        for (const [part, value] of pixel.entries())
          expect(Math.abs(value - (wanted[n]?.[part] ?? 0)), `${asset.id} bar ${n}: ${pixel}`).toBeLessThanOrEqual(5);
    }
  } finally {
    await own.dispose();
  }
});

test('with the encoder of real exports, frames stay exact over many joins', async () => {
  const texts = Array.from({ length: 6 }, (_, n) => ({
    id: `t${n}`,
    startFrame: 5 + n * 17,
    lengthFrames: 12,
    content: { kind: 'text', text: `Word ${n}` },
    layout: { y: 0.4 },
  }));
  const clips = [{ id: 'c', startFrame: 0, lengthFrames: 120, content: media('f2997', rational(1)) }];
  const project = plainProject([clips, texts], { id: 'joins', rate: rational(30000, 1001) });
  const [path = ''] = await exportOf(project, { presetId: 'draft' });
  const expected = Array.from({ length: 120 }, (_, k) => shownFrame('f2997', 1 + (k * 1001) / 30000));
  expect(await readNumbers(path)).toEqual(expected);
});

test('a freeze frame shows its frame throughout', async () => {
  const from = (frame: number) => media('f30', rational(frame, 30));
  const clips = [
    { id: 'a', startFrame: 0, lengthFrames: 12, content: from(5) },
    { id: 'b', startFrame: 12, lengthFrames: 30, content: { ...from(17), isFrozen: true } },
    { id: 'c', startFrame: 42, lengthFrames: 10, content: from(17) },
  ];
  const [path = ''] = await exportOf(plainProject([clips], { id: 'frozen' }));
  const numbers = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n);
  expect(await readNumbers(path)).toEqual([...numbers(5, 12), ...Array<number>(30).fill(17), ...numbers(17, 10)]);
});
