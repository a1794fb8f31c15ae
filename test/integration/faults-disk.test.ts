import { appendFileSync, copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ExportView } from '#shared/contract/index.ts';
import type { AppErrorData } from '#shared/errors/index.ts';
import { type Asset, listVariants, type Project } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import {
  countFrames,
  expectError,
  exportAll,
  makeProject,
  mountDisk,
  type Opened,
  openEngine,
  projectOf,
  refusal,
  type SmallDisk,
  temporaryFolder,
  unfinishedNames,
  until,
  whyNoMounts,
} from './faults-kit.ts';

const why = whyNoMounts();
const folder = temporaryFolder('spotloom-disk-');
const clip = join(folder.path, 'clip.mp4');
/** Four seconds of noise: its export is larger than what must be free before one is begun. */
const noise = join(folder.path, 'noise.mp4');
const undo: (() => unknown)[] = [];

beforeAll(async () => {
  await makeVideo(clip, { seconds: 1, size: '160x90', tonesHz: [440] });
  const filter = "geq=lum='random(1)*255':cb=128:cr=128";
  await makeVideo(noise, { seconds: 4, size: '320x180', source: 'nullsrc', filter });
});

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});
afterAll(() => folder.clean());

function disk(name: string, megabytes: number): SmallDisk {
  const mounted = mountDisk(join(folder.path, name), megabytes);
  undo.push(() => mounted.unmount());
  return mounted;
}

async function open(library: string): Promise<Opened> {
  const opened = await openEngine(library);
  undo.push(() => opened.close());
  return opened;
}

/** A copy of a clip that is content of its own, made larger by bytes nobody looks at. */
function largeClip(name: string, megabytes: number): string {
  const path = join(folder.path, name);
  copyFileSync(clip, path);
  const size = megabytes * 1024 * 1024;
  const head = Buffer.alloc(8);
  head.writeUInt32BE(size);
  head.write('free', 4, 'latin1');
  appendFileSync(path, Buffer.concat([head, Buffer.alloc(size - 8, name)]));
  return path;
}

async function projectOver(
  opened: Opened,
  path: string,
  seconds?: number,
): Promise<{ asset: Asset; project: Project }> {
  await opened.importPaths([path]);
  await opened.settle();
  const [asset] = await opened.assets();
  if (!asset) throw new Error('nothing was imported');
  const project = await makeProject(opened.client, 'Ad', { hook: [asset] }, seconds === undefined ? {} : { seconds });
  return { asset, project };
}

/** An export whose folder goes bad while it is encoded. */
async function failMidway(opened: Opened, project: Project, outDir: string, spoil: () => void): Promise<ExportView> {
  const { render, system } = opened.client;
  await system.clearCache();
  const { exports } = await render.start({
    ...{ projectId: project.id, variants: listVariants(project), ratios: ['16:9'], presetId: 'small-test', outDir },
  });
  const [{ id, batchId }] = exports as [ExportView];
  await until(async () => (await render.get({ id })).fraction > 0.01, 'the encoding');
  spoil();
  await render.waitForBatch({ batchId });
  const view = await render.get({ id });
  expect(view.state).toBe('failed');
  return view;
}

async function rerun({ client }: Opened, id: string): Promise<ExportView> {
  const { batchId } = await client.render.rerun({ id });
  await client.render.waitForBatch({ batchId });
  return client.render.get({ id });
}

