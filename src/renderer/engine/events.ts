import type { QueryClient } from '@tanstack/react-query';
import type { EngineEvent, ImportView, JobView } from '#shared/contract/index.ts';
import { assertNever } from '#shared/errors/index.ts';
import type { EngineHandle } from './api.ts';
import { projectEdits } from './project-edits.ts';
import { keys } from './query-keys.ts';

const throttleMs = 250;

/** Runs at once, then at most every 250 ms, and once more after the last call. */
function throttled(task: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isWanted = false;
  const run = () => {
    task();
    timer = setTimeout(() => {
      timer = null;
      if (!isWanted) return;
      isWanted = false;
      run();
    }, throttleMs);
  };
  return () => {
    if (timer) isWanted = true;
    else run();
  };
}

function patchJobs(queries: QueryClient, jobs: readonly JobView[]): void {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  queries.setQueriesData<{ jobs: JobView[]; total: number }>({ queryKey: keys.jobs }, (list) =>
    list && 'jobs' in list ? { ...list, jobs: list.jobs.map((job) => byId.get(job.id) ?? job) } : list,
  );
}

function keepImport(queries: QueryClient, view: ImportView): void {
  queries.setQueryData<ImportView[]>(keys.imports, (known = []) => [
    ...known.filter((one) => one.id !== view.id).slice(-20),
    view,
  ]);
}

/** Turns the engine's announcements into fresh caches. */
export function createEventSink(queries: QueryClient): (event: EngineEvent) => void {
  const invalidate = (queryKey: readonly unknown[]) => void queries.invalidateQueries({ queryKey });
  const assetLists = throttled(() => {
    invalidate(keys.assetLists);
    invalidate(keys.collections);
    invalidate(keys.subclips);
  });
  const jobLists = throttled(() => invalidate(keys.jobs));
  const exports = throttled(() => {
    invalidate(keys.exports);
    invalidate(keys.variantStates);
  });
  const everything = () => {
    void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== keys.imports[0] });
  };
  return (event) => {
    switch (event.type) {
      case 'resync':
        return everything();
      case 'assets-changed':
        if (event.ids === null) invalidate(keys.assets);
        else for (const id of event.ids) invalidate(keys.asset(id));
        return assetLists();
      case 'import-changed':
        return keepImport(queries, event.import);
      case 'jobs-changed':
        queries.setQueryData(keys.jobCounts, event.counts);
        patchJobs(queries, event.jobs);
        return jobLists();
      case 'project-changed':
        projectEdits(queries).heard(event.id, event.headSeq);
        invalidate(keys.variantStates);
        invalidate(keys.history(event.id));
        return;
      case 'projects-changed':
        return invalidate(keys.projects);
      case 'exports-changed':
        return exports();
      case 'settings-changed':
        invalidate(keys.system);
        return invalidate(keys.settings);
      case 'fonts-changed':
        return invalidate(keys.fonts);
      case 'system-changed':
        invalidate(keys.doctor);
        return invalidate(keys.system);
      default:
        return assertNever(event);
    }
  };
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Listens to the engine until aborted, through reconnections; after each gap everything is read anew. */
export async function followEvents(engine: EngineHandle, queries: QueryClient, signal: AbortSignal): Promise<void> {
  const sink = createEventSink(queries);
  let isFirst = true;
  while (!signal.aborted) {
    try {
      const events = await engine.client.system.events(undefined, { signal });
      if (!isFirst) sink({ type: 'resync' });
      isFirst = false;
      for await (const event of events) sink(event);
    } catch {
      // The connection ended: its state is shown by the connection notice; try again.
    }
    await pause(500, signal);
  }
}
