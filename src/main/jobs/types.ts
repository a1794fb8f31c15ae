import type { z } from 'zod';
import type { Events } from '#main/platform/events/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import type { JobState, JobView, Lane } from '#shared/contract/jobs.ts';
import type { JobId } from '#shared/model/index.ts';

export type { JobState, JobView, Lane };

/** How far a running job is. `step` is what it is doing, for people; `etaMs` the estimated time left. */
export type JobProgress = NonNullable<JobView['progress']>;

/** The queues: `cpu` looks at media, `export` makes ads, `net` talks to other machines, `gpu` is for local generators. */
export const lanes: readonly Lane[] = ['cpu', 'export', 'net', 'gpu'];

/** Where a job can stand; the last three are final. */
export const jobStates: readonly JobState[] = [
  ...(['waiting', 'queued', 'running', 'retrying'] as const),
  ...(['succeeded', 'failed', 'cancelled'] as const),
];

/** A job in a final state with what it returned (null unless it succeeded). */
export interface FinishedJob extends JobView {
  result: unknown;
}

/** What a running job is given. */
export interface JobContext<Input> {
  readonly id: JobId;
  /** The stored input, parsed again by the definition's schema. */
  readonly input: Input;
  /** Aborted on cancel, on shutdown, and when the job was lost to another process. Stop, delete partials, throw. */
  readonly signal: AbortSignal;
  /** 1 for the first. */
  readonly attempt: number;
  readonly group: string | null;
  readonly log: Log;
  /** Cheap; call it as often as you like. */
  reportProgress(progress: { fraction: number; step?: string; etaMs?: number | null }): void;
  /** What an earlier attempt saved with {@link saveCheckpoint}; parse it. Null if nothing. */
  readonly checkpoint: unknown;
  /** Keeps JSON across attempts and crashes; written at once. */
  saveCheckpoint(data: unknown): void;
}

/** Pauses between attempts: `firstMs · factor^(n−1)`, at most `maxMs`, ± 20 % by chance. */
export interface Backoff {
  firstMs: number;
  factor: number;
  maxMs: number;
}

/** A kind of job. Handlers must be idempotent: after a crash they run again from the start or their checkpoint. */
export interface JobDefinition<Input, Result> {
  /** Stable name, `capability.verb`, e.g. `library.derive`; stored. */
  type: string;
  lane: Lane;
  input: z.ZodType<Input>;
  /** Results are stored as JSON. Default: nothing is stored. */
  result?: z.ZodType<Result>;
  /** Default 3. */
  maxAttempts?: number;
  /** Default 1 s, ×4, at most 60 s. */
  backoff?: Backoff;
  /** Name for people when `enqueue` gives none. Default: the type. */
  title?: (input: Input) => string;
  run(context: JobContext<Input>): Promise<Result>;
}

/** One job to be done. */
export interface JobRequest {
  type: string;
  /** JSON; parsed by the definition's schema now and again when run. */
  input: unknown;
  /** Only needed when other requests of the same batch depend on it: `newId<JobId>('job')`. */
  id?: JobId;
  title?: string;
  /** Higher goes first. Default 0. */
  priority?: number;
  /**
   * While a job with this key is waiting, queued, running or retrying, asking again returns that job. With
   * `keyLasts: true` also after it succeeded.
   */
  idempotencyKey?: string;
  keyLasts?: boolean;
  /** Runs after all of these succeeded; fails (or is cancelled) with the first of them that does. */
  dependsOn?: readonly JobId[];
  /** Jobs that are shown and cancelled together, e.g. one import. */
  group?: string;
  maxAttempts?: number;
}

/** Which jobs to list; all given conditions hold. */
export interface JobFilter {
  states?: readonly JobState[];
  types?: readonly string[];
  lanes?: readonly Lane[];
  group?: string;
}

/** A page of jobs, newest first. */
export interface JobPage {
  jobs: JobView[];
  /** Pass it to get the next page; null at the end. */
  nextCursor: string | null;
}

/** What the queue announces. */
export interface JobsEventMap {
  /** Jobs that changed, each with its newest view; at most ten times a second. */
  changed: readonly JobView[];
  /** Another process changed jobs: ask again for what you show. */
  changedElsewhere: undefined;
}

/** The durable queue. Several processes may work on one library; no job runs in two of them at once. */
export interface Jobs {
  readonly events: Events<JobsEventMap>;
  /** Makes a kind of job known; before `start`. */
  register<Input, Result>(definition: JobDefinition<Input, Result>): void;
  /** Recovers what dead processes left behind and begins to run jobs. Without it this process only enqueues and looks. */
  start(): void;
  /**
   * Stores a job; it runs when its dependencies, priority and lane allow. Synchronous: inside `db.transaction` the job
   * commits together with the caller's rows. Throws `invalid-input` for an unknown type or bad input, and `not-found`
   * for an unknown dependency.
   */
  enqueue(request: JobRequest): JobId;
  /** As {@link enqueue} for many, in one transaction; later requests may depend on earlier ones. Ids in order. */
  enqueueMany(requests: readonly JobRequest[]): JobId[];
  /** Throws `not-found`. */
  get(id: JobId): JobView;
  /** Newest first, at most 500 at once. `cursor` goes on after a page cheaply; `offset` jumps. */
  list(filter?: JobFilter, page?: { limit?: number; cursor?: string | null; offset?: number }): JobPage;
  /** How many jobs are in each state. */
  counts(filter?: JobFilter): Record<JobState, number>;
  /** Waits for a final state. Throws `cancelled` when the signal aborts (the job goes on), `not-found`. */
  waitFor(id: JobId, signal?: AbortSignal): Promise<FinishedJob>;
  /** Stops a job and what depends on it; resolves when it has really stopped. Finished jobs stay as they are. */
  cancel(id: JobId): Promise<void>;
  cancelGroup(group: string): Promise<void>;
  /** Tries a failed or cancelled job again, with what failed because of it. Throws `conflict` if it is not over. */
  retry(id: JobId): void;
  /** Lets running jobs finish and starts no more in this lane, in any process, until {@link resume}; survives restarts. */
  pause(lane: Lane): void;
  resume(lane: Lane): void;
  pausedLanes(): Lane[];
  /** Changes this process's limit of jobs running at once in a lane. */
  setLimit(lane: Lane, limit: number): void;
  /** Forgets finished jobs (all, or those older than `olderThanMs`); returns how many. */
  removeFinished(options?: { olderThanMs?: number; states?: readonly JobState[] }): number;
  /** Stops running handlers, puts their jobs back (no attempt counted), waits until they stopped. */
  dispose(): Promise<void>;
}
