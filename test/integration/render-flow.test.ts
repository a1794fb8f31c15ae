import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ExportView } from '#shared/contract/render.ts';
import type { Asset, ProjectId } from '#shared/model/index.ts';
import { type CountingFfmpeg, countingFfmpeg, flowProject, numberedAssets } from '../fixtures/flow-kit.ts';
import { readNumbers } from '../fixtures/numbered.ts';
import {
  exportAll,
  exportRequest,
  openRenderEngine,
  openRenderKit,
  type RenderEngine,
  type RenderKit,
  sourcesOf,
} from '../fixtures/render-kit.ts';

const signal = new AbortController().signal;
const everything = { offset: 0, limit: 100 };
let kit: RenderKit;
let ffmpeg: CountingFfmpeg;
let footage: Asset[];
let engine: RenderEngine;

beforeAll(async () => {
  kit = await openRenderKit();
  ffmpeg = countingFfmpeg(kit.ffmpeg);
  footage = await numberedAssets(kit, ['hook1', 'hook2', 'body']);
  engine = open();
}, 60_000);
afterEach(() => {
  ffmpeg.beforeEncoding = () => {};
});
afterAll(async () => {
  await engine.dispose();
  await kit.dispose();
});

/** One encoder at a time: what comes first is known. */
function open(): RenderEngine {
  return openRenderEngine(kit, sourcesOf(footage), [], { ffmpeg, workers: 1 });
}

const words = (...texts: string[]) => texts.map((text) => ({ text, startFrame: 0 }));
const statesOf = (views: readonly ExportView[]) => views.map((one) => one.state);
const hookNumbers = Array.from({ length: 45 }, (_, n) => n);
const bodyNumbers = Array.from({ length: 90 }, (_, n) => n);

/** Lets `count` runs encode, then holds the next until it is told to stop; resolves when it is reached. */
function holdAfter(count: number): Promise<void> {
  const reached = Promise.withResolvers<void>();
  let runs = 0;
  ffmpeg.beforeEncoding = async (options) => {
    runs += 1;
    if (runs <= count) return;
    reached.resolve();
    await new Promise<void>((done) => options.signal?.addEventListener('abort', () => done(), { once: true }));
  };
  return reached.promise;
}

test('a paused batch stays paused over a restart, goes on as it was begun, and encodes nothing twice', async () => {
  const ad = flowProject('paused', words('One', 'Two'));
  engine.projects.set(ad.id, ad);
  const request = exportRequest(ad, { ratios: ['16:9', '9:16'] });
  const { distinctSeconds, missingSeconds } = await engine.render.estimate(request, signal);
  expect(missingSeconds).toBe(distinctSeconds);
  const reached = holdAfter(1);
  const before = ffmpeg.encoded;
  const { batchId } = await engine.render.start(request, signal);
  await reached;
  await engine.render.pause({ batchId });
  const kept = ffmpeg.encoded - before;
  expect(kept).toBeGreaterThan(0);
  expect(new Set(statesOf(engine.render.list({ batchId }, everything).exports))).toEqual(new Set(['paused']));
  expect(engine.render.runningCount()).toBe(0);
  expect(engine.jobs.counts({ states: ['queued', 'running'] })).toMatchObject({ queued: 0, running: 0 });
  // What waits for the batch is not kept waiting.
  expect(new Set(statesOf(await engine.render.waitForBatch(batchId, signal)))).toEqual(new Set(['paused']));

  await engine.dispose();
  ffmpeg.beforeEncoding = () => {};
  engine = open();
  // Changed meanwhile: what was paused is still about the words it was started with.
  engine.projects.set(ad.id, flowProject('paused', words('Other', 'Two')));
  expect(new Set(statesOf(engine.render.list({ batchId }, everything).exports))).toEqual(new Set(['paused']));
  const left = (await engine.render.estimate(request, signal)).missingSeconds;
  expect(left).toBeLessThan(missingSeconds);
  await engine.render.resume({ batchId });
  const done = await engine.render.waitForBatch(batchId, signal);
  expect(new Set(statesOf(done))).toEqual(new Set(['finished']));
  expect(await readNumbers(done[0]?.path ?? '')).toEqual([...hookNumbers, ...bodyNumbers]);

  const pieces = done.flatMap((one) => engine.render.explain(one.id).segments);
  const made = pieces.filter((one) => one.reason === 'first-time');
  // As many as were encoded, over pause and restart, and each by one export alone.
  expect(made).toHaveLength(ffmpeg.encoded - before);
  expect(made.reduce((sum, one) => sum + one.frames, 0) / 30).toBeCloseTo(distinctSeconds, 5);
  const { exportIds } = await engine.render.affected(ad.id, signal);
  const changed = done.filter((one) => one.variantName.startsWith('Hook 1'));
  expect(exportIds.sort()).toEqual(changed.map((one) => one.id).sort());
}, 60_000);

