import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ExportView } from '#shared/contract/index.ts';
import { listVariants, type Project } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { processesIn } from './faults-kill-checks.ts';
import {
  expectError,
  exportAll,
  ffmpegWrapper,
  makeProject,
  type Opened,
  openEngine,
  pause,
  refusal,
  temporaryFolder,
  unfinishedNames,
  until,
} from './faults-kit.ts';

const folder = temporaryFolder('spotloom-ffmpeg-');
const clip = join(folder.path, 'clip.mp4');
const flag = (name: string) => join(folder.path, name);
let opened: Opened;
let project: Project;
let made = 0;

/** Passes on what is asked to look at the program; real work crashes midway, or never ends, while the flag is there. */
const moody = `case "$*" in *-progress*)
if [ -e "${flag('hang')}" ]; then exec sleep 600; fi
if [ -e "${flag('crash')}" ]; then
  [ -e "${flag('crash-once')}" ] && rm -f "${flag('crash')}"
  "$real" "$@" & child=$!
  sleep 0.05; kill -SEGV $child; wait $child 2>/dev/null
  kill -SEGV $$
fi;; esac`;

beforeAll(async () => {
  await makeVideo(clip, { seconds: 1, size: '160x90', tonesHz: [440] });
  opened = await openEngine(join(folder.path, 'library'));
  await opened.importPaths([clip]);
  await opened.settle();
  project = await makeProject(opened.client, 'Ad', { hook: await opened.assets() });
});

afterEach(async () => {
  for (const name of ['hang', 'crash', 'crash-once']) rmSync(flag(name), { force: true });
  await opened.client.settings.update({ ffmpegPath: null });
});

afterAll(async () => {
  await opened?.close();
  folder.clean();
});

/** Programs that hang sleep for ten minutes: whoever waits for one of them takes longer than this. */
const hangMs = 30_000;
const put = (name: string) => writeFileSync(flag(name), '');

/** Makes the engine use this program and waits until it has looked at it. */
async function use(ffmpegPath: string | null): Promise<string> {
  await opened.client.settings.update({ ffmpegPath });
  return (await opened.client.system.findFfmpeg()).state;
}

/** Footage that was never seen before. */
async function freshClip(): Promise<string> {
  made += 1;
  const path = join(folder.path, `fresh ${made}.mp4`);
  await makeVideo(path, { seconds: 1, size: '160x90', tonesHz: [300 + made] });
  return path;
}

async function cleanExport(): Promise<ExportView | undefined> {
  await opened.client.system.clearCache();
  return (await exportAll(opened.client, project, listVariants(project)))[0];
}

it('says that the chosen ffmpeg is not there, where to change it, and goes on when it is', async () => {
  expect(await use('/nowhere/ffmpeg')).toBe('missing');
  const path = await freshClip();
  const { items } = await opened.importPaths([path]);
  expectError(items[0]?.error, 'ffmpeg-missing', /settings/i);
  expect(items[0]?.error?.retry).toBe('open-settings');
  expectError(await refusal(exportAll(opened.client, project, listVariants(project))), 'ffmpeg-missing', /settings/i);
  const { checks } = await opened.client.system.doctor();
  expect(checks.find(({ id }) => id === 'ffmpeg')).toMatchObject({ state: 'error', fix: expect.stringMatching(/./) });

  expect(await use(null)).not.toBe('missing');
  expect(await opened.importPaths([path])).toMatchObject({ imported: 1 });
  expect((await cleanExport())?.state).toBe('finished');
});

it('finds the system’s ffmpeg also when PATH is empty', async () => {
  const { PATH } = process.env;
  process.env.PATH = '';
  try {
    expect(await use(null)).not.toBe('missing');
  } finally {
    process.env.PATH = PATH;
  }
});

it('says that an ffmpeg is too old, and what it lacks', async () => {
  const old = ffmpegWrapper(
    join(folder.path, 'old'),
    `case "$*" in *-version*) echo 'ffmpeg version 2.8.17'; echo 'libavutil      54. 31.100 / 54. 31.100';; *) exit 1;; esac
exit 0`,
  );
  expect(await use(old)).toBe('missing');
  const { items } = await opened.importPaths([await freshClip()]);
  expectError(items[0]?.error, 'ffmpeg-too-old', /2\.8\.17.*lacks.*install/is);
  expectError(await refusal(exportAll(opened.client, project, listVariants(project))), 'ffmpeg-too-old', /install/i);
});

