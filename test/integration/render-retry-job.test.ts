import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ExportView, JobView } from '#shared/contract/index.ts';
import { listVariants, type Project } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { expectError, makeProject, type Opened, openEngine, refusal, temporaryFolder } from './faults-kit.ts';

const folder = temporaryFolder('spotloom-retry-');
const source = join(folder.path, 'source.mp4');
const away = join(folder.path, 'away.mp4');
let opened: Opened;
let project: Project;

beforeAll(async () => {
  await makeVideo(source, { seconds: 1, size: '160x90', tonesHz: [440] });
  opened = await openEngine(join(folder.path, 'library'));
  await opened.importPaths([source]);
  await opened.settle();
  project = await makeProject(opened.client, 'Ad', { hook: await opened.assets() }, { seconds: 1 });
});

afterAll(async () => {
  await opened?.close();
  folder.clean();
});

/** An export that failed because its source went away right after it was asked for, with its job. */
async function failed(): Promise<{ view: ExportView; job: JobView }> {
  const { render, jobs, system } = opened.client;
  await system.clearCache();
  const { exports } = await render.start({
    ...{ projectId: project.id, variants: listVariants(project), ratios: ['16:9'], presetId: 'small-test' },
  });
  const [{ id }] = exports as [ExportView];
  await render.cancel({ id });
  renameSync(source, away);
  const { batchId, jobId } = await render.rerun({ id });
  await render.waitForBatch({ batchId });
  const view = await render.get({ id });
  expect(view.state).toBe('failed');
  return { view, job: await jobs.get({ id: jobId ?? ('' as never) }) };
}

/** Presses "Try again" at a job and waits for the end. */
async function retry(job: JobView, view: ExportView): Promise<ExportView> {
  await opened.client.jobs.retry({ id: job.id });
  await opened.client.render.waitForBatch({ batchId: view.batchId });
  return opened.client.render.get({ id: view.id });
}

it('trying a failed export’s job again makes the export', { timeout: 60_000 }, async () => {
  const { view, job } = await failed();
  expect(job.state).toBe('failed');
  // Nothing was mended: it fails again, and says so at the job and at the export.
  const again = await retry(job, view);
  expectError(again.error, 'media-missing', /relink/i);
  expect(await opened.client.jobs.get({ id: job.id })).toMatchObject({ state: 'failed', attempt: 1 });
  renameSync(away, source);
  const done = await retry(job, view);
  expect(done).toMatchObject({ state: 'finished', error: null, revision: 1, jobId: job.id });
  expect(done.isFileMissing).toBe(false);
  expect((await opened.client.jobs.get({ id: job.id })).state).toBe('succeeded');
  expectError(await refusal(opened.client.jobs.retry({ id: job.id })), 'conflict', /has not failed/);
});

it('the job of an export that was tried again elsewhere does not make it twice', { timeout: 60_000 }, async () => {
  const { view, job } = await failed();
  renameSync(away, source);
  const { batchId } = await opened.client.render.rerun({ id: view.id });
  await opened.client.render.waitForBatch({ batchId });
  // It was this very job that ran again: no list tells of a failure that is mended.
  expect((await opened.client.jobs.get({ id: job.id })).state).toBe('succeeded');
  expectError(await refusal(opened.client.jobs.retry({ id: job.id })), 'conflict', /has not failed/);
  expect((await opened.client.render.list({ batchId })).total).toBe(1);
});
