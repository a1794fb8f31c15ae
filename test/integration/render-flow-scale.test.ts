import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planFingerprint } from '#main/render/plan/plan-fingerprint.ts';
import { findPreset } from '#main/render/plan/presets.ts';
import { versionTimeline } from '#main/render/plan/version-timeline.ts';
import { createRenderStore } from '#main/render/store.ts';
import type { ExportView } from '#shared/contract/render.ts';
import { newId, type Project, type ReleaseId } from '#shared/model/index.ts';
import { flowProject, numberedAssets } from '../fixtures/flow-kit.ts';
import {
  exportRequest,
  openRenderEngine,
  openRenderKit,
  type RenderEngine,
  type RenderKit,
  sourcesOf,
} from '../fixtures/render-kit.ts';

const isLong = process.env.SPOTLOOM_LONG === '1';
/** 63 × 6 variants in three ratios are the 1,134 files of a large matrix. */
const [hooks, bodies] = isLong ? [63, 6] : [10, 2];
const ratios = ['9:16', '1:1', '16:9'] as const;
const signal = new AbortController().signal;
let kit: RenderKit;
let engine: RenderEngine;

beforeAll(async () => {
  kit = await openRenderKit();
  const assets = await numberedAssets(kit, ['hook1', 'body'], 45);
  const [hook, body] = assets;
  // All hooks show the same file: their words tell them apart.
  const more = Array.from({ length: hooks }, (_, n) => ({ ...hook, id: `hook${n + 1}` }) as (typeof assets)[number]);
  engine = openRenderEngine(kit, sourcesOf([...more, ...(body ? [body] : [])]), []);
  // Nothing is rendered here.
  engine.jobs.pause('export');
}, 60_000);
afterAll(async () => {
  await engine.dispose();
  await kit.dispose();
});

function matrix(changed: string | null): Project {
  const words = Array.from({ length: hooks }, (_, n) => ({ text: `Hook no. ${n + 1}`, startFrame: 0 }));
  if (changed !== null) words[0] = { text: changed, startFrame: 0 };
  const base = flowProject('matrix', words);
  const slots = base.slots.map((slot, index) =>
    index === 0
      ? slot
      : {
          ...slot,
          options: Array.from({ length: bodies }, (_, n) => ({
            ...slot.options[0],
            id: `b${n}`,
            name: `Body ${n + 1}`,
          })),
        },
  );
  return { ...base, slots } as Project;
}

/** Ends exports as if they had been rendered. */
function finish(project: Project, exports: readonly ExportView[]): void {
  const store = createRenderStore(engine.db);
  const lengths = () => ({ num: 3, den: 2 });
  engine.db.transaction(() => {
    for (const one of exports) {
      const timeline = versionTimeline(project, one.variant, 'full', lengths);
      const fingerprint = planFingerprint(timeline, one.ratio, findPreset(one.presetId));
      const release = {
        ...{ id: newId<ReleaseId>('release'), creativeId: one.creativeId as never, revision: 1 },
        ...{ projectId: project.id, projectName: 'Matrix', variant: one.variant, variantKey: one.variantKey },
        ...{ variantName: one.variantName, ratio: one.ratio, presetId: one.presetId, rate: one.rate },
        ...{ frameCount: one.frameCount, width: 320, height: 180, sections: [], values: {}, media: [] },
        ...{ fileName: one.fileName, sha256: '', sizeBytes: 1, planFingerprint: fingerprint, createdAtMs: 1 },
        engineVersion: 'test',
      };
      store.insertRelease(release as never, one.id);
      store.updateExport(one.id, { state: 'finished', finishedAt: 1, releaseId: release.id });
    }
  });
}

/** Does something and tells how long it took, and the longest it kept everything else waiting, ms. */
async function timed<Result>(what: string, task: () => Promise<Result>): Promise<Result> {
  const lag = monitorEventLoopDelay({ resolution: 1 });
  await delay(50);
  lag.enable();
  const start = performance.now();
  const result = await task();
  await delay(20);
  lag.disable();
  const ms = (nanoseconds: number) => Math.round(nanoseconds / 1e5) / 10;
  const figures = { ms: Math.round(performance.now() - start - 20), p99: ms(lag.percentile(99)), most: ms(lag.max) };
  console.log(JSON.stringify({ what, ...figures }));
  return result;
}

test('a large matrix: what one word affects, pausing, resuming and summing up touch all of it without fault', async () => {
  const before = matrix(null);
  engine.projects.set(before.id, before);
  const total = hooks * bodies * ratios.length;
  const request = exportRequest(before, { ratios: [...ratios] });
  const { batchId, exports } = await timed('start', () => engine.render.start(request, signal));
  expect(exports).toHaveLength(total);
  await timed('pause', () => engine.render.pause({ batchId }));
  const [paused] = await timed('batches', () => engine.render.batches({}));
  expect(paused?.counts).toMatchObject({ paused: total, queued: 0 });
  await timed('resume', () => engine.render.resume({ batchId }));
  const page = { offset: total - 10, limit: 50 };
  const listed = await timed('list', () => engine.render.search({ batchId, states: ['queued'], search: 'hook' }, page));
  expect([listed.total, listed.exports.length]).toEqual([total, 10]);
  finish(before, exports);

  const untouched = await timed('affected, nothing', () => engine.render.affected(before.id, signal));
  expect(untouched.exportIds).toEqual([]);
  engine.projects.set(before.id, matrix('Another word'));
  const affected = await timed('affected, one word', () => engine.render.affected(before.id, signal));
  expect(affected.exportIds).toHaveLength(bodies * ratios.length);
  expect(new Set(affected.outputs.map((one) => one.revision))).toEqual(new Set([2]));
  const again = await timed('re-export', () => engine.render.reexport(affected.exportIds, signal));
  expect(again.exports).toHaveLength(bodies * ratios.length);
  await timed('cancel', () => engine.render.cancel({ batchId: again.batchId }));
  engine.projects.set(before.id, { ...matrix('Another word'), rate: { num: 25, den: 1 } });
  const all = await timed('affected, everything', () => engine.render.affected(before.id, signal));
  expect(all.exportIds).toHaveLength(total);
}, 600_000);
