import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EngineEvent } from '#shared/contract/index.ts';
import { makePicture, makeSound, makeVideo } from '../fixtures/media.ts';
import { type OpenLibrary, openLibrary, temporaryFolder } from './library-kit.ts';

let folder: ReturnType<typeof temporaryFolder>;
let opened: OpenLibrary;
const context = { signal: new AbortController().signal };
const at = (...names: string[]) => join(folder.path, ...names);

beforeEach(() => {
  folder = temporaryFolder();
  opened = openLibrary(at('library'));
});

afterEach(async () => {
  await opened.close();
  folder.clean();
});

/** A wave file larger than what is hashed at once; `middle` changes one byte far from both ends. */
async function makeLarge(path: string, middle = 0): Promise<void> {
  await makeSound(path, { seconds: 60, args: ['-ac', '2'] });
  const bytes = await readFile(path);
  bytes[6_000_000] = middle;
  await writeFile(path, bytes);
}

test('an asset, its place and its jobs appear in one step, before anything is derived', async () => {
  await opened.close();
  opened = openLibrary(at('library'), { isWorking: false });
  await makeVideo(at('clip.mp4'), { tonesHz: [440] });
  await opened.importPaths([at('clip.mp4')]);
  const asset = opened.byName('clip.mp4');
  expect(asset.locations).toEqual([{ path: at('clip.mp4'), mode: 'link', isMissing: false }]);
  expect(asset.renditions.map((one) => [one.kind, one.state])).toEqual([
    ['thumbnail', 'queued'],
    ['filmstrip', 'queued'],
    ['waveform', 'queued'],
  ]);
  expect(opened.jobs.counts().queued).toBe(3);
  // And it can be scrubbed already.
  expect(await opened.library.frame(asset.id, 0.5, 90, context.signal)).toMatch(/\.jpg$/);
});

test('the same content under many names in one batch is one asset with all its places', async () => {
  await makeVideo(at('a.mp4'));
  await makeLarge(at('large-1.wav'));
  for (const index of [2, 3, 4]) await copyFile(at('large-1.wav'), at(`large-${index}.wav`));
  for (const index of [1, 2, 3, 4, 5]) await copyFile(at('a.mp4'), at(`copy-${index}.mp4`));
  const view = await opened.importPaths([folder.path]);
  expect(view).toMatchObject({ found: 10, imported: 2, duplicates: 8, refused: 0, state: 'finished' });
  expect(
    opened
      .all()
      .map((asset) => asset.locations.length)
      .sort(),
  ).toEqual([4, 6]);
  await opened.settle();
  expect(opened.all().every((asset) => /^[0-9a-f]{64}$/.test(asset.contentHash ?? ''))).toBe(true);
});

test('files of the same size, start and end but different middles are different assets', async () => {
  await makeLarge(at('one.wav'), 1);
  await makeLarge(at('two.wav'), 2);
  await makeLarge(at('three.wav'), 3);
  await copyFile(at('three.wav'), at('three-again.wav'));
  const view = await opened.importPaths([folder.path]);
  expect(view).toMatchObject({ imported: 3, duplicates: 1, refused: 0 });
  await opened.settle();
  expect(new Set(opened.all().map((asset) => asset.contentHash)).size).toBe(3);
});

test('a large file shows at once and gets its hash later; a second copy then is known', async () => {
  await makeLarge(at('large.wav'));
  await opened.importPaths([at('large.wav')]);
  await opened.settle();
  const { contentHash, id } = opened.byName('large.wav');
  expect(contentHash).toMatch(/^[0-9a-f]{64}$/);
  await copyFile(at('large.wav'), at('again.wav'));
  const view = await opened.importPaths([at('again.wav')]);
  expect(view.items).toMatchObject([{ outcome: 'duplicate', assetId: id }]);
});

test('importing a folder again adds nothing and starts nothing', async () => {
  await mkdir(at('shoot'));
  await makeVideo(at('shoot', 'a.mp4'));
  await makePicture(at('shoot', 'b.png'));
  await opened.importPaths([at('shoot')]);
  await opened.settle();
  const jobs = opened.jobs.counts();
  const view = await opened.importPaths([at('shoot'), at('shoot', 'a.mp4')]);
  expect(view).toMatchObject({ imported: 0, duplicates: 2, refused: 0 });
  expect(opened.jobs.counts()).toEqual(jobs);
});