test('paused exports can be cancelled, and all that is paused goes on at once', async () => {
  const ads = ['all-1', 'all-2'].map((id) => flowProject(id, words(`${id} one`, `${id} two`)));
  for (const ad of ads) engine.projects.set(ad.id, ad);
  const reached = holdAfter(0);
  const [first, second] = await Promise.all(ads.map((ad) => engine.render.start(exportRequest(ad), signal)));
  await reached;
  await engine.render.pause({ isAll: true });
  ffmpeg.beforeEncoding = () => {};
  const batches = await engine.render.batches({ states: ['paused'] });
  expect(batches.map(({ counts, fitting }) => [counts.paused, fitting])).toEqual([
    [2, 2],
    [2, 2],
  ]);
  await engine.render.cancel({ id: first?.exports[1]?.id ?? '' });
  expect(engine.render.get(first?.exports[1]?.id ?? '').state).toBe('cancelled');
  await engine.render.resume({ isAll: true });
  expect(statesOf(await engine.render.waitForBatch(first?.batchId ?? ('' as never), signal))).toEqual([
    'finished',
    'cancelled',
  ]);
  expect(statesOf(await engine.render.waitForBatch(second?.batchId ?? ('' as never), signal))).toEqual([
    'finished',
    'finished',
  ]);
  // The batch as a whole takes the cancelled one along.
  await engine.render.resume({ batchId: first?.batchId ?? ('' as never) });
  expect(statesOf(await engine.render.waitForBatch(first?.batchId ?? ('' as never), signal))).toEqual([
    'finished',
    'finished',
  ]);
  const [sum] = await engine.render.batches({ search: 'all-1' });
  expect(sum).toMatchObject({ fraction: 1, leftMs: 0, counts: { finished: 2, cancelled: 0, paused: 0 }, fitting: 2 });
}, 60_000);

test('one broken file stops only its own variants; mended, they go on with the project as it is now', async () => {
  const ad = flowProject('broken', words('Good', 'Bad'));
  engine.projects.set(ad.id, ad);
  const path = join(kit.folder, 'hook2.mp4');
  const whole = join(kit.folder, 'hook2-whole.mp4');
  await copyFile(path, whole);
  await writeFile(path, 'this is no video');
  const [good, bad] = await exportAll(engine.render, exportRequest(ad));
  expect(good).toMatchObject({ state: 'finished', error: null });
  expect(bad).toMatchObject({ state: 'failed', error: { code: 'file-changed', retry: 'relink' } });
  // Nothing was mended: the same error again, and nothing else is touched.
  const batchId = bad?.batchId ?? ('' as never);
  await engine.render.resume({ batchId });
  expect(statesOf(await engine.render.waitForBatch(batchId, signal))).toEqual(['finished', 'failed']);

  await copyFile(whole, path);
  engine.projects.set(ad.id, flowProject('broken', words('Good', 'Better')));
  const before = ffmpeg.encoded;
  await engine.render.resume({ batchId });
  const done = await engine.render.waitForBatch(batchId, signal);
  expect(done[1]).toMatchObject({ state: 'finished', revision: 1, error: null });
  expect(done[0]?.finishedAtMs).toBe(good?.finishedAtMs);
  const reasons = engine.render.explain(bad?.id ?? '').segments.map((one) => one.reason);
  expect(reasons.filter((reason) => reason === 'first-time')).toHaveLength(ffmpeg.encoded - before);
  expect(reasons).toContain('reused');
  // It shows the new words: nothing is left to be exported again.
  expect((await engine.render.affected(ad.id, signal)).exportIds).toEqual([]);
  await expect(engine.render.resume({ batchId })).resolves.toBeUndefined();
}, 60_000);

test('a variant that has left the project says so when it is tried again', async () => {
  const ad = flowProject('gone', words('Stays', 'Leaves'));
  engine.projects.set(ad.id, ad);
  const reached = holdAfter(0);
  const { batchId, exports } = await engine.render.start(exportRequest(ad), signal);
  await reached;
  await engine.render.cancel({ batchId });
  ffmpeg.beforeEncoding = () => {};
  const [stays, leaves] = exports.map((one) => one.id);
  engine.projects.set(ad.id, flowProject('gone', words('Stays')));
  await expect(engine.render.resume({ exportIds: [leaves ?? ''] })).rejects.toMatchObject({ code: 'not-found' });
  await engine.render.resume({ batchId });
  await engine.render.waitForBatch(batchId, signal);
  expect(engine.render.get(stays ?? '').state).toBe('finished');
  expect(engine.render.get(leaves ?? '')).toMatchObject({ state: 'failed', error: { code: 'not-found' } });
}, 60_000);

