import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '#main/platform/clock/index.ts';
import type { ExportRequest } from '#shared/contract/render.ts';
import { cancelledError } from '#shared/errors/index.ts';
import type { Project } from '#shared/model/index.ts';
import type { NamedEstimate } from '../exports/estimate.ts';

/** Plans a request; slow for many variants. */
type Plan = (request: ExportRequest, signal: AbortSignal) => Promise<NamedEstimate>;

/** One planning for what an estimate and a preflight of the same request ask. */
export interface SharedPlan {
  /** Never older than the asking, unless a preflight of the same is being planned right now. */
  forEstimate(request: ExportRequest, project: Project, signal: AbortSignal): Promise<NamedEstimate>;
  /** What is known of the same request from some seconds ago will do: lengths and sizes follow from the project. */
  forPreflight(request: ExportRequest, project: Project, signal: AbortSignal): Promise<NamedEstimate>;
}

/** A finished plan is kept this long. */
const keptMs = 5000;

interface Entry {
  request: ExportRequest;
  project: Project;
  isForEstimate: boolean;
  isDone: boolean;
  plan: Promise<NamedEstimate>;
  /** Who waits for it; when the last one goes away it is stopped. */
  waiting: number;
  stop: AbortController;
}

/** Creates the memory of the plan that was asked for last. */
export function createSharedPlan(plan: Plan, clock: Pick<Clock, 'after'>): SharedPlan {
  let last: Entry | null = null;

  const forget = (entry: Entry) => {
    if (last === entry) last = null;
  };

  function begin(request: ExportRequest, project: Project, isForEstimate: boolean): Entry {
    const stop = new AbortController();
    const entry: Entry = {
      ...{ request, project, isForEstimate, isDone: false, waiting: 0, stop },
      plan: plan(request, stop.signal),
    };
    last = entry;
    entry.plan.then(
      () => {
        entry.isDone = true;
        clock.after(keptMs, () => forget(entry));
      },
      () => forget(entry),
    );
    return entry;
  }

  /** The last plan, if it is of the very same; projects never change in place, so the same object is the same revision. */
  function same(request: ExportRequest, project: Project): Entry | null {
    return last?.project === project && isDeepStrictEqual(last.request, request) ? last : null;
  }

  async function wait(entry: Entry, signal: AbortSignal): Promise<NamedEstimate> {
    const gone = Promise.withResolvers<never>();
    const leave = () => gone.reject(cancelledError());
    entry.waiting += 1;
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    try {
      return await Promise.race([entry.plan, gone.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      entry.waiting -= 1;
      if (entry.waiting === 0 && !entry.isDone) {
        forget(entry);
        entry.stop.abort();
      }
    }
  }

  return {
    forEstimate(request, project, signal) {
      const known = same(request, project);
      const isFresh = known !== null && !known.isDone && !known.isForEstimate;
      return wait(isFresh ? known : begin(request, project, true), signal);
    },
    forPreflight: (request, project, signal) => wait(same(request, project) ?? begin(request, project, false), signal),
  };
}
