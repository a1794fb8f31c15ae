import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import { cancelledError, toAppError } from '#shared/errors/index.ts';
import type { JobId } from '#shared/model/index.ts';
import { judgeFailure, type Outcome, type StopReason } from './outcome.ts';
import type { RegisteredJob, Registry } from './registry.ts';
import type { ClaimedJob } from './store.ts';
import type { Claim, Transitions } from './transitions.ts';
import type { JobContext, JobProgress } from './types.ts';

/** One attempt that is going on in this process. */
class Attempt {
  readonly claim: Claim;
  readonly controller = new AbortController();
  progress: JobProgress | null = null;
  isProgressStored = true;
  stop: StopReason | null = null;

  constructor(claim: Claim) {
    this.claim = claim;
  }
}

/** What the runner needs. */
export interface RunnerOptions {
  db: Database;
  clock: Clock;
  log: Log;
  registry: Registry;
  transitions: Transitions;
  owner: string;
  /** A job has something new to show. */
  onChange: (id: JobId) => void;
  /** An attempt has ended and waits for {@link Runner.takeSettled}. */
  onSettled: () => void;
}

/** Runs handlers and remembers how they ended until the queue writes it down. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #attempts = new Map<JobId, Attempt>();
  #settled: { claim: Claim; outcome: Outcome }[] = [];

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Attempts whose end is not written yet. */
  get activeCount(): number {
    return this.#attempts.size;
  }

  /** Live progress of a job running here. */
  progress(id: JobId): JobProgress | undefined {
    return this.#attempts.get(id)?.progress ?? undefined;
  }

  /** Starts the handler of a job that was just claimed. */
  start(job: ClaimedJob): void {
    const attempt = new Attempt({ id: job.id, owner: this.#options.owner, attempt: job.attempt });
    this.#attempts.set(job.id, attempt);
    void this.#run(job, attempt).then((outcome) => {
      this.#settled.push({ claim: attempt.claim, outcome });
      this.#options.onSettled();
    });
  }

  /** Tells a job running here to stop; the first reason counts. */
  stop(id: JobId, reason: StopReason): void {
    const attempt = this.#attempts.get(id);
    if (attempt === undefined || attempt.stop !== null) return;
    attempt.stop = reason;
    attempt.controller.abort(cancelledError());
  }

  /** Tells all jobs running here to stop. */
  stopAll(reason: StopReason): void {
    for (const id of this.#attempts.keys()) this.stop(id, reason);
  }

  /** Writes down how attempts ended (inside the caller's transaction). Returns the jobs that changed. */
  writeSettled(nowMs: number): { changed: JobId[]; written: readonly { claim: Claim; outcome: Outcome }[] } {
    const written = [...this.#settled];
    const changed = written.flatMap(({ claim, outcome }) => {
      const ids = this.#options.transitions.settle(claim, outcome, nowMs);
      if (ids.length === 0) this.#options.log.warn('a job was lost to another process', { job: claim.id });
      return ids;
    });
    return { changed, written };
  }

  /** Forgets attempts whose end has been committed. */
  forget(written: readonly { claim: Claim; outcome: Outcome }[]): void {
    const done = new Set(written);
    this.#settled = this.#settled.filter((one) => !done.has(one));
    for (const { claim } of written) this.#attempts.delete(claim.id);
  }

  /** Stores progress that has not been stored yet, so that other processes see it. */
  writeProgress(): void {
    for (const attempt of this.#attempts.values()) {
      if (attempt.isProgressStored || attempt.progress === null) continue;
      this.#options.transitions.saveProgress(attempt.claim, JSON.stringify(attempt.progress));
      attempt.isProgressStored = true;
    }
  }

  /** True if {@link writeProgress} has something to write. */
  get hasNewProgress(): boolean {
    return [...this.#attempts.values()].some(({ isProgressStored }) => !isProgressStored);
  }

  /** Compares what runs here with what the database says this process owns. */
  reconcile(): void {
    const owned = new Map(this.#options.transitions.ownedBy(this.#options.owner).map((job) => [job.id, job]));
    for (const [id, attempt] of this.#attempts) {
      const job = owned.get(id);
      if (job === undefined || job.attempt !== attempt.claim.attempt) this.stop(id, 'lost');
      else if (job.isCancelRequested === 1) this.stop(id, 'cancel');
    }
  }

  async #run(job: ClaimedJob, attempt: Attempt): Promise<Outcome> {
    let registered: RegisteredJob | undefined;
    try {
      registered = this.#options.registry.get(job.type);
      const resultJson = await registered.run(this.#context(job, attempt), job.input);
      if (attempt.stop === 'cancel') return { kind: 'cancelled' };
      return attempt.stop === 'lost' ? { kind: 'lost' } : { kind: 'succeeded', resultJson };
    } catch (thrown) {
      const outcome = judgeFailure(thrown, attempt.stop, {
        attempt: job.attempt,
        maxAttempts: job.maxAttempts,
        backoff: registered?.backoff ?? { firstMs: 0, factor: 1, maxMs: 0 },
        random: Math.random(),
      });
      this.#report(job, outcome, thrown);
      return outcome;
    }
  }

  #report(job: ClaimedJob, outcome: Outcome, thrown: unknown): void {
    const fields = { job: job.id, type: job.type, attempt: job.attempt, code: toAppError(thrown).code };
    if (outcome.kind === 'failed') this.#options.log.error('a job failed', { ...fields, error: thrown });
    if (outcome.kind === 'retry') {
      this.#options.log.warn('a job failed and will be tried again', {
        ...fields,
        delayMs: outcome.delayMs,
        error: thrown,
      });
    }
  }

  #context(job: ClaimedJob, attempt: Attempt): Omit<JobContext<unknown>, 'input'> {
    const { log, transitions, onChange } = this.#options;
    return {
      id: job.id,
      signal: attempt.controller.signal,
      attempt: job.attempt,
      group: job.group,
      log: log.child(job.type),
      checkpoint: job.checkpoint === null ? null : JSON.parse(job.checkpoint),
      reportProgress: ({ fraction, step, etaMs = null }) => {
        const known = Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0;
        attempt.progress = {
          fraction: known,
          step: step === undefined || step === '' ? null : step,
          etaMs: etaMs === null ? null : Math.max(0, etaMs),
        };
        attempt.isProgressStored = false;
        onChange(job.id);
      },
      saveCheckpoint: (data) => {
        if (transitions.saveCheckpoint(attempt.claim, JSON.stringify(data ?? null))) return;
        this.stop(job.id, 'lost');
        throw cancelledError();
      },
    };
  }
}
