import type { Database } from '#main/platform/db/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { JobId } from '#shared/model/index.ts';
import { blockedError } from './outcome.ts';
import type { JobState } from './types.ts';
import { readError } from './view.ts';

/** What follows for other jobs when one ends. All run inside the caller's transaction; each returns the jobs changed. */
export interface Dependencies {
  /** The job succeeded: what waited for it alone is queued. */
  satisfied(id: JobId): JobId[];
  /** The job failed or was cancelled: so do all that wait for it, directly or not. */
  blocked(id: JobId, nowMs: number): JobId[];
  /** Puts a failed or cancelled job back, with what it stands on and what failed because of it. */
  revive(id: JobId): JobId[];
  /** How many of these have not succeeded yet; throws `not-found` for one that does not exist. */
  pending(ids: readonly JobId[]): { count: number; dead: JobId | null };
}

interface JobStub {
  id: JobId;
  state: JobState;
  title: string;
  error: string | null;
  blockedBy: JobId | null;
}

/** Prepares the statements that follow dependencies. */
export function createDependencies(db: Database): Dependencies {
  const stub = db.raw.prepare<JobStub>(
    'SELECT id, state, title, error, blocked_by AS blockedBy FROM jobs WHERE id = ?',
  );
  const dependants = db.raw.prepare<{ id: JobId }>('SELECT job_id AS id FROM job_dependencies WHERE depends_on = ?');
  const needed = db.raw.prepare<{ id: JobId }>('SELECT depends_on AS id FROM job_dependencies WHERE job_id = ?');
  const countDown = db.raw.prepare(
    `UPDATE jobs SET pending_count = pending_count - 1, state = CASE WHEN pending_count <= 1 THEN 'queued' ELSE state END
     WHERE id = ? AND state = 'waiting'`,
  );
  const block = db.raw.prepare(
    `UPDATE jobs SET state = @state, error = @error, blocked_by = @by, finished_at = @nowMs
     WHERE id = @id AND state = 'waiting'`,
  );
  const revive = db.raw.prepare(
    `UPDATE jobs SET state = CASE WHEN @pending > 0 THEN 'waiting' ELSE 'queued' END, pending_count = @pending,
       attempt = 0, interruptions = 0, error = NULL, blocked_by = NULL, finished_at = NULL, started_at = NULL,
       run_at = NULL, is_cancel_requested = 0
     WHERE id = @id AND state IN ('failed', 'cancelled')`,
  );

  function isDead(id: JobId): boolean {
    const state = stub.get(id)?.state;
    return state === 'failed' || state === 'cancelled';
  }

  function pendingOf(id: JobId): number {
    // A dependency that was removed after it ended well no longer holds anyone up.
    return needed.all(id).filter((dependency) => (stub.get(dependency.id)?.state ?? 'succeeded') !== 'succeeded')
      .length;
  }

  /** The job, the dead ones it stands on, and those that died because of any of them. */
  function family(start: JobId): JobId[] {
    const found = new Set<JobId>([start]);
    for (const id of found) {
      for (const dependency of needed.all(id)) if (isDead(dependency.id)) found.add(dependency.id);
      for (const dependant of dependants.all(id)) if (stub.get(dependant.id)?.blockedBy === id) found.add(dependant.id);
    }
    return [...found];
  }

  return {
    satisfied(id) {
      return dependants.all(id).flatMap((dependant) => (countDown.run(dependant.id).changes > 0 ? [dependant.id] : []));
    },
    blocked(first, nowMs) {
      const changed: JobId[] = [];
      const queue = [first];
      for (const id of queue) {
        const cause = stub.get(id);
        if (cause === undefined) continue;
        const isCancelled = cause.state === 'cancelled';
        const error = isCancelled ? null : JSON.stringify(blockedError(cause, readError(cause.error)));
        for (const dependant of dependants.all(id)) {
          const state = isCancelled ? 'cancelled' : 'failed';
          if (block.run({ id: dependant.id, state, error, by: id, nowMs }).changes === 0) continue;
          changed.push(dependant.id);
          queue.push(dependant.id);
        }
      }
      return changed;
    },
    revive(id) {
      const ids = family(id);
      // First all at once, as if nothing were waiting; then each knows which of the others it waits for.
      const revived = ids.filter((one) => revive.run({ id: one, pending: 1 }).changes > 0);
      const settle = db.raw.prepare(
        `UPDATE jobs SET pending_count = @pending, state = CASE WHEN @pending > 0 THEN 'waiting' ELSE 'queued' END
         WHERE id = @id AND state = 'waiting'`,
      );
      for (const one of revived) settle.run({ id: one, pending: pendingOf(one) });
      return revived;
    },
    pending(ids) {
      let count = 0;
      let dead: JobId | null = null;
      for (const id of new Set(ids)) {
        const state = stub.get(id)?.state;
        if (state === undefined) {
          throw new AppError('not-found', 'A job this one depends on does not exist.', { details: { job: id } });
        }
        if (state === 'failed' || state === 'cancelled') dead ??= id;
        if (state !== 'succeeded') count += 1;
      }
      return { count, dead };
    },
  };
}