test('one changed word affects its variants, is exported again with their settings, and says why it was encoded', async () => {
  const outDir = join(kit.folder, 'delivery');
  const ad = flowProject('word', words('Buy now', 'Stay'));
  engine.projects.set(ad.id, ad);
  const settings = { outDir, namingPattern: '{index} {hook} {ratio}', placements: ['instagram-reels'] as const };
  const request = exportRequest(ad, { ratios: ['9:16', '1:1'], ...settings, placements: [...settings.placements] });
  const first = await exportAll(engine.render, request);
  expect(statesOf(first)).toEqual(['finished', 'finished', 'finished', 'finished']);
  expect(await engine.render.affected(ad.id, signal)).toMatchObject({ exportIds: [], outputs: [], missingSeconds: 0 });

  engine.projects.set(ad.id, flowProject('word', words('Buy here', 'Stay')));
  const affected = await engine.render.affected(ad.id, signal);
  expect(affected.exportIds.sort()).toEqual([first[0]?.id, first[1]?.id].sort());
  expect(affected.outputs.map((one) => one.fileName)).toEqual(['01 Hook 1 9x16_v2.mp4', '02 Hook 1 1x1_v2.mp4']);
  expect(affected.totalSeconds).toBeCloseTo(9, 5);
  expect(affected.missingSeconds).toBeGreaterThan(0);
  expect(affected.missingSeconds).toBeLessThanOrEqual(3);
  const before = ffmpeg.encoded;
  const again = await engine.render.reexport(affected.exportIds, signal);
  // Under way: nothing to be exported again.
  expect((await engine.render.affected(ad.id, signal)).exportIds).toEqual([]);
  const second = await engine.render.waitForBatch(again.batchId, signal);
  expect(
    second.map(({ state, revision, path, placements, ratio }) => [state, revision, path, placements, ratio]),
  ).toEqual([
    ['finished', 2, join(outDir, '01 Hook 1 9x16_v2.mp4'), ['instagram-reels'], '9:16'],
    ['finished', 2, join(outDir, '02 Hook 1 1x1_v2.mp4'), ['instagram-reels'], '1:1'],
  ]);
  expect((await engine.render.affected(ad.id, signal)).exportIds).toEqual([]);

  const explained = second.map((one) => engine.render.explain(one.id));
  expect(explained.map((one) => one.previousRevision)).toEqual([1, 1]);
  const made = explained.flatMap((one) => one.segments).filter((one) => one.reason !== 'reused');
  expect(made).toHaveLength(ffmpeg.encoded - before);
  for (const one of made) expect(one).toMatchObject({ reason: 'text', because: 'The text at 0:00 changed.' });
  for (const { segments } of explained)
    expect(segments.reduce((sum, one) => sum + one.frames, 0)).toBe(second[0]?.frameCount);
  // A revision made by the single button is called like the others.
  const third = await engine.render.rerun(second[1]?.id ?? '');
  await engine.render.waitForBatch(third.batchId, signal);
  expect(basename(engine.render.get(third.id).path)).toBe('02 Hook 1 1x1_v3.mp4');
}, 60_000);

test('killed at the moment it was marked as paused, a batch is paused afterwards and nothing of it runs', async () => {
  await engine.dispose();
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../fixtures/flow-kill-child.ts'), kit.folder], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [, ending] = await once(child, 'exit');
  expect(ending).toBe('SIGKILL');
  engine = open();
  const ad = flowProject('killed', words('Killed one', 'Killed two'));
  engine.projects.set(ad.id, ad);
  const { exports } = engine.render.list({ projectId: ad.id as ProjectId }, everything);
  expect(statesOf(exports)).toEqual(['paused', 'paused']);
  const before = ffmpeg.encoded;
  for (const one of exports) if (one.jobId) await engine.jobs.waitFor(one.jobId, signal);
  expect(ffmpeg.encoded).toBe(before);
  expect(statesOf(engine.render.list({ projectId: ad.id }, everything).exports)).toEqual(['paused', 'paused']);
  const batchId = exports[0]?.batchId ?? ('' as never);
  await engine.render.resume({ batchId });
  expect(statesOf(await engine.render.waitForBatch(batchId, signal))).toEqual(['finished', 'finished']);
}, 60_000);
