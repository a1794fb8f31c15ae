import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExportView } from '#shared/contract/render.ts';
import type { Asset, Project } from '#shared/model/index.ts';
import { makeNumbered, readNumbers } from '../fixtures/numbered.ts';
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

const ratios = ['16:9', '1:1'] as const;
let kit: RenderKit;
let footage: Asset;
let ad: Project;
let engine: RenderEngine;
let wide: ExportView;
let square: ExportView;

const reopen = () => openRenderEngine(kit, sourcesOf([footage]), [ad]);
const codeOf = (task: () => unknown) => {
  try {
    task();
    return 'accepted';
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

beforeAll(async () => {
  kit = await openRenderKit();
  const path = join(kit.folder, 'footage.mp4');
  await makeNumbered(path, { frames: 60, rate: '30' });
  footage = await assetOf(kit.ffmpeg, 'footage', path);
  const media = { kind: 'media', media: { assetId: 'footage' }, sourceInSeconds: { num: 0, den: 1 } };
  ad = plainProject([[{ id: 'c1', startFrame: 0, lengthFrames: 40, content: media }]], { id: 'reviewed' });
  engine = reopen();
  const made = await exportAll(engine.render, exportRequest(ad, { ratios: [...ratios] }));
  wide = made.find((one) => one.ratio === '16:9') as ExportView;
  square = made.find((one) => one.ratio === '1:1') as ExportView;
});
afterAll(async () => {
  await engine.dispose();
  await kit.dispose();
});

test('a new export has no verdict; what is said of it is kept, announced and listed, and survives a restart', async () => {
  expect([wide.state, wide.review]).toEqual(['finished', { verdict: 'none', notes: [], updatedAtMs: 0 }]);
  const heard: unknown[] = [];
  const stop = engine.render.events.on('changed', (change) => heard.push(change));
  const notes = [
    { frame: 30, text: 'typo' },
    { frame: null, text: 'too quiet' },
  ];
  const first = engine.render.review({ exportId: wide.id, notes });
  expect(first).toMatchObject({ verdict: 'none', notes });
  const second = engine.render.review({ exportId: wide.id, verdict: 'fix' });
  expect(second).toMatchObject({ verdict: 'fix', notes });
  expect(second.updatedAtMs).toBeGreaterThan(first.updatedAtMs);
  expect(heard).toEqual([{ batchId: wide.batchId }, { batchId: wide.batchId }]);
  stop();

  await engine.dispose();
  engine = reopen();
  expect(engine.render.get(wide.id).review).toEqual(second);
  const page = { offset: 0, limit: 100 };
  for (const filter of [{ projectId: ad.id }, { batchId: wide.batchId }]) {
    const reviews = engine.render.list(filter, page).exports.map((one) => [one.id, one.review.verdict]);
    expect(Object.fromEntries(reviews)).toEqual({ [wide.id]: 'fix', [square.id]: 'none' });
  }
  const batch = await engine.render.waitForBatch(wide.batchId, new AbortController().signal);
  expect(batch.map((one) => one.review.verdict).sort()).toEqual(['fix', 'none']);
});

test('only moments of a finished export can be spoken of', () => {
  const last = [{ frame: wide.frameCount - 1, text: 'fine' }];
  const after = [{ frame: wide.frameCount, text: 'nothing there' }];
  expect(codeOf(() => engine.render.review({ exportId: square.id, notes: last }))).toBe('accepted');
  expect(codeOf(() => engine.render.review({ exportId: square.id, notes: after }))).toBe('invalid-input');
  expect(engine.render.get(square.id).review.notes).toEqual(last);
  expect(codeOf(() => engine.render.review({ exportId: 'nobody', verdict: 'approved' }))).toBe('not-found');
  engine.db.raw.prepare("UPDATE exports SET state = 'failed' WHERE id = ?").run(square.id);
  expect(codeOf(() => engine.render.review({ exportId: square.id, verdict: 'approved' }))).toBe('conflict');
  engine.db.raw.prepare("UPDATE exports SET state = 'finished' WHERE id = ?").run(square.id);
});

test('a contact sheet gets pictures of the very frames it asks for', async () => {
  const { signal } = new AbortController();
  for (const frame of [0, 17, wide.frameCount - 1]) {
    const picture = await engine.render.framePicture(wide.id, frame, 180, signal);
    expect(picture?.mime).toBe('image/jpeg');
    expect(await readNumbers(picture?.path ?? '')).toEqual([frame]);
  }
  expect(await engine.render.framePicture('nobody', 0, 180, signal)).toBeNull();
});

test('the next revision starts without a verdict; the one before keeps its own until it is taken off the list', async () => {
  const again = await engine.render.rerun(wide.id);
  await engine.render.waitForBatch(again.batchId, new AbortController().signal);
  const next = engine.render.get(again.id);
  expect(next).toMatchObject({ state: 'finished', revision: 2, creativeId: wide.creativeId });
  expect(next.review.verdict).toBe('none');
  expect(engine.render.get(wide.id).review).toMatchObject({ verdict: 'fix', notes: [{ text: 'typo' }, {}] });
  engine.render.review({ exportId: next.id, verdict: 'approved' });

  engine.render.forget([wide.id]);
  const kept = engine.db.raw.prepare('SELECT export_id AS id FROM reviews ORDER BY id').all();
  expect(kept).toEqual([square.id, next.id].sort().map((id) => ({ id })));
});
