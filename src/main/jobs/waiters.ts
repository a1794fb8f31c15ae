import { cancelledError } from '#shared/errors/index.ts';
import type { JobId } from '#shared/model/index.ts';
import type { FinishedJob } from './types.ts';

interface Waiter {
  resolve: (job: FinishedJob) => void;
  reject: (error: unknown) => void;
}

/** Calls that wait for jobs to end. While there are any, the process stays alive. */
export class Waiters {
  readonly #waiters = new Map<JobId, Set<Waiter>>();
  /** The job if it has ended; throws `not-found` if it is gone. */
  readonly #finished: (id: JobId) => FinishedJob | null;
  #keepAlive: NodeJS.Timeout | null = null;

  constructor(finished: (id: JobId) => FinishedJob | null) {
    this.#finished = finished;
  }

  /** See `Jobs.waitFor`. */
  async waitFor(id: JobId, signal?: AbortSignal): Promise<FinishedJob> {
    const finished = this.#finished(id);
    if (finished !== null) return finished;
    if (signal?.aborted === true) throw cancelledError();
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        resolve: (job) => leave(() => resolve(job)),
        reject: (error) => leave(() => reject(error)),
      };
      const onAbort = () => waiter.reject(cancelledError());
      const leave = (settle: () => void) => {
        signal?.removeEventListener('abort', onAbort);
        this.#remove(id, waiter);
        settle();
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiters.set(id, (this.#waiters.get(id) ?? new Set()).add(waiter));
      this.#keepAlive ??= setInterval(() => {}, 2 ** 30);
    });
  }

  /** Looks whether these jobs, or all waited for, have ended. */
  check(ids: Iterable<JobId> = [...this.#waiters.keys()]): void {
    if (this.#waiters.size === 0) return;
    for (const id of ids) if (this.#waiters.has(id)) this.#checkOne(id);
  }

  /** Ends all waiting with `cancelled`. */
  dispose(): void {
    for (const waiters of this.#waiters.values()) for (const waiter of [...waiters]) waiter.reject(cancelledError());
  }

  #checkOne(id: JobId): void {
    const waiters = [...(this.#waiters.get(id) ?? [])];
    try {
      const job = this.#finished(id);
      if (job !== null) for (const waiter of waiters) waiter.resolve(job);
    } catch (error) {
      for (const waiter of waiters) waiter.reject(error);
    }
  }

  #remove(id: JobId, waiter: Waiter): void {
    const waiters = this.#waiters.get(id);
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.#waiters.delete(id);
    if (this.#waiters.size > 0 || this.#keepAlive === null) return;
    clearInterval(this.#keepAlive);
    this.#keepAlive = null;
  }
}
