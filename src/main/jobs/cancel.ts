import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { JobId } from '#shared/model/index.ts';
import type { Dependencies } from './dependencies.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Runner } from './runner.ts';
import type { JobStore } from './store.ts';
import type { Waiters } from './waiters.ts';

interface CancelOptions {
  db: Database;
  clock: Clock;
  store: JobStore;
  dependencies: Dependencies;
  runner: Runner;
  dispatcher: Dispatcher;
  waiters: Waiters;
  onChanged: (ids: readonly JobId[]) => void;
}

/** Makes `Jobs.cancel` for several jobs at once; resolves when all of them have really stopped. */
export function createCancel(options: CancelOptions): (ids: readonly JobId[]) => Promise<void> {
  const { db, clock, store, dependencies, runner, dispatcher, waiters, onChanged } = options;
  const cancelIdle = db.raw.prepare(
    `UPDATE jobs SET state = 'cancelled', finished_at = @nowMs, run_at = NULL
     WHERE id = @id AND state IN ('waiting', 'queued', 'retrying')`,
  );
  const request = db.raw.prepare("UPDATE jobs SET is_cancel_requested = 1 WHERE id = ? AND state = 'running'");

  /** Returns the jobs that still run and were told to stop. */
  function cancelNow(ids: readonly JobId[], nowMs: number): JobId[] {
    const running: JobId[] = [];
    const changed: JobId[] = [];
    for (const id of ids) {
      if (cancelIdle.run({ id, nowMs }).changes > 0) changed.push(id, ...dependencies.blocked(id, nowMs));
      else if (request.run(id).changes > 0) running.push(id);
      else if (store.row(id) === undefined) throw new AppError('not-found', 'This job does not exist any more.');
    }
    db.afterCommit(() => onChanged(changed));
    return running;
  }

  return async (ids) => {
    // A job whose process has died stops at once, not when someone notices.
    dispatcher.recoverNow();
    const running = db.transaction(() => cancelNow(ids, clock.nowMs()));
    for (const id of running) runner.stop(id, 'cancel');
    await Promise.all(running.map((id) => waiters.waitFor(id)));
  };
}
