import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Database, ExclusiveFile } from '#main/platform/db/index.ts';
import { holdExclusively, isHeld } from '#main/platform/db/index.ts';
import type { JobId } from '#shared/model/index.ts';
import { createDependencies } from './dependencies.ts';
import { interruptedError } from './outcome.ts';

/**
 * Who runs jobs, and who of them is alive. Each process that runs jobs holds a lock file that the system releases when
 * it dies, so a lease needs no expiry: a changed wall clock, a suspended machine or a process id used again can neither
 * end a living process's jobs nor keep a dead one's.
 */
export interface Owners {
  /** This process. */
  readonly id: string;
  /** Makes this process known; before it claims anything. */
  join(nowMs: number): void;
  /** Puts back what dead processes left running. Returns the jobs that changed. */
  recover(nowMs: number): JobId[];
  /** The opposite of {@link join}; its jobs must have been settled or put back. */
  leave(): void;
}

/** Creates the owner of this queue; `locksDir` is null for an in-memory database, which no one else can see. */
export function createOwners(db: Database, locksDir: string | null, maxInterruptions: number): Owners {
  const id = randomUUID();
  const insert = db.raw.prepare('INSERT INTO job_owners (id, pid, started_at) VALUES (?, ?, ?)');
  const remove = db.raw.prepare('DELETE FROM job_owners WHERE id = ?');
  const others = db.raw.prepare<{ id: string }>('SELECT id FROM job_owners WHERE id <> ?');
  const putBack = createPutBack(db, maxInterruptions);
  let lock: ExclusiveFile | null = null;

  const lockFile = (owner: string) => (locksDir === null ? null : join(locksDir, `${owner}.lock`));
  function isAlive(owner: string): boolean {
    const file = lockFile(owner);
    return file !== null && isHeld(file);
  }

  return {
    id,
    join(nowMs) {
      const file = lockFile(id);
      // Held before the row is seen: from the first moment on, others find this process alive.
      if (file !== null) lock = holdExclusively(file);
      insert.run(id, process.pid, nowMs);
    },
    recover(nowMs) {
      const dead = others.all(id).filter((other) => !isAlive(other.id));
      if (dead.length === 0) return [];
      return db.transaction(() => dead.flatMap((other) => putBack(other.id, nowMs)));
    },
    leave() {
      remove.run(id);
      lock?.release({ remove: true });
      lock = null;
    },
  };
}

interface LeftJob {
  id: JobId;
  interruptions: number;
  isCancelRequested: number;
}

function createPutBack(db: Database, maxInterruptions: number): (owner: string, nowMs: number) => JobId[] {
  const left = db.raw.prepare<LeftJob>(
    `SELECT id, interruptions, is_cancel_requested AS isCancelRequested FROM jobs WHERE state = 'running' AND owner = ?`,
  );
  const requeue = db.raw.prepare(
    `UPDATE jobs SET state = 'queued', owner = NULL, attempt = attempt - 1, interruptions = interruptions + 1,
       progress = NULL WHERE id = ?`,
  );
  const end = db.raw.prepare(
    `UPDATE jobs SET state = @state, error = @error, owner = NULL, progress = NULL, is_cancel_requested = 0,
       finished_at = @nowMs WHERE id = @id`,
  );
  const forget = db.raw.prepare('DELETE FROM job_owners WHERE id = ?');
  const dependencies = createDependencies(db);

  return (owner, nowMs) => {
    const changed = left.all(owner).flatMap((job) => {
      if (job.isCancelRequested === 1) end.run({ id: job.id, state: 'cancelled', error: null, nowMs });
      else if (job.interruptions >= maxInterruptions) {
        // A job that was there each time the engine died may well be why it died.
        const error = JSON.stringify(interruptedError(job.interruptions + 1));
        end.run({ id: job.id, state: 'failed', error, nowMs });
      } else {
        requeue.run(job.id);
        return [job.id];
      }
      return [job.id, ...dependencies.blocked(job.id, nowMs)];
    });
    forget.run(owner);
    return changed;
  };
}