test('a path that holds something new becomes a new asset; the old one is missing', async () => {
  await makeVideo(at('take.mp4'), { seconds: 0.5 });
  await opened.importPaths([at('take.mp4')]);
  const before = opened.byName('take.mp4');
  await makeVideo(at('take.mp4'), { seconds: 0.8 });
  const view = await opened.importPaths([at('take.mp4')]);
  expect(view.imported).toBe(1);
  expect(opened.library.get(before.id)).toMatchObject({ isMissing: true, locations: [] });
  expect(opened.all()).toHaveLength(2);
});

test('copying in leaves the original alone and keeps its name', async () => {
  await makePicture(at("it's 100%.png"));
  const original = await readFile(at("it's 100%.png"));
  await opened.importPaths([at("it's 100%.png")], 'copy');
  const asset = opened.byName("it's 100%.png");
  expect(asset.locations).toEqual([
    { path: join(opened.paths.media, asset.id, "it's 100%.png"), mode: 'copy', isMissing: false },
  ]);
  expect(await readFile(asset.locations[0]?.path ?? '')).toEqual(original);
  await rm(at("it's 100%.png"));
  await opened.settle();
  expect(await opened.handlers.checkMissing(undefined, context)).toEqual({ missing: 0 });
  // The library's own folder may be dropped on it: nothing comes in twice.
  expect(await opened.importPaths([opened.paths.root])).toMatchObject({ imported: 0, duplicates: 1, refused: 0 });
});

test('media taken out a week ago gives its copy and renditions back to the disk, never the person’s file', async () => {
  await makeVideo(at('copied.mp4'), { size: '160x90' });
  await makePicture(at('linked.png'));
  await opened.importPaths([at('copied.mp4')], 'copy');
  await opened.importPaths([at('linked.png')]);
  await opened.settle();
  const ids = [opened.byName('copied.mp4').id, opened.byName('linked.png').id];
  const [copied] = ids as [(typeof ids)[number]];
  await opened.library.frame(copied, 0.5, 90, context.signal);
  const folders = ['media', 'renditions', join('cache', 'frames')].map((name) => join(opened.root, name, copied));
  const whichAreThere = () =>
    Promise.all(
      folders.map((path) =>
        readdir(path).then(
          () => true,
          () => false,
        ),
      ),
    );
  const restart = async () => {
    await opened.close();
    opened = openLibrary(at('library'));
    await opened.close();
    opened = openLibrary(at('library'));
  };
  await opened.handlers.remove({ ids, force: false }, context);
  await restart();
  expect(await whichAreThere()).toEqual([true, true, true]);
  await opened.handlers.restore({ ids }, context);
  expect(opened.library.get(copied)).toMatchObject({ isMissing: false });

  await opened.handlers.remove({ ids, force: false }, context);
  opened.db.raw.exec('UPDATE assets SET removed_at = removed_at - 8 * 86400000');
  await restart();
  expect(await whichAreThere()).toEqual([false, false, false]);
  expect((await stat(at('copied.mp4'))).size).toBeGreaterThan(0);
  expect((await stat(at('linked.png'))).size).toBeGreaterThan(0);

  // The same content again is the same media, whole.
  expect(await opened.importPaths([at('copied.mp4')], 'copy')).toMatchObject({ imported: 1 });
  expect(await opened.importPaths([at('linked.png')])).toMatchObject({ imported: 1 });
  await opened.settle();
  expect(
    opened
      .all()
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...ids].sort());
  for (const id of ids) {
    const asset = opened.library.get(id);
    expect(asset.isMissing).toBe(false);
    expect(asset.renditions.map(({ state }) => state)).not.toContain('failed');
    expect(asset.renditions.length).toBeGreaterThan(0);
  }
  expect((await whichAreThere()).slice(0, 2)).toEqual([true, true]);
});

test('uploads move into the library; the name they came with cannot lead anywhere', async () => {
  await makePicture(at('picture.png'));
  const staged = await opened.library.uploads.stage({ name: '../../..\\evil/../.hidden name.png' });
  await copyFile(at('picture.png'), staged.path);
  const early = await opened.handlers.import({ paths: [], uploads: [staged.uploadId] }, context);
  expect(await opened.handlers.waitForImport(early, context)).toMatchObject({ refused: 1 });
  staged.commit();
  const { importId } = await opened.handlers.import({ paths: [], uploads: [staged.uploadId] }, context);
  expect(await opened.handlers.waitForImport({ importId }, context)).toMatchObject({ imported: 1 });
  const [asset] = opened.all();
  expect(asset?.name).toBe('hidden name.png');
  expect(asset?.locations[0]?.path).toBe(join(opened.paths.media, asset?.id ?? '', 'hidden name.png'));
  expect(await readdir(join(opened.paths.temp, 'uploads'))).toEqual([]);
});

