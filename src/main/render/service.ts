import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { createEvents } from '#main/platform/events/index.ts';
import { runInBackground } from '#main/platform/log/index.ts';
import { exportRequestSchema } from '#shared/contract/render.ts';
import type { ExportBatchId } from '#shared/model/index.ts';
import { checkFile, noAims } from './check/check-file.ts';
import { createEvidenceRoom } from './check/evidence.ts';
import { createSeamMemory } from './check/seam-memory.ts';
import type { RenderContext, RenderDeps, RenderEventMap } from './context.ts';
import { createEncodePool } from './encode/encode-pool.ts';
import { createSegmentCache } from './encode/segment-cache.ts';
import { createWorkroom } from './encode/workroom.ts';
import { speedKey } from './exports/estimate.ts';
import { registerExportJob } from './exports/export-job.ts';
import { createFinishedFiles } from './exports/finished-files.ts';
import { cancelExports, findExport, forgetExports, waitForBatch } from './exports/manage-exports.ts';
import { estimateNamed, startExports } from './exports/start-exports.ts';
import { variantStates } from './exports/variant-states.ts';
import { exportState, exportView, isResting } from './exports/views.ts';
import { createCovers } from './handoff/covers.ts';
import { createHandoffs } from './handoff/handoff-job.ts';
import { preflightOf, safeZonePreflight } from './preflight/preflight-request.ts';
import { createSharedPlan } from './preflight/shared-plan.ts';
import type { RenderTools } from './render-tools.ts';
import { findAffected } from './reuse/affected.ts';
import { explainExport } from './reuse/explain-export.ts';
import { exportBatches, openExports, openIn } from './reuse/export-batches.ts';
import { pauseExports, resumeExports, retryExportJob } from './reuse/pause-exports.ts';
import { reexport, rerunExport } from './reuse/reexport.ts';
import { createPosters } from './review/posters.ts';
import { reviewExport } from './review/review-export.ts';
import { assetBeats } from './sound/asset-beats.ts';
import { soundLevels, soundLoudness } from './sound/sound-levels.ts';
import { type FontSet, loadFonts, withOwnFonts } from './sources/fonts.ts';
import { assetsOf } from './sources/gather-sources.ts';
import { createRenderStore } from './store.ts';
import type { Render } from './types.ts';

