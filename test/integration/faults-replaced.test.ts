import { appendFileSync, copyFileSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ExportView } from '#shared/contract/index.ts';
import { type Asset, listVariants, type Project } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { expectError, exportAll, makeProject, type Opened, openEngine, temporaryFolder } from './faults-kit.ts';

const folder = temporaryFolder('spotloom-replaced-');
const source = join(folder.path, 'source.mp4');
const kept = join(folder.path, 'kept.mp4');
const other = join(folder.path, 'other.mp4');
const whatToDo = /put the old file back.*relink.*import it/i;
let opened: Opened;
let project: Project;

beforeAll(async () => {
  await makeVideo(kept, { seconds: 1, size: '160x90', tonesHz: [440] });
  // Larger than what is read whole while it is imported.
  const free = Buffer.alloc(9 * 1024 * 1024);
  free.writeUInt32BE(free.length);
  free.write('free', 4, 'latin1');
  appendFileSync(kept, free);
  // Same size, start and end; other bytes between.
  const bytes = readFileSync(kept);
  bytes.write('another file', Math.floor(bytes.length / 2), 'latin1');
  writeFileSync(other, bytes);
  copyFileSync(kept, source);
  opened = await openEngine(join(folder.path, 'library'));
  await opened.importPaths([source]);
  await opened.settle();
  project = await makeProject(opened.client, 'Ad', { hook: await opened.assets() }, { seconds: 1 });
});

afterAll(async () => {
  await opened?.close();
  folder.clean();
});

/** Puts a file in the source's place; its time is now, or the one given. */
function putIn(path: string, modified = new Date()): void {
  rmSync(source, { force: true });
  copyFileSync(path, source);
  utimesSync(source, modified, modified);
}

async function exportIt(): Promise<ExportView> {
  await opened.client.system.clearCache();
  const [view] = await exportAll(opened.client, project, listVariants(project));
  if (!view) throw new Error('nothing was exported');
  return view;
}

async function rerun(id: string): Promise<ExportView> {
  const { batchId } = await opened.client.render.rerun({ id });
  await opened.client.render.waitForBatch({ batchId });
  return opened.client.render.get({ id });
}

/** What is said when an export is asked for, or what it ends with. */
async function whyNot(): Promise<ExportView['error']> {
  return exportIt().then(
    (view) => view.error,
    (error) => error,
  );
}

async function sourceAsset(): Promise<Asset> {
  const asset = (await opened.assets()).find(({ name }) => name === 'source.mp4');
  if (!asset) throw new Error('it is gone');
  return asset;
}

it('another file in its place is never taken for it, however often it is tried; put back, it is', async () => {
  const view = await exportIt();
  expect(view.state).toBe('finished');
  const { contentHash } = await sourceAsset();
  const imported = statSync(source).mtime;

  putIn(other);
  for (let round = 0; round < 2; round += 1) {
    expectError(await whyNot(), 'file-changed', whatToDo);
    // The studio looks for missing media whenever its window comes to the front.
    await opened.client.library.checkMissing();
  }
  expect((await sourceAsset()).isMissing).toBe(true);
  // Not even with the size and the time it had.
  putIn(other, imported);
  expectError(await whyNot(), 'file-changed', whatToDo);
  await opened.client.library.checkMissing();
  expectError(await whyNot(), 'file-changed', whatToDo);
  // Nor one of another size.
  appendFileSync(source, Buffer.alloc(8));
  expectError(await whyNot(), 'file-changed', whatToDo);

  // The same bytes with another time: simply right again, and the library says so.
  putIn(kept, new Date(imported.getTime() + 86_400_000));
  expect(await exportIt()).toMatchObject({ state: 'finished', error: null });
  expect(await sourceAsset()).toMatchObject({ isMissing: false, contentHash });
}, 60_000);

it('an export that failed for it fails again until the right file can be had, here or elsewhere', async () => {
  const missing = join(folder.path, 'away.mp4');
  const { exports } = await opened.client.render.start({
    ...{ projectId: project.id, variants: listVariants(project), ratios: ['1:1'], presetId: 'small-test' },
  });
  const [{ id, batchId }] = exports as [ExportView];
  await opened.client.render.cancel({ id });
  await opened.client.render.waitForBatch({ batchId });
  await opened.client.system.clearCache();
  putIn(other);
  for (let round = 0; round < 2; round += 1) {
    const failed = await rerun(id);
    expect(failed.state).toBe('failed');
    expectError(failed.error, 'file-changed', whatToDo);
    await opened.client.library.checkMissing();
  }
  copyFileSync(kept, missing);
  const { relinked } = await opened.client.library.relink({ assetId: (await sourceAsset()).id, path: missing });
  expect(relinked).toHaveLength(1);
  expect(await rerun(id)).toMatchObject({ state: 'finished', error: null });
}, 60_000);

it('a file that was replaced unseen is imported as the new media it is', async () => {
  const small = join(folder.path, 'small.mp4');
  await makeVideo(small, { seconds: 1, size: '160x90', source: 'testsrc' });
  const { size } = statSync(small);
  const time = new Date(1_790_000_000_000);
  utimesSync(small, time, time);
  await opened.importPaths([small]);
  const bytes = readFileSync(small);
  bytes.write('x', bytes.length - 1, 'latin1');
  writeFileSync(small, bytes);
  utimesSync(small, time, time);
  expect(statSync(small).size).toBe(size);
  expect(await opened.importPaths([small])).toMatchObject({ imported: 1, duplicates: 0 });
}, 60_000);

it('a large file that is replaced before it was read whole lends its hash to nobody', async () => {
  const library = join(folder.path, 'unread');
  const place = join(folder.path, 'unread.mp4');
  copyFileSync(kept, place);
  const before = await openEngine(library, { isWorking: false });
  await before.importPaths([place]);
  await before.close();
  const bytes = readFileSync(kept);
  bytes.write('x', bytes.length - 1, 'latin1');
  writeFileSync(place, bytes);
  const after = await openEngine(library);
  try {
    await after.settle();
    const { jobs } = await after.client.jobs.list({ states: ['failed'] });
    expectError(jobs.find(({ type }) => type === 'library.hash')?.error, 'file-changed', whatToDo);
    expect((await after.assets()).map(({ contentHash }) => contentHash)).toEqual([null]);
  } finally {
    await after.close();
  }
}, 60_000);
