import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '#main/platform/clock/index.ts';
import type { ExportView } from '#shared/contract/index.ts';
import type { AppError } from '#shared/errors/index.ts';
import { listVariants, type Project } from '#shared/model/index.ts';
import { makeSound, makeVideo } from '../fixtures/media.ts';
import {
  countFrames,
  expectError,
  exportAll,
  makeProject,
  type Opened,
  openEngine,
  projectOf,
  temporaryFolder,
  unfinishedNames,
  until,
} from './faults-kit.ts';

const run = promisify(execFile);
const folder = temporaryFolder('spotloom-sources-');
const source = join(folder.path, 'source.mp4');
const kept = join(folder.path, 'kept.mp4');
let opened: Opened;
let project: Project;

beforeAll(async () => {
  // Long enough to be caught in the act.
  await makeVideo(kept, { seconds: 12, size: '640x360', tonesHz: [440] });
  copyFileSync(kept, source);
  opened = await openEngine(join(folder.path, 'library'));
  await opened.importPaths([source]);
  await opened.settle();
  project = await makeProject(opened.client, 'Ad', { hook: await opened.assets() });
});

afterAll(async () => {
  await opened?.close();
  folder.clean();
});

/** Puts the source back as it was imported. */
function putBack(modified: Date): void {
  rmSync(source, { force: true });
  copyFileSync(kept, source);
  utimesSync(source, modified, modified);
}

/** Starts an export, does something to its source while it is encoded, and waits for its end. */
async function exportWhile(spoil: () => void): Promise<ExportView> {
  const { render, system } = opened.client;
  await system.clearCache();
  const { exports, batchId } = await render.start({
    ...{ projectId: project.id, variants: listVariants(project), ratios: ['16:9'], presetId: 'draft' },
  });
  const [{ id }] = exports as [ExportView];
  await until(async () => (await render.get({ id })).fraction > 0.02, 'the encoding');
  spoil();
  await render.waitForBatch({ batchId });
  return render.get({ id });
}

async function rerun(id: string): Promise<ExportView> {
  const { batchId } = await opened.client.render.rerun({ id });
  await opened.client.render.waitForBatch({ batchId });
  return opened.client.render.get({ id });
}

describe('a source that goes away during an export', () => {
  it('deleted: says so, leaves nothing, and the export goes on when it is back', async () => {
    const modified = statSync(source).mtime;
    const view = await exportWhile(() => rmSync(source));
    expect(view.state).toBe('failed');
    expect(['file-not-found', 'media-missing']).toContain(view.error?.code);
    expect(view.error?.userMessage).toMatch(/relink|moved, renamed or unplugged/i);
    expect(view.error?.retry).toBe('relink');
    const outcome = await exportAll(opened.client, project, listVariants(project)).then(
      ([one]) => one?.error,
      (error: AppError) => error,
    );
    expectError(outcome, 'media-missing', /relink|replace/i);
    expect(unfinishedNames(join(folder.path, 'library'))).toEqual([]);

    putBack(modified);
    await opened.client.library.checkMissing();
    const again = await rerun(view.id);
    expect(again).toMatchObject({ state: 'finished', error: null });
    expect(await countFrames(again.path)).toBe(360);
  });

  it('replaced by another of the same length: says so, uses none of it, and the export goes on with the right one', async () => {
    const modified = statSync(source).mtime;
    const other = readFileSync(kept);
    for (let at = Math.floor(other.length / 2); at < other.length - 5000; at += 97) other[at] = (other[at] ?? 0) ^ 0x55;
    const view = await exportWhile(() => {
      writeFileSync(join(folder.path, 'other.mp4'), other);
      renameSync(join(folder.path, 'other.mp4'), source);
    });
    expect(view.state).toBe('failed');
    expectError(view.error, 'file-changed', /import it again|relink/i);
    expect(view.error?.retry).toBe('relink');
    putBack(modified);
    await opened.client.library.checkMissing();
    expect((await rerun(view.id)).state).toBe('finished');
  });
});

