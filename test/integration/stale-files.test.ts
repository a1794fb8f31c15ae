import { copyFileSync, readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Clock, systemClock } from '#main/platform/clock/index.ts';
import type { Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import type { ExportView } from '#shared/contract/render.ts';
import type { Asset, Project } from '#shared/model/index.ts';
import { makeNumbered, readNumbers } from '../fixtures/numbered.ts';
import { randomFrom } from '../fixtures/random.ts';
import { matrixProject, packetsOf } from '../fixtures/render-children.ts';
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

const isLong = process.env.SPOTLOOM_LONG === '1';
const seed = Number(process.env.SPOTLOOM_SEED ?? 7);
let kit: RenderKit;
let asset: Asset;
let of: Project;
let right: string[];

beforeAll(async () => {
  kit = await openRenderKit();
  const path = join(kit.folder, 'num.mp4');
  await makeNumbered(path, { frames: 180, rate: '30', toneHz: 300, width: 192, height: 108 });
  asset = await assetOf(kit.ffmpeg, 'num', path);
  of = matrixProject('cached', 0, 1);
  right = await exported();
});
afterAll(() => kit.dispose());

/** Exports the project by an engine that remembers nothing; gives the packets of its files, and takes these away. */
async function exported(more: { clock?: Clock } = {}): Promise<string[]> {
  const engine = openRenderEngine(kit, sourcesOf([asset]), [of], more);
  try {
    const views = await exportAll(engine.render, exportRequest(of));
    expect(views.map(({ error }) => error)).toEqual(views.map(() => null));
    const packets: string[] = [];
    for (const { path } of views) {
      packets.push(await packetsOf(path));
      // A finished file would be copied the next time, and no piece looked at.
      rmSync(path);
    }
    return packets;
  } finally {
    await engine.dispose();
  }
}

/** Files of the cache whose path matches. */
function cached(pattern: RegExp): string[] {
  const names = readdirSync(kit.paths.segments, { recursive: true, encoding: 'utf8' });
  return names
    .map((name) => join(kit.paths.segments, name))
    .filter((path) => pattern.test(path) && statSync(path).isFile());
}

/** Sorts of files in the cache; mixed sounds go first where stems are to be read again. */
const sorts: Readonly<Record<string, { spoil: RegExp; remove?: RegExp }>> = {
  'encoded segments': { spoil: /video.*\.mp4$/ },
  'verdicts of segments': { spoil: /video.*\.json$/ },
  'mixed sounds': { spoil: /sound.*\.m4a$/ },
  'everything said about sounds': { spoil: /sound.*(?<!\.m4a|\.f32)$/ },
  stems: { spoil: /sound.*\.f32$/, remove: /sound.*\.m4a$/ },
};

async function flipBytes(path: string, places: readonly number[]): Promise<void> {
  const handle = await open(path, 'r+');
  for (const place of places) {
    const byte = Buffer.alloc(1);
    const at = Math.floor((place / 1000) * statSync(path).size);
    await handle.read(byte, 0, 1, at);
    await handle.write(Buffer.from([(byte[0] ?? 0) ^ 0x15]), 0, 1, at);
  }
  await handle.close();
}

const random = randomFrom(seed);
const ways: Readonly<Record<string, (path: string) => Promise<void> | void>> = {
  'a flipped bit': (path) => flipBytes(path, [random.below(1000)]),
  'several flipped bits': (path) => flipBytes(path, [0, 250, 500, 750, 999]),
  'half of it': (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
  'nothing in it': (path) => truncateSync(path, 0),
  nothing: (path) => rmSync(path),
  'something else of the same size': (path) => writeFileSync(path, Buffer.alloc(statSync(path).size, 'x')),
};
/** In the everyday tests each way once, each sort at least once. */
const cases = Object.keys(ways).flatMap((way, w) =>
  Object.keys(sorts).flatMap((sort, s) =>
    isLong || (w === 0 && s !== 1) || (s === 1 && w === 5) ? [[sort, way] as const] : [],
  ),
);

test.each(cases)('%s, spoilt: %s left; the next export is the same', async (sort, way) => {
  const { spoil, remove } = sorts[sort] ?? { spoil: /^$/ };
  if (remove) for (const path of cached(remove)) rmSync(path);
  const files = cached(spoil);
  expect(files.length).toBeGreaterThan(0);
  for (const path of files) {
    const { atime, mtime } = statSync(path);
    await ways[way]?.(path);
    // As a disk does it: without a trace in the file's times.
    try {
      utimesSync(path, atime, mtime);
    } catch {}
  }
  expect(await exported()).toEqual(right);
});

test('a clock that jumps days back and forth costs pieces at most, never the right ones', async () => {
  const system = systemClock();
  const clock: Clock = { ...system, nowMs: () => system.nowMs() + random.between(-10, 10) * 86_400_000 };
  for (let round = 0; round < (isLong ? 6 : 2); round += 1) expect(await exported({ clock })).toEqual(right);
});

test('footage replaced while it is rendered, size and time put back, is noticed; nothing of it stays in the cache', async () => {
  const path = join(kit.folder, 'swapped.mp4');
  const other = join(kit.folder, 'other.mp4');
  await makeNumbered(path, { frames: 60, rate: '30' });
  await makeNumbered(other, { frames: 60, rate: '30', args: ['-vf', 'hflip'] });
  const size = Math.max(statSync(path).size, statSync(other).size);
  // Both of the same size: what follows an MP4's boxes as another box is not looked at.
  for (const file of [path, other]) {
    const free = Buffer.alloc(size + 64 - statSync(file).size);
    free.writeUInt32BE(free.length);
    free.write('free', 4, 'latin1');
    writeFileSync(file, free, { flag: 'a' });
  }
  const original = join(kit.folder, 'kept.mp4');
  copyFileSync(path, original);
  const stamp = statSync(path);
  const replace = (by: string) => {
    copyFileSync(by, path);
    utimesSync(path, stamp.atime, stamp.mtime);
  };
  let isSwapped = false;
  const ffmpeg: Ffmpeg = {
    ...kit.ffmpeg,
    async run(options) {
      if (!isSwapped && options.args.includes('libx264')) {
        isSwapped = true;
        replace(other);
      }
      return kit.ffmpeg.run(options);
    },
  };
  const content = { kind: 'media', media: { assetId: 'swapped' } };
  const project = plainProject([[{ id: 'c', startFrame: 0, lengthFrames: 50, content }]], { id: 'swapped' });
  const sources = sourcesOf([await assetOf(kit.ffmpeg, 'swapped', path)]);
  const exportIt = async (with_: Ffmpeg): Promise<ExportView | undefined> => {
    const engine = openRenderEngine(kit, sources, [project], { ffmpeg: with_ });
    try {
      return (await exportAll(engine.render, exportRequest(project)))[0];
    } finally {
      await engine.dispose();
    }
  };
  expect(await exportIt(ffmpeg)).toMatchObject({ state: 'failed', error: { code: 'file-changed', retry: 'relink' } });
  replace(original);
  const again = await exportIt(kit.ffmpeg);
  expect(again?.error).toBeNull();
  expect(await readNumbers(again?.path ?? '')).toEqual(Array.from({ length: 50 }, (_, n) => n));
});