test('a discarded or refused upload leaves no file', async () => {
  const gone = await opened.library.uploads.stage({ name: 'a.mp4' });
  await writeFile(gone.path, 'x');
  await gone.discard();
  const bad = await opened.library.uploads.stage({ name: 'b.mp4' });
  await writeFile(bad.path, 'no media');
  bad.commit();
  const { importId } = await opened.handlers.import({ paths: [], uploads: [bad.uploadId] }, context);
  const view = await opened.handlers.waitForImport({ importId }, context);
  expect(view.items[0]?.error?.code).toBe('unsupported-media');
  expect(await readdir(join(opened.paths.temp, 'uploads'))).toEqual([]);
});

test.skipIf(process.getuid?.() === 0)('an unwritable library refuses the copy and stays whole', async () => {
  await makePicture(at('a.png'));
  await mkdir(opened.paths.media, { recursive: true });
  await chmod(opened.paths.media, 0o500);
  const view = await opened.importPaths([at('a.png')], 'copy');
  await chmod(opened.paths.media, 0o700);
  expect(view.items[0]?.error?.code).toBe('folder-unwritable');
  expect(opened.all()).toEqual([]);
});

test('a cancelled import stops, and what it brought stays', async () => {
  await mkdir(at('many'));
  await makePicture(at('p.png'));
  for (let index = 0; index < 60; index += 1) {
    await writeFile(at('many', `${index}.png`), Buffer.concat([await readFile(at('p.png')), Buffer.from([index])]));
  }
  const { importId } = await opened.handlers.import({ paths: [at('many')], uploads: [] }, context);
  while ((await opened.handlers.getImport({ importId }, context)).imported < 3)
    await new Promise((next) => setTimeout(next, 5));
  await opened.handlers.cancelImport({ importId }, context);
  const view = await opened.handlers.waitForImport({ importId }, context);
  expect(view.state).toBe('cancelled');
  expect(view.imported).toBeLessThan(60);
  expect(opened.all().length).toBe(view.imported);
});

test('announcements come in bursts and end with the final state', async () => {
  const events: Pick<EngineEvent, 'type'>[] = [];
  const imports: string[] = [];
  opened.library.events.on('assetsChanged', () => events.push({ type: 'assets-changed' }));
  opened.library.events.on('importChanged', (view) => imports.push(view.state));
  await mkdir(at('many'));
  await makePicture(at('p.png'));
  for (let index = 0; index < 30; index += 1) {
    await writeFile(at('many', `${index}.png`), Buffer.concat([await readFile(at('p.png')), Buffer.from([index])]));
  }
  await opened.importPaths([at('many')]);
  expect(imports.at(-1)).toBe('finished');
  await opened.settle();
  await new Promise((next) => setTimeout(next, 80));
  expect(events.length).toBeGreaterThan(0);
  expect(imports.length).toBeLessThan(40);
});

test('moved files are found missing, and found again by their content below a folder', async () => {
  await mkdir(at('shoot'));
  await makeVideo(at('shoot', 'a.mp4'));
  await makeLarge(at('shoot', 'b.wav'));
  await opened.importPaths([at('shoot')]);
  await opened.settle();
  await rename(at('shoot'), at('moved'));
  await rename(at('moved', 'a.mp4'), at('moved', 'renamed.mp4'));
  expect(await opened.handlers.checkMissing(undefined, context)).toEqual({ missing: 2 });
  expect(opened.library.facets().missing).toBe(2);
  const { id } = opened.byName('a.mp4');
  expect(await opened.library.media.resolve(id, 'original')).toBeNull();
  await expect(opened.library.media.renderSource(id)).rejects.toMatchObject({ code: 'media-missing' });
  const answer = await opened.handlers.relink({ path: at('moved') }, context);
  expect(answer.relinked).toHaveLength(2);
  expect(answer.stillMissing).toBe(0);
  expect(opened.library.get(id).locations).toEqual([
    { path: at('moved', 'renamed.mp4'), mode: 'link', isMissing: false },
  ]);
});

test('a missing file cannot be relinked to another content', async () => {
  await makeVideo(at('a.mp4'), { seconds: 0.5 });
  await makeVideo(at('b.mp4'), { seconds: 0.7 });
  await opened.importPaths([at('a.mp4')]);
  const { id } = opened.byName('a.mp4');
  await rename(at('a.mp4'), at('elsewhere.mp4'));
  await opened.library.checkMissing(context.signal);
  await expect(opened.handlers.relink({ assetId: id, path: at('b.mp4') }, context)).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await opened.handlers.relink({ assetId: id, path: at('elsewhere.mp4') }, context)).toEqual({
    relinked: [id],
    stillMissing: 0,
  });
});

