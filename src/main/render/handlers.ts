import type { Handlers } from '#shared/contract/handlers.ts';
import type { renderContract } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import { presets } from './plan/presets.ts';
import { secondsOf } from './plan/segment-bounds.ts';
import type { Render } from './types.ts';

function notYet(): never {
  throw new AppError('capability-missing', 'This is being built.');
}

/** The `render` part of the contract. */
export function renderHandlers(render: Render): Handlers<typeof renderContract> {
  return {
    preflight: notYet,
    batches: notYet,
    affected: notYet,
    reexport: notYet,
    pause: notYet,
    resume: notYet,
    explain: notYet,
    cacheState: notYet,
    review: (input) => render.review(input),
    presets: () => ({ presets: [...presets] }),
    async estimate(request, { signal }) {
      const { outputs, problems, ...sums } = await render.estimate(request, signal);
      return {
        ...sums,
        outputs: outputs.map(({ timeline, variant: _, ...output }) => ({
          ...output,
          frameCount: timeline.lengthFrames,
          durationSeconds: secondsOf(timeline.lengthFrames, timeline.rate),
        })),
        problems: problems.map((problem) => ({ ...problem, error: problem.error.toData() })),
      };
    },
    start: (request, { signal }) => render.start(request, signal),
    list: ({ projectId, batchId, offset, limit }) => render.list({ projectId, batchId }, { offset, limit }),
    get: ({ id }) => render.get(id),
    waitForBatch: async ({ batchId }, { signal }) => ({ exports: await render.waitForBatch(batchId, signal) }),
    async cancel(which) {
      await render.cancel(which);
      return { ok: true };
    },
    rerun: ({ id }) => render.rerun(id),
    forget({ ids }) {
      render.forget(ids);
      return { ok: true };
    },
    variantStates: async ({ projectId }, { signal }) => ({ states: await render.variantStates(projectId, signal) }),
    releases: ({ projectId, offset, limit }) => render.releases(projectId, { offset, limit }),
    check: ({ path }, { signal }) => render.check(path, signal),
  };
}
