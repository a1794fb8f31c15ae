import { open, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashFile } from '#main/platform/files/index.ts';
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

let kit: RenderKit;
let engine: RenderEngine;
const of = plainProject([
  [
    {
      ...{ id: 'clip', startFrame: 0, lengthFrames: 60 },
      content: { kind: 'media', media: { assetId: 'a' }, sourceInSeconds: { num: 0, den: 1 } },
    },
  ],
]);

beforeAll(async () => {
  kit = await openRenderKit();
  const path = join(kit.folder, 'a.mp4');
  await makeNumbered(path, { frames: 90, rate: '30', toneHz: 330 });
  engine = openRenderEngine(kit, sourcesOf([await assetOf(kit.ffmpeg, 'a', path)]), [of]);
});
afterAll(async () => {
  await engine.dispose();
  await kit.dispose();
});

async function cachedFiles(): Promise<number> {
  const names = await readdir(kit.paths.segments, { recursive: true }).catch(() => []);
  return names.filter((name) => /\.(mp4|m4a|f32)$/.test(name)).length;
}

async function exported(): Promise<string> {
  const [view] = await exportAll(engine.render, exportRequest(of));
  expect(view?.error).toBeNull();
  expect(view?.check?.path).toBe(view?.path);
  return view?.path ?? '';
}

test('the same once more is a copy of the finished file, and only while that is what was checked', async () => {
  const first = await exported();
  expect(await cachedFiles()).toBeGreaterThan(0);
  await rm(kit.paths.segments, { recursive: true });
  const second = await exported();
  expect(await cachedFiles(), 'nothing was encoded').toBe(0);
  expect(second).not.toBe(first);
  const { sha256 } = await hashFile(first);
  expect((await hashFile(second)).sha256).toBe(sha256);
  expect((await stat(second)).ino).not.toBe((await stat(first)).ino);

  // Somebody writes into the newest file and leaves its size and time as they were.
  const { size, atime, mtime } = await stat(second);
  const handle = await open(second, 'r+');
  await handle.write(Buffer.from([1, 2, 3, 4]), 0, 4, Math.floor(size / 2));
  await handle.close();
  await utimes(second, atime, mtime);
  const third = await exported();
  expect(await cachedFiles(), 'it was encoded again').toBeGreaterThan(0);
  expect((await hashFile(third)).sha256).toBe(sha256);

  await rm(kit.paths.segments, { recursive: true });
  await rm(third);
  expect((await hashFile(await exported())).sha256).toBe(sha256);
});

test('who clears the cache wants things made anew: finished files are not copied either', async () => {
  await exported();
  await engine.render.clearCache();
  await exported();
  expect(await cachedFiles()).toBeGreaterThan(0);
});

test('clearing the cache over and over takes nothing from an export under way', async () => {
  await engine.render.clearCache();
  for (const { path } of engine.render.list({}, { offset: 0, limit: 99 }).exports) await rm(path, { force: true });
  const signal = new AbortController().signal;
  const { batchId } = await engine.render.start(exportRequest(of), signal);
  const done = engine.render.waitForBatch(batchId, signal);
  let isOver = false;
  void done.finally(() => {
    isOver = true;
  });
  for (let isLast = false; !isLast; isLast = isOver) await engine.render.clearCache();
  const [view] = await done;
  expect(view?.error).toBeNull();
  expect(view?.state).toBe('finished');
});