/** Creates the render capability and makes its job known; call before `jobs.start()`. */
export function createRender(deps: RenderDeps): Render {
  const { jobs, settings, log } = deps;
  const workers = Math.max(1, deps.workers ?? settings.get().cpuJobs ?? availableParallelism());
  const tools = createTools(deps, workers);
  const { store } = tools;
  const events = createEvents<RenderEventMap>({
    onListenerError: (error) => log.error('a render listener failed', { error }),
  });
  const context: RenderContext = { deps, tools, workers, changed: announce };
  registerExportJob(context);
  const covers = createCovers({ ffmpeg: deps.ffmpeg, paths: deps.paths, store });
  const handoffs = createHandoffs(context, covers);
  const closing = new AbortController();
  runInBackground('writing what belongs beside exports', () => handoffs.catchUp(closing.signal), log);
  function announce(batchId: ExportBatchId | null): void {
    events.emit('changed', { batchId });
    if (batchId !== null) handoffs.batchChanged(batchId);
  }
  const plans = createSharedPlan((request, signal) => estimateNamed(context, request, signal), deps.clock);
  const posters = createPosters(deps, store);
  return {
    events,
    async estimate(input, signal) {
      const request = exportRequestSchema.parse(input);
      return plans.forEstimate(request, await deps.projects.get(request.projectId), signal);
    },
    async preflight(input, signal) {
      const request = exportRequestSchema.parse(input);
      const project = await deps.projects.get(request.projectId);
      const plan = await plans.forPreflight(request, project, signal);
      const known = { assets: await tools.sources.getMany(assetsOf(project)), fonts: await tools.fonts() };
      return [...preflightOf(project, request, plan), ...safeZonePreflight(project, request, plan, known)];
    },
    start: (request, signal) => startExports(context, exportRequestSchema.parse(request), signal),
    rerun: (id, signal = new AbortController().signal) => rerunExport(context, id, signal),
    reexport: (ids, signal) => reexport(context, ids, signal),
    affected: (projectId, signal) => findAffected(context, projectId, signal),
    explain: (id) => explainExport(tools, id),
    retryJob: (id) => retryExportJob(context, id),
    pause: (choice) => pauseExports(context, choice),
    resume: (choice) => resumeExports(context, choice),
    batches: (filter) => exportBatches(context, filter),
    cancel: (which) => cancelExports(context, which),
    list(filter, page) {
      const { rows, total } = store.listExports(filter, page);
      return { exports: rows.map((row) => exportView(jobs, row)), total };
    },
    async search(filter, page) {
      const open = filter.states ? openIn(await openExports(context), filter.states) : [];
      const { rows, total } = store.listExports({ ...filter, open }, page);
      return { exports: rows.map((row) => exportView(jobs, row)), total };
    },
    get: (id) => exportView(jobs, findExport(tools, id)),
    waitForBatch: (batchId, signal) => waitForBatch(context, batchId, signal),
    forget(ids) {
      forgetExports(context, ids);
      for (const id of ids) runInBackground('removing evidence', () => tools.evidence.remove(id), log);
    },
    review: (input) => reviewExport(context, input),
    variantStates: async (projectId, signal) => variantStates(tools, await deps.projects.get(projectId), signal),
    releases: (projectId, page) => store.listReleases(projectId, page),
    soundLevels: (request, signal) => soundLevels(tools, request, signal),
    beats: (assetId, signal) => assetBeats(tools, assetId, signal),
    soundLoudness: (request, signal) => soundLoudness(tools, request, signal),
    check: (path, signal, aims = noAims) => checkFile(tools, path, aims, signal),
    evidenceFile(id, n) {
      const path = tools.evidence.file(id, n);
      return path === null ? null : { path, mime: 'image/jpeg' };
    },
    mediaFile(id) {
      const row = store.findExport(id);
      return row?.state === 'finished' ? { path: join(row.outDir, row.fileName), mime: 'video/mp4' } : null;
    },
    framePicture: posters.picture,
    coverPicture: async (id, signal) => {
      const path = await covers.of(id, signal);
      return path === null ? null : { path, mime: 'image/jpeg' };
    },
    handoff: handoffs.state,
    rewriteHandoff: handoffs.rewrite,
    cacheState: async () => ({ ...(await tools.cache.state()), limitBytes: settings.get().cacheLimitBytes }),
    clearCache() {
      tools.seams.clear();
      tools.finished.forgetAll();
      return tools.cache.clear();
    },
    runningCount: () => store.unfinished().filter((row) => !isResting(exportState(jobs, row))).length,
    async dispose() {
      closing.abort();
      events.dispose();
      await posters.dispose();
      await tools.workroom.dispose();
    },
  };
}

const noFonts = async () => [];

/** The fonts of texts, read anew only when others were added. */
function fontSets(fontsDir: string, ownFonts: NonNullable<RenderDeps['ownFonts']>): () => Promise<FontSet> {
  let shipped: Promise<FontSet> | null = null;
  let whole: { key: string; set: Promise<FontSet> } | null = null;
  return async () => {
    shipped ??= loadFonts(fontsDir).catch((error: unknown) => {
      shipped = null;
      throw error;
    });
    const [set, own] = [await shipped, await ownFonts()];
    if (own.length === 0) return set;
    const key = own.map(({ file }) => file).join(' ');
    if (whole?.key !== key) whole = { key, set: withOwnFonts(set, own) };
    const { set: wanted } = whole;
    return wanted.catch((error: unknown) => {
      whole = null;
      throw error;
    });
  };
}

function createTools(deps: RenderDeps, workers: number): RenderTools {
  const { db, ffmpeg, paths, clock, log, sources, engineVersion, fontsDir, ownFonts = noFonts } = deps;
  const store = createRenderStore(db);
  const cache = createSegmentCache({ folder: paths.segments, clock });
  const workroom = createWorkroom(paths, fontsDir, ownFonts);
  const pool = createEncodePool({
    tools: { ffmpeg, workroom, cache },
    workers,
    clock,
    onMeasured: ({ segment, presetKey, frames, ms, bytes }) =>
      store.addSpeed(speedKey(presetKey, segment.recipe), { frames, ms, bytes }),
  });
  const fonts = fontSets(fontsDir, ownFonts);
  const finished = createFinishedFiles(db, clock);
  const kept = { seams: createSeamMemory(db), evidence: createEvidenceRoom(paths.evidence, ffmpeg) };
  return {
    ffmpeg,
    cache,
    finished,
    workroom,
    pool,
    besides: pLimit(workers),
    store,
    sources,
    fonts,
    clock,
    log,
    engineVersion,
    ...kept,
  };
}
