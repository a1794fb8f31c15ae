import type { Handlers } from '#shared/contract/handlers.ts';
import type { renderContract } from '#shared/contract/render.ts';
import type { NamedEstimate } from './exports/estimate.ts';
import { presets } from './plan/presets.ts';
import { secondsOf } from './plan/segment-bounds.ts';
import type { Render } from './types.ts';

function estimateView({ outputs, problems, ...sums }: NamedEstimate) {
  return {
    ...sums,
    outputs: outputs.map(({ timeline, variant: _, nameIndex: __, ...output }) => ({
      ...output,
      frameCount: timeline.lengthFrames,
      durationSeconds: secondsOf(timeline.lengthFrames, timeline.rate),
    })),
    problems: problems.map((problem) => ({ ...problem, error: problem.error.toData() })),
  };
}

/** The `render` part of the contract. */
export function renderHandlers(render: Render): Handlers<typeof renderContract> {
  return {
    preflight: async (request, { signal }) => ({ findings: await render.preflight(request, signal) }),
    handoff: ({ batchId }) => render.handoff(batchId),
    rewriteHandoff: ({ batchId }) => render.rewriteHandoff(batchId),
    cacheState: () => render.cacheState(),
    review: (input) => render.review(input),
    presets: () => ({ presets: [...presets] }),
    estimate: async (request, { signal }) => estimateView(await render.estimate(request, signal)),
    start: (request, { signal }) => render.start(request, signal),
    list: ({ offset, limit, ...filter }) => render.search(filter, { offset, limit }),
    batches: async (filter) => ({ batches: await render.batches(filter) }),
    async affected({ projectId }, { signal }) {
      const { exportIds, ...found } = await render.affected(projectId, signal);
      return { ...estimateView(found), exportIds };
    },
    reexport: ({ exportIds }, { signal }) => render.reexport(exportIds, signal),
    explain: ({ exportId }) => render.explain(exportId),
    async pause(choice) {
      await render.pause(choice);
      return { ok: true };
    },
    async resume(choice) {
      await render.resume(choice);
      return { ok: true };
    },
    get: ({ id }) => render.get(id),
    waitForBatch: async ({ batchId }, { signal }) => ({ exports: await render.waitForBatch(batchId, signal) }),
    async cancel(which) {
      await render.cancel(which);
      return { ok: true };
    },
    rerun: ({ id }, { signal }) => render.rerun(id, signal),
    forget({ ids }) {
      render.forget(ids);
      return { ok: true };
    },
    variantStates: async ({ projectId }, { signal }) => ({ states: await render.variantStates(projectId, signal) }),
    releases: ({ projectId, offset, limit }) => render.releases(projectId, { offset, limit }),
    async soundLevels(request, { signal }) {
      const levels = await render.soundLevels(request, signal);
      return { levels: levels.map((one) => one && [...one]) };
    },
    beats: ({ assetId }, { signal }) => render.beats(assetId, signal),
    soundLoudness: async (request, { signal }) => ({ integratedLufs: await render.soundLoudness(request, signal) }),
    check: ({ path, ...aims }, { signal }) => render.check(path, signal, aims),
  };
}