it('says that ffmpeg crashed, leaves nothing half-made, and succeeds when asked again', async () => {
  expect(await use(ffmpegWrapper(join(folder.path, 'moody'), moody))).not.toBe('missing');
  put('crash');
  const view = await cleanExport();
  expect(view?.state).toBe('failed');
  expectError(view?.error, 'ffmpeg-crashed', /again|another version/i);
  expect(unfinishedNames(join(folder.path, 'library'))).toEqual([]);
  rmSync(flag('crash'));
  const { batchId } = await opened.client.render.rerun({ id: view?.id ?? '' });
  await opened.client.render.waitForBatch({ batchId });
  expect(await opened.client.render.get({ id: view?.id ?? '' })).toMatchObject({ state: 'finished', error: null });
});

it('tries a rendition again by itself after a crash, and others are not held up', async () => {
  await use(ffmpegWrapper(join(folder.path, 'moody'), moody));
  put('crash-once');
  put('crash');
  await opened.importPaths([await freshClip()]);
  await opened.settle();
  expect(existsSync(flag('crash'))).toBe(false);
  for (const asset of await opened.assets()) {
    expect(asset.renditions.map(({ state }) => state)).toEqual(asset.renditions.map(() => 'ready'));
  }
});

it('can be cancelled while ffmpeg hangs, and exports again afterwards', async () => {
  await use(ffmpegWrapper(join(folder.path, 'moody'), moody));
  put('hang');
  await opened.client.system.clearCache();
  const { exports, batchId } = await opened.client.render.start({
    ...{ projectId: project.id, variants: listVariants(project), ratios: ['1:1'], presetId: 'small-test' },
  });
  await until(() => sleepers() > 0, 'the hanging program');
  const startMs = Date.now();
  await opened.client.render.cancel({ batchId });
  expect(Date.now() - startMs).toBeLessThan(hangMs);
  const id = exports[0]?.id ?? '';
  expect((await opened.client.render.get({ id })).state).toBe('cancelled');
  expect(sleepers()).toBe(0);
  rmSync(flag('hang'));
  await opened.client.render.rerun({ id });
  await opened.client.render.waitForBatch({ batchId });
  expect((await opened.client.render.get({ id })).state).toBe('finished');
});

it('lets an import be cancelled while ffprobe hangs', async () => {
  const beside = ffmpegWrapper(join(folder.path, 'stuck'), '');
  writeFileSync(
    join(folder.path, 'stuck', 'ffprobe'),
    `#!/bin/sh\ncase "$*" in *-version*) exec /usr/bin/env ffprobe "$@";; esac\nexec sleep 600\n`,
  );
  chmodSync(join(folder.path, 'stuck', 'ffprobe'), 0o755);
  expect(await use(beside)).not.toBe('missing');
  const { importId } = await opened.client.library.import({ paths: [await freshClip()] });
  await pause(300);
  await opened.client.library.cancelImport({ importId });
  const view = await opened.client.library.waitForImport({ importId }, { signal: AbortSignal.timeout(hangMs) });
  expect(view).toMatchObject({ state: 'cancelled', imported: 0 });
});

it('closes while ffmpeg hangs, and the next start does the work', async () => {
  await use(ffmpegWrapper(join(folder.path, 'moody'), moody));
  put('hang');
  await opened.client.system.clearCache();
  const request = { projectId: project.id, variants: listVariants(project), presetId: 'small-test' };
  const { exports, batchId } = await opened.client.render.start({ ...request, ratios: ['4:5'] });
  await until(() => sleepers() > 0, 'the hanging program');
  const startMs = Date.now();
  await opened.close();
  expect(Date.now() - startMs).toBeLessThan(hangMs);
  expect(sleepers()).toBe(0);
  expect(processesIn(folder.path)).toEqual([]);
  rmSync(flag('hang'));
  opened = await openEngine(join(folder.path, 'library'));
  await opened.client.render.waitForBatch({ batchId });
  expect(await opened.client.render.get({ id: exports[0]?.id ?? '' })).toMatchObject({
    state: 'finished',
    revision: 1,
  });
});

/** Programs of ours that hang. */
function sleepers(): number {
  return processesIn(folder.path).filter((line) => / sleep 600$/.test(line)).length;
}