describe.skipIf(why !== null)(`a full disk${why === null ? '' : ` (not here: ${why})`}`, () => {
  it('refuses a copy into the library that does not fit, imports the one that does, and takes both later', async () => {
    const small = disk('copy', 80);
    const opened = await open(join(small.path, 'library'));
    const paths = [largeClip('large.mp4', 60), clip];
    const view = await opened.importPaths(paths, 'copy');
    const large = view.items.find(({ path }) => path.endsWith('large.mp4'));
    expect(view).toMatchObject({ imported: 1, refused: 1 });
    expectError(large?.error, 'disk-full', /free some space.*again/i);
    await opened.settle();
    expect(readdirSync(join(small.path, 'library', 'media'))).toHaveLength(1);
    expect(unfinishedNames(small.path)).toEqual([]);

    small.resize(200);
    expect(await opened.importPaths(paths, 'copy')).toMatchObject({ imported: 1, duplicates: 1, refused: 0 });
  });

  it('fails a rendition, keeps the media, and makes it when there is space again', async () => {
    const library = join(folder.path, 'derive');
    const small = disk('derive/renditions', 2);
    small.fill(1000);
    const opened = await open(library);
    expect(await opened.importPaths([clip])).toMatchObject({ imported: 1 });
    await opened.settle();
    const states = async () =>
      (await opened.assets()).flatMap(({ renditions }) => renditions.map(({ state }) => state));
    await until(async () => !(await states()).includes('queued'), 'what became of the renditions');
    const [asset] = await opened.assets();
    expect(asset?.renditions.map(({ state }) => state)).toContain('failed');
    const { jobs } = await opened.client.jobs.list({ states: ['failed'] });
    for (const job of jobs) {
      expectError(job.error, 'disk-full', /free some space/i);
      expect(job.error?.retry).toBe('free-space');
    }
    expect(unfinishedNames(library)).toEqual([]);

    small.empty();
    await opened.client.library.derive({ ids: asset ? [asset.id] : [] });
    await opened.settle();
    const [again] = await opened.assets();
    expect(again?.renditions.map(({ kind, state }) => `${kind} ${state}`)).toEqual(
      again?.renditions.map(({ kind }) => `${kind} ready`),
    );
  });

  it('stops an export before or in the midst of writing, leaves nothing behind, and goes on when asked again', async () => {
    const out = disk('out', 8);
    const opened = await open(join(folder.path, 'export-library'));
    const { project } = await projectOver(opened, noise);
    const variants = listVariants(project);

    // Too little to begin with: nothing is started.
    out.fill(100_000);
    const refused = await refusal(exportAll(opened.client, project, variants, { outDir: out.path }));
    expectError(refused, 'disk-full', /free some space|choose another/i);
    // Enough to begin with, and then not enough for the file.
    out.empty();
    const midway = await failMidway(opened, project, out.path, () => out.fill(1_000_500));
    expectError(midway.error, 'disk-full', /free some space/i);
    expect(readdirSync(out.path)).toEqual(['filler']);

    out.empty();
    const again = await rerun(opened, midway.id);
    expect(again).toMatchObject({ state: 'finished', error: null, revision: 1 });
    expect(await countFrames(again.path)).toBe(again.frameCount);
    expect(unfinishedNames(out.path)).toEqual([]);
  });

  it('stops an export when the library has no room for its pieces', async () => {
    const small = disk('pieces', 40);
    const out = join(folder.path, 'pieces-out');
    const opened = await open(join(small.path, 'library'));
    const { project } = await projectOver(opened, noise);
    small.fill(600_000);
    const [view] = await exportAll(opened.client, project, listVariants(project), { outDir: out });
    expect(view?.state).toBe('failed');
    expectError(view?.error, 'disk-full', /free some space/i);
    small.empty();
    expect((await rerun(opened, view?.id ?? '')).state).toBe('finished');
    expect(unfinishedNames(small.path)).toEqual([]);
  });

  it.each([
    // The fonts do not even fit; a run's pieces do not; what is drawn without loss between two passes does not.
    { what: 'its workroom', at: 'temp', freeBytes: [100_000, 3_300_000], isTwoPass: false },
    { what: 'its workroom, in two passes', at: 'temp', freeBytes: [12_000_000], isTwoPass: true },
    // Nothing fits; the first pieces do.
    { what: 'its cache', at: 'cache/segments', freeBytes: [0, 700_000], isTwoPass: false },
  ])('stops an export when there is no room in $what, keeps nothing wrong, and goes on later', async (one) => {
    const library = join(folder.path, `inside-${one.at.replace('/', '-')}-${one.isTwoPass}`);
    const small = disk(join(library, one.at).slice(folder.path.length + 1), 60);
    const opened = await open(library);
    const { project } = await projectOver(opened, noise);
    const request = { projectId: project.id, variants: listVariants(project), ratios: ['16:9' as const] };
    const rateControl = one.isTwoPass ? { mode: 'size' as const, maxBytes: 400_000, isTwoPass: true } : undefined;
    const start = (of: object) => opened.client.render.start({ ...request, presetId: 'small-test', ...of });
    for (const freeBytes of one.freeBytes) {
      small.fill(freeBytes);
      const { batchId } = await start(rateControl ? { rateControl } : {});
      const [failed] = (await opened.client.render.waitForBatch({ batchId })).exports;
      expect(failed?.state).toBe('failed');
      expectError(failed?.error, 'disk-full', /free some space/i);
      expect(failed?.error?.retry).toBe('free-space');
      expect(unfinishedNames(library)).toEqual([]);
      expect(readdirSync(join(library, 'exports'), { recursive: true })).toEqual([]);
    }
    const [id] = (await opened.client.render.list({})).exports.map((view) => view.id);
    small.empty();
    const done = await rerun(opened, id ?? '');
    expect(done).toMatchObject({ state: 'finished', error: null, check: { isPassed: true } });
    expect(await countFrames(done.path)).toBe(done.frameCount);
  });

  it('refuses an edit that cannot be stored, keeps all before it, and takes it when there is space again', async () => {
    const small = disk('database', 30);
    const library = join(small.path, 'library');
    const opened = await open(library);
    const { client } = opened;
    const { project } = await client.projects.create({ name: 'Before' });
    const { id } = project;
    small.fill(0);
    const rename = (name: string) => client.projects.apply({ id, edit: { type: 'project.rename', name } });
    let stored = 0;
    let error: unknown = null;
    // The database has some room of its own; it must end.
    for (; error === null && stored < 2000; stored += 1) {
      await rename(`${stored} ${'x'.repeat(150)}`).catch((thrown: unknown) => {
        error = thrown;
        stored -= 1;
      });
    }
    expectError(error as never, 'disk-full', /free some space/i);
    expectError(await refusal(client.projects.create({ name: 'Another' })), 'disk-full', /free some space/i);
    const now = await projectOf(client, id);
    expect(now.name).toBe(stored === 0 ? 'Before' : `${stored - 1} ${'x'.repeat(150)}`);
    expectError(await refusal(openEngine(library)), 'disk-full', /free some space/i);

    small.empty();
    await rename('After');
    expect((await projectOf(client, id)).name).toBe('After');
    const second = await open(library);
    expect((await projectOf(second.client, id)).name).toBe('After');
  });

  it('does not open a new library, and does when there is space again', async () => {
    const small = disk('new', 4);
    small.fill(20_000);
    const library = join(small.path, 'library');
    expectError(await refusal(openEngine(library)), 'disk-full', /free some space/i);
    small.empty();
    const opened = await open(library);
    expect((await opened.client.projects.list({})).projects).toEqual([]);
  });

  it('holds up jobs, loses none, and they end when there is space again', async () => {
    const small = disk('queue', 30);
    const opened = await open(join(small.path, 'library'));
    await opened.client.settings.update({ cpuJobs: 1 });
    const view = await opened.importPaths([clip, noise]);
    expect(view.imported).toBe(2);
    small.fill(0);
    await until(async () => (await opened.client.jobs.list({ limit: 1 })).total > 0, 'jobs');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    small.empty();
    await opened.settle();
    const ids = (await opened.assets()).map(({ id }) => id);
    await opened.client.library.derive({ ids });
    await opened.settle();
    for (const asset of await opened.assets()) {
      expect(asset.renditions.length).toBeGreaterThan(0);
      expect(asset.renditions.every(({ state }) => state === 'ready')).toBe(true);
    }
    expect(unfinishedNames(small.path)).toEqual([]);
  });
});