test('a file that was touched is the same; one written anew with the same length is not', async () => {
  await makeSound(at('touched.wav'));
  await makeSound(at('changed.wav'), { hz: 880 });
  await opened.importPaths([at('touched.wav'), at('changed.wav')]);
  await utimes(at('touched.wav'), new Date(), new Date(Date.now() + 60_000));
  const bytes = await readFile(at('changed.wav'));
  bytes.fill(7, bytes.length - 100);
  await writeFile(at('changed.wav'), bytes);
  await utimes(at('changed.wav'), new Date(), new Date(Date.now() + 60_000));
  expect(await opened.library.checkMissing(context.signal)).toBe(1);
  expect(opened.byName('touched.wav').isMissing).toBe(false);
  expect(opened.byName('changed.wav').isMissing).toBe(true);
});

test('a rendition whose source is gone fails with the reason, and is made when it is back', async () => {
  await opened.close();
  opened = openLibrary(at('library'), { isWorking: false });
  await makeVideo(at('a.mp4'));
  await opened.importPaths([at('a.mp4')]);
  await rename(at('a.mp4'), at('away.mp4'));
  await opened.close();
  opened = openLibrary(at('library'));
  await opened.settle();
  const { id, renditions } = opened.byName('a.mp4');
  expect(renditions.map((one) => one.state)).toEqual(['failed', 'failed']);
  expect(opened.jobs.list({ states: ['failed'] }).jobs[0]?.error?.code).toBe('media-missing');
  await rename(at('away.mp4'), at('a.mp4'));
  await opened.handlers.derive({ ids: [id] }, context);
  await opened.settle();
  expect(opened.byName('a.mp4').renditions.map((one) => one.state)).toEqual(['ready', 'ready']);
});

test('making a rendition again replaces its file and leaves the old one until then', async () => {
  await makeVideo(at('a.mp4'));
  await opened.importPaths([at('a.mp4')]);
  await opened.settle();
  const before = opened.byName('a.mp4');
  await opened.handlers.derive({ ids: [before.id], kinds: ['thumbnail'] }, context);
  expect(await opened.library.media.resolve(before.id, 'thumbnail')).not.toBeNull();
  await opened.settle();
  const after = opened.byName('a.mp4');
  expect(after.renditions[0]?.version).not.toBe(before.renditions[0]?.version);
  const files = await readdir(join(opened.paths.renditions, before.id));
  expect(files.filter((name) => name.startsWith('thumbnail'))).toHaveLength(1);
});

test('a cancelled job marks its rendition as failed, so that nobody waits for it', async () => {
  await opened.close();
  opened = openLibrary(at('library'), { isWorking: false });
  await makeVideo(at('a.mp4'));
  await opened.importPaths([at('a.mp4')]);
  const [job] = opened.jobs.list({ types: ['library.derive'] }).jobs;
  if (job !== undefined) await opened.jobs.cancel(job.id);
  await opened.close();
  opened = openLibrary(at('library'));
  await opened.settle();
  expect(
    opened
      .byName('a.mp4')
      .renditions.map((one) => one.state)
      .sort(),
  ).toEqual(['failed', 'ready']);
});

test('removing never deletes a file, is refused while in use, and is undone by restore or import', async () => {
  await makeVideo(at('a.mp4'));
  await opened.importPaths([at('a.mp4')], 'copy');
  const { id, locations } = opened.byName('a.mp4');
  opened.library.setUsage((ids) => (ids.includes(id) ? ['Summer ad'] : []));
  await expect(async () => opened.handlers.remove({ ids: [id], force: false }, context)).rejects.toMatchObject({
    code: 'conflict',
    userMessage: expect.stringContaining('"Summer ad"'),
  });
  await opened.handlers.remove({ ids: [id], force: true }, context);
  expect(opened.all()).toEqual([]);
  expect(opened.library.get(id).id).toBe(id);
  expect((await stat(at('a.mp4'))).size).toBeGreaterThan(0);
  expect((await stat(locations[0]?.path ?? '')).size).toBeGreaterThan(0);
  await opened.handlers.restore({ ids: [id] }, context);
  expect(opened.all()).toHaveLength(1);
  await opened.handlers.remove({ ids: [id], force: true }, context);
  expect(await opened.importPaths([at('a.mp4')])).toMatchObject({ imported: 1 });
  expect(opened.all().map((asset) => asset.id)).toEqual([id]);
});
