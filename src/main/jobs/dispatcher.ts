import type { Clock, Dispose } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import type { JobId } from '#shared/model/index.ts';
import type { Owners } from './owners.ts';
import type { Registry } from './registry.ts';
import type { Runner } from './runner.ts';
import type { ClaimedJob } from './store.ts';
import type { Transitions } from './transitions.ts';
import { type Lane, lanes } from './types.ts';

/** How often other processes' changes and due retries are looked for; a look takes microseconds. */
const lookPeriodMs = 250;
/** How often other processes are looked at for signs of life. */
const recoverPeriodMs = 2_000;
const progressPeriodMs = 1_000;
/** Pause after the database refused (full disk, busy); what ended in the meantime is kept in memory. */
const troublePauseMs = 1_000;

/** What the dispatcher needs. */
export interface DispatcherOptions {
  db: Database;
  clock: Clock;
  log: Log;
  registry: Registry;
  transitions: Transitions;
  owners: Owners;
  runner: Runner;
  limits: Record<Lane, number>;
  /** Jobs changed state, committed. */
  onChanged: (ids: readonly JobId[]) => void;
  /** Another process committed something. */
  onChangedElsewhere: () => void;
}

/** Decides when to claim: after each change, and by looking around now and then. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #timers: Dispose[] = [];
  #state: 'idle' | 'running' | 'stopping' = 'idle';
  #isScheduled = false;
  #seenVersion = 0;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#seenVersion = options.db.externalVersion();
    this.#timers.push(options.clock.every(lookPeriodMs, () => this.#guard(() => this.#look())));
  }

  /** Joins the processes that run jobs. */
  start(): void {
    if (this.#state !== 'idle') return;
    const { owners, clock } = this.#options;
    owners.join(clock.nowMs());
    this.#state = 'running';
    this.#recover();
    this.#timers.push(
      clock.every(recoverPeriodMs, () => this.#guard(() => this.#recover())),
      clock.every(progressPeriodMs, () => this.#guard(() => this.#storeProgress())),
    );
    this.schedule();
  }

  /** Claims and writes soon, once, however often it is called. */
  schedule(): void {
    if (this.#isScheduled || this.#state === 'idle') return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#guard(() => this.#pump());
    });
  }

  /** Puts back what dead processes left, now. */
  recoverNow(): void {
    this.#recover();
  }

  /** Stops everything that runs and waits for it; what did not finish is put back. */
  async stop(): Promise<void> {
    const { runner, owners, clock } = this.#options;
    for (const stopTimer of this.#timers) stopTimer();
    if (this.#state !== 'running') return;
    this.#state = 'stopping';
    runner.stopAll('shutdown');
    for (let tries = 0; runner.activeCount > 0; ) {
      await clock.sleep(10);
      // If the disk is full to the end, the next start recovers as after a crash.
      if (!this.#guard(() => this.#pump()) && ++tries > 50) break;
    }
    this.#guard(() => owners.leave());
    this.#state = 'idle';
  }

  #guard(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      const { log, clock } = this.#options;
      log.error('the job queue could not reach its database; it tries again', { error });
      clock.after(troublePauseMs, () => this.schedule());
      return false;
    }
  }

  #look(): void {
    const { db, clock, transitions, runner, onChangedElsewhere } = this.#options;
    const version = db.externalVersion();
    const nextRetryInMs = transitions.nextRetryInMs(clock.nowMs());
    if (nextRetryInMs !== null && nextRetryInMs <= 0) this.schedule();
    if (version === this.#seenVersion) return;
    this.#seenVersion = version;
    runner.reconcile();
    onChangedElsewhere();
    this.schedule();
  }

  #recover(): void {
    const { owners, clock, log, onChanged } = this.#options;
    const changed = owners.recover(clock.nowMs());
    if (changed.length === 0) return;
    log.warn('jobs of a process that ended were put back', { jobs: changed.length });
    onChanged(changed);
    this.schedule();
  }

  #pump(): void {
    const { db, clock, runner, onChanged } = this.#options;
    const nowMs = clock.nowMs();
    const { changed, written, claimed } = db.transaction(() => ({
      ...runner.writeSettled(nowMs),
      claimed: this.#state === 'running' ? this.#claim(nowMs) : [],
    }));
    runner.forget(written);
    onChanged([...changed, ...claimed.map(({ id }) => id)]);
    for (const job of claimed) runner.start(job);
  }

  #claim(nowMs: number): ClaimedJob[] {
    const { transitions, registry, owners, limits } = this.#options;
    transitions.promoteDue(nowMs);
    const paused = transitions.pausedLanes();
    return lanes
      .filter((lane) => !paused.includes(lane))
      .flatMap((lane) => {
        const free = limits[lane] - transitions.runningCount(lane);
        const typesJson = registry.typesJson(lane);
        return free <= 0 || typesJson === '[]' ? [] : transitions.claim(owners.id, lane, typesJson, free, nowMs);
      });
  }

  #storeProgress(): void {
    const { db, runner } = this.#options;
    if (runner.hasNewProgress) db.transaction(() => runner.writeProgress());
  }
}