it('many starts of the same export at once make as many files and revisions, nothing twice', async () => {
  const short = await makeProject(opened.client, 'Short', { hook: await opened.assets() }, { seconds: 1 });
  const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
  const both = await Promise.all(numbers.map(() => exportAll(opened.client, short, listVariants(short))));
  const views = both.flat();
  expect(views.map(({ state, error }) => [state, error])).toEqual(views.map(() => ['finished', null]));
  expect(new Set(views.map(({ path }) => path)).size).toBe(numbers.length);
  const { releases } = await opened.client.render.releases({ projectId: short.id });
  expect(releases.map(({ revision }) => revision).sort()).toEqual(numbers);
  expect(new Set(releases.map(({ creativeId }) => creativeId)).size).toBe(1);
});

it('two programs on one library import and export at once: nothing twice, nothing lost', async () => {
  const twins = join(folder.path, 'twins');
  const footage = join(twins, 'footage');
  mkdirSync(footage, { recursive: true });
  await makeVideo(join(footage, 'a.mp4'), { seconds: 1, size: '160x90', tonesHz: [440] });
  await makeVideo(join(footage, 'b.mp4'), { seconds: 1, size: '160x90', source: 'testsrc' });
  await makeSound(join(footage, 'c.wav'));
  const child = join(import.meta.dirname, 'faults-twin-child.ts');
  const answers = await Promise.all(['one', 'two'].map((name) => run(process.execPath, [child, twins, name])));
  for (const { stdout } of answers) {
    expect(JSON.parse(stdout)).toMatchObject({ refused: 0, states: ['finished', 'finished'] });
  }
  const after = await openEngine(join(twins, 'library'), { isWorking: false });
  try {
    const assets = await after.assets();
    expect(assets.map(({ name }) => name).sort()).toEqual(['a.mp4', 'b.mp4', 'c.wav']);
    expect(assets.flatMap(({ renditions }) => renditions).every(({ state }) => state === 'ready')).toBe(true);
    expect(readdirSync(join(twins, 'library', 'media'))).toHaveLength(3);
    const { exports } = await after.client.render.list({});
    expect(new Set(exports.map(({ fileName }) => fileName)).size).toBe(4);
    expect(readdirSync(join(twins, 'out')).sort()).toEqual(
      ['manifests', ...exports.map(({ fileName }) => fileName)].sort(),
    );
    for (const { path, frameCount } of exports) expect(await countFrames(path)).toBe(frameCount);
    expect((await after.client.jobs.list({})).counts).toMatchObject({ failed: 0, cancelled: 0, running: 0, queued: 0 });
    expect(unfinishedNames(twins)).toEqual([]);
  } finally {
    await after.close();
  }
});

it('a clock that jumps years back and forth stops no job and loses no edit', async () => {
  const system = systemClock();
  let offsetMs = 0;
  const clock: Clock = { ...system, nowMs: () => system.nowMs() + offsetMs };
  const jumpy = await openEngine(join(folder.path, 'jumpy'), { clock });
  const yearMs = 365 * 86_400_000;
  try {
    await jumpy.importPaths([kept]);
    offsetMs = -10 * yearMs;
    const [asset] = await jumpy.assets();
    if (!asset) throw new Error('nothing was imported');
    const ad = await makeProject(jumpy.client, 'Jumpy', { hook: [asset] }, { seconds: 1 });
    const { id } = ad;
    for (const [at, years] of [20, -40, 3].entries()) {
      offsetMs = years * yearMs;
      await jumpy.client.projects.apply({ id, edit: { type: 'project.rename', name: `Jump ${at}` } });
    }
    const [view] = await exportAll(jumpy.client, ad, listVariants(ad));
    expect(view?.state).toBe('finished');
    await jumpy.settle();
    expect((await jumpy.client.jobs.list({})).counts).toMatchObject({ failed: 0, cancelled: 0 });
    expect((await jumpy.client.projects.undo({ id })).project.name).toBe('Jump 1');
    expect((await projectOf(jumpy.client, id)).name).toBe('Jump 1');
    const { entries } = await jumpy.client.projects.history({ id });
    const order = entries.map(({ seq }) => seq);
    expect([...order].sort((a, b) => a - b)).toEqual(
      order.at(0) === 0 || (order[0] ?? 0) < (order[1] ?? 0) ? order : [...order].reverse(),
    );
  } finally {
    await jumpy.close();
  }
});
