import { mkdir, mkdtemp, open, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#main/platform/clock/index.ts';
import { createSegmentCache, type SegmentCache, type SegmentVerdict } from './segment-cache.ts';

let folder: string;
const clock = systemClock();
const opened = (): SegmentCache => createSegmentCache({ folder: join(folder, 'cache'), clock });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spotloom-cache-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const verdict: SegmentVerdict = {
  ...{ frames: 1, sizeBytes: 1000, packets: ['a'], shows: [0], pictures: ['p'], follows: null, setup: 's' },
};

async function put(cache: SegmentCache, fingerprint: string): Promise<string> {
  const file = join(folder, 'made.mp4');
  await writeFile(file, Buffer.alloc(1000, fingerprint));
  return (await cache.put(fingerprint, file, verdict)).path;
}

async function flip(path: string): Promise<void> {
  const { atime, mtime } = await stat(path);
  const handle = await open(path, 'r+');
  await handle.write(Buffer.from([255]), 0, 1, 700);
  await handle.close();
  await utimes(path, atime, mtime);
}

/** As if nobody had used it for an hour, or for an hour and `moreMinutes`. */
async function age(path: string, moreMinutes = 0): Promise<void> {
  const seconds = clock.nowMs() / 1000 - 3600 - moreMinutes * 60;
  await utimes(path, seconds, seconds);
}

test('one flipped byte is noticed by the next process that uses the segment', async () => {
  const path = await put(opened(), 'aa1');
  expect((await opened().find('aa1'))?.packets).toEqual(['a']);
  await flip(path);
  expect(await opened().find('aa1')).toBeNull();
});

test('the same process tells rotten pieces from sound ones when it is asked', async () => {
  const cache = opened();
  await put(cache, 'aa1');
  await flip(await put(cache, 'bb1'));
  expect(await cache.dropRotten(['aa1', 'bb1', 'cc1'])).toBe(2);
  expect(await cache.find('aa1')).not.toBeNull();
  expect(await cache.find('bb1')).toBeNull();
});

test('a marked sound is found while it is what was marked', async () => {
  const cache = opened();
  const path = cache.soundPath('dd1', 'f32');
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, Buffer.alloc(1000));
  expect(await cache.findMarked('dd1', 'f32')).toBeNull();
  await cache.mark('dd1', 'f32');
  expect(await opened().findMarked('dd1', 'f32')).toBe(path);
  await flip(path);
  expect(await opened().findMarked('dd1', 'f32')).toBeNull();
});

test('the least recently used go first, and what was used just now stays whatever the limit', async () => {
  const cache = opened();
  await age(await put(cache, 'aa1'), 2);
  await age(await put(cache, 'bb1'), 1);
  await put(cache, 'cc1');
  expect(await cache.state()).toEqual({ usedBytes: 3000, files: 3 });
  expect(await cache.prune(2500)).toBe(1000);
  expect(await cache.find('aa1')).toBeNull();
  expect(await cache.has('aa1')).toBe(false);
  expect(await cache.prune(0)).toBe(1000);
  expect(await cache.find('cc1')).not.toBeNull();
});

test('clearing leaves what an export is using and what is being written, and takes old layouts along', async () => {
  const cache = opened();
  await put(cache, 'aa1');
  await put(cache, 'bb1');
  const release = cache.hold(['aa1']);
  const old = join(folder, 'cache', 'v1', 'video');
  await mkdir(old, { recursive: true });
  await writeFile(join(old, 'x.mp4'), Buffer.alloc(10));
  const growing = join(folder, 'cache', 'v2', 'sound', '.y.spotloom-part-1234.m4a');
  await mkdir(join(growing, '..'), { recursive: true });
  await writeFile(growing, Buffer.alloc(10));
  expect(await cache.clear()).toBe(1010);
  expect(await cache.find('aa1')).not.toBeNull();
  expect((await readdir(join(growing, '..'))).length).toBe(1);
  release();
  release();
  expect(await cache.clear()).toBe(1000);
  expect(await cache.find('aa1')).toBeNull();
});

test('pruning takes what a killed process left half-made, and notes without a file', async () => {
  const cache = opened();
  const path = await put(cache, 'aa1');
  const half = `${path.slice(0, -4)}.spotloom-part-1234.mp4`;
  await writeFile(half, Buffer.alloc(10));
  await age(half);
  await rm(path);
  expect(await cache.has('aa1')).toBe(true);
  expect(await cache.prune(1_000_000)).toBe(10);
  expect(await cache.has('aa1')).toBe(false);
});