describe('a folder that cannot be written', () => {
  it('is named when it lies below a file, and the export goes on elsewhere', async () => {
    const opened = await open(join(folder.path, 'below-library'));
    const { project } = await projectOver(opened, clip);
    writeFileSync(join(folder.path, 'a file'), 'x');
    const request = { projectId: project.id, variants: listVariants(project), ratios: ['1:1' as const] };
    const outDir = join(folder.path, 'a file', 'out');
    const outcome = await opened.client.render.start({ ...request, presetId: 'small-test', outDir }).then(
      async ({ batchId }) => (await opened.client.render.waitForBatch({ batchId })).exports[0]?.error ?? null,
      (error: AppErrorData) => error,
    );
    expectError(outcome, 'folder-unwritable', /choose another/i);
    const elsewhere = { outDir: join(folder.path, 'made', 'on the way') };
    const [view] = await exportAll(opened.client, project, listVariants(project), elsewhere);
    expect(view?.state).toBe('finished');
    expectError(
      await refusal(openEngine(join(folder.path, 'a file', 'library'))),
      'folder-unwritable',
      /choose another/i,
    );
  });

  it.skipIf(why !== null)(
    'is named when its disk is read-only or becomes so, and the export can be had when it is not',
    async () => {
      const out = disk('read-only', 20);
      const opened = await open(join(folder.path, 'read-only-library'));
      const { project } = await projectOver(opened, noise);
      const variants = listVariants(project);
      out.setReadOnly(true);
      const refused = await refusal(exportAll(opened.client, project, variants, { outDir: out.path }));
      expectError(refused, 'folder-unwritable', /choose another|permissions/i);
      out.setReadOnly(false);
      const midway = await failMidway(opened, project, out.path, () => out.setReadOnly(true));
      expectError(midway.error, 'folder-unwritable', /choose another|permissions/i);
      out.setReadOnly(false);
      expect((await rerun(opened, midway.id)).state).toBe('finished');
    },
  );

  it.skipIf(why !== null)('is named when it is the library, which opens unharmed later', async () => {
    const small = disk('library-disk', 30);
    const library = join(small.path, 'library');
    const first = await openEngine(library);
    await first.client.projects.create({ name: 'Kept' });
    await first.close();
    small.setReadOnly(true);
    expectError(await refusal(openEngine(library)), 'folder-unwritable', /choose another|permissions/i);
    small.setReadOnly(false);
    const opened = await open(library);
    expect((await opened.client.projects.list({})).projects.map(({ name }) => name)).toEqual(['Kept']);
  });
});
