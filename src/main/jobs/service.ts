import type { Clock, Dispose } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import { createEvents } from '#main/platform/events/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { JobId } from '#shared/model/index.ts';
import { createCancel } from './cancel.ts';
import { ChangeFeed } from './change-feed.ts';
import { createDependencies } from './dependencies.ts';
import { Dispatcher } from './dispatcher.ts';
import { createEnqueue } from './enqueue.ts';
import { createOwners } from './owners.ts';
import { Registry } from './registry.ts';
import { Runner } from './runner.ts';
import { createJobStore, type JobStore } from './store.ts';
import { createTransitions } from './transitions.ts';
import type { FinishedJob, JobFilter, JobPage, JobState, Jobs, JobsEventMap, JobView, Lane } from './types.ts';
import { readJson, toJobView } from './view.ts';
import { Waiters } from './waiters.ts';

/** Jobs that went well are forgotten after a week, a few at a time so that nobody notices. */
const rememberedMs = 7 * 86_400_000;
const forgetPeriodMs = 30_000;
const forgottenAtOnce = 1_000;

const finalStates: readonly JobState[] = ['succeeded', 'failed', 'cancelled'];

/** What {@link createJobs} needs. */
export interface CreateJobsOptions {
  db: Database;
  clock: Clock;
  log: Log;
  /** Jobs at once per lane, over all processes of the library. */
  limits: Record<Lane, number>;
  /** Folder of the files that show which processes are alive (`LibraryPaths.locks`); null for `:memory:`. */
  locksDir: string | null;
  /** A job during which the engine died more often than this, without a checkpoint, is given up. Default 20. */
  maxInterruptions?: number;
}

/** Creates the queue over the library's database (tables in `0001_core.sql`). */
export function createJobs(options: CreateJobsOptions): Jobs {
  const { db, clock, log } = options;
  const limits = { ...options.limits };
  const events = createEvents<JobsEventMap>({
    onListenerError: (error) => log.error('a listener of the job queue failed', { error }),
  });
  let stopForgetting: Dispose | null = null;
  const registry = new Registry();
  const store = createJobStore(db);
  const transitions = createTransitions(db);
  const dependencies = createDependencies(db);
  const owners = createOwners(db, options.locksDir, options.maxInterruptions ?? 20);
  const feed = new ChangeFeed(events, clock, (id) => view(id));
  const waiters = new Waiters((id) => finishedJob(store, id));
  const runner = new Runner({
    ...{ db, clock, log, registry, transitions },
    owner: owners.id,
    onChange: (id) => feed.add(id),
    onSettled: () => dispatcher.schedule(),
  });
  const dispatcher = new Dispatcher({
    ...{ db, clock, log, registry, transitions, owners, runner, limits },
    onChanged: announce,
    onChangedElsewhere() {
      waiters.check();
      events.emit('changedElsewhere', undefined);
    },
  });
  const enqueueMany = createEnqueue({ db, clock, store, registry, dependencies, onChanged: changedByUs });
  const cancel = createCancel({ db, clock, store, dependencies, runner, dispatcher, waiters, onChanged: changedByUs });

  function announce(ids: readonly JobId[]): void {
    for (const id of ids) feed.add(id);
    waiters.check(ids);
  }

  function changedByUs(ids: readonly JobId[]): void {
    announce(ids);
    dispatcher.schedule();
  }

  function view(id: JobId): JobView | undefined {
    const row = store.row(id);
    return row === undefined ? undefined : toJobView(row, runner.progress(id));
  }

  function forgetOld(): void {
    try {
      store.forgetOldest(clock.nowMs() - rememberedMs, forgottenAtOnce);
    } catch (error) {
      log.warn('old jobs could not be forgotten', { error });
    }
  }

  function setPaused(lane: Lane, isPaused: boolean): void {
    transitions.setPaused(lane, isPaused);
    dispatcher.schedule();
  }

  return {
    events,
    register: (definition) => registry.add(definition),
    start() {
      dispatcher.start();
      stopForgetting ??= clock.every(forgetPeriodMs, forgetOld);
    },
    enqueue(request) {
      const [id] = enqueueMany([request]);
      if (id === undefined) throw new Error('enqueue returned nothing');
      return id;
    },
    enqueueMany,
    get: (id) => view(id) ?? fail(id),
    list: (filter, page) => list(store, filter ?? {}, page ?? {}, (id) => runner.progress(id)),
    counts: (filter) => store.counts(filter ?? {}),
    waitFor: (id, signal) => waiters.waitFor(id, signal),
    cancel: (id) => cancel([id]),
    cancelGroup: (group) => cancel(store.ids({ group, states: ['waiting', 'queued', 'running', 'retrying'] })),
    retry(id) {
      db.transaction(() => {
        const revived = dependencies.revive(id);
        if (revived.length === 0) refuseRetry(store, id);
        db.afterCommit(() => changedByUs(revived));
      });
    },
    pause: (lane) => setPaused(lane, true),
    resume: (lane) => setPaused(lane, false),
    pausedLanes: () => transitions.pausedLanes(),
    setLimit(lane, limit) {
      limits[lane] = Math.max(0, Math.floor(limit));
      dispatcher.schedule();
    },
    removeFinished({ olderThanMs = 0, states = finalStates } = {}) {
      return store.removeFinished(states, clock.nowMs() - olderThanMs);
    },
    async dispose() {
      stopForgetting?.();
      await dispatcher.stop();
      waiters.dispose();
      feed.dispose();
      events.dispose();
    },
  };
}

function list(
  store: JobStore,
  filter: JobFilter,
  page: { limit?: number; cursor?: string | null; offset?: number },
  progressOf: (id: JobId) => JobView['progress'] | undefined,
): JobPage {
  const limit = Math.min(500, Math.max(1, page.limit ?? 100));
  const before = page.cursor === undefined || page.cursor === null ? null : Number(page.cursor);
  if (before !== null && !Number.isSafeInteger(before))
    throw new AppError('invalid-input', 'This page does not exist.');
  const rows = store.rows(filter, { limit: limit + 1, beforeSeq: before, offset: Math.max(0, page.offset ?? 0) });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    jobs: shown.map((row) => toJobView(row, progressOf(row.id as JobId) ?? undefined)),
    nextCursor: rows.length > limit && last !== undefined ? String(last.seq) : null,
  };
}

function finishedJob(store: JobStore, id: JobId): FinishedJob | null {
  const row = store.row(id) ?? fail(id);
  if (!finalStates.includes(row.state)) return null;
  return { ...toJobView(row, undefined), result: readJson(row.result) };
}

function refuseRetry(store: JobStore, id: JobId): never {
  const row = store.row(id) ?? fail(id);
  throw new AppError('conflict', `"${row.title}" has not failed, so there is nothing to try again.`, {
    details: { job: id, state: row.state },
  });
}

function fail(id: JobId): never {
  throw new AppError('not-found', 'This job does not exist any more.', { details: { job: id } });
}
