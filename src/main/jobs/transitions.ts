import type { Database } from '#main/platform/db/index.ts';
import type { JobId } from '#shared/model/index.ts';
import { createDependencies } from './dependencies.ts';
import type { Outcome } from './outcome.ts';
import type { ClaimedJob } from './store.ts';
import type { Lane } from './types.ts';

/** Says which attempt of which process is meant; a change that no longer fits it changes nothing. */
export interface Claim {
  id: JobId;
  owner: string;
  attempt: number;
}

/** The changes of state a running queue makes. All run inside the caller's transaction. */
export interface Transitions {
  /** Takes up to `limit` ready jobs of these types for `owner`, most urgent first. */
  claim(owner: string, lane: Lane, typesJson: string, limit: number, nowMs: number): ClaimedJob[];
  /** Ends an attempt. Returns the jobs that changed; none if the claim was lost. */
  settle(claim: Claim, outcome: Outcome, nowMs: number): JobId[];
  runningCount(lane: Lane): number;
  /** Queues retries that are due, also when the wall clock was set back. */
  promoteDue(nowMs: number): number;
  /** Time until the next retry; null if there is none. */
  nextRetryInMs(nowMs: number): number | null;
  saveCheckpoint(claim: Claim, json: string): boolean;
  saveProgress(claim: Claim, json: string): void;
  /** The jobs `owner` runs. */
  ownedBy(owner: string): { id: JobId; attempt: number; isCancelRequested: number }[];
  pausedLanes(): Lane[];
  setPaused(lane: Lane, isPaused: boolean): void;
}

const claimSql = `
  UPDATE jobs SET state = 'running', owner = @owner, attempt = attempt + 1, progress = NULL, run_at = NULL,
    is_cancel_requested = 0, started_at = coalesce(started_at, @nowMs)
  WHERE seq IN (
    SELECT seq FROM jobs
    WHERE state = 'queued' AND lane = @lane AND type IN (SELECT value FROM json_each(@typesJson))
    ORDER BY priority DESC, seq LIMIT @limit)
  RETURNING id, type, input, checkpoint, attempt, max_attempts AS maxAttempts, priority, seq, group_key AS "group"`;

const mine = "WHERE id = @id AND owner = @owner AND attempt = @attempt AND state = 'running'";
const over = 'owner = NULL, progress = NULL, is_cancel_requested = 0';

/** Prepares the statements that move jobs from state to state. */
export function createTransitions(db: Database): Transitions {
  const claim = db.raw.prepare<ClaimedJob>(claimSql);
  const succeed = db.raw.prepare(
    `UPDATE jobs SET state = 'succeeded', result = @json, error = NULL, finished_at = @nowMs, ${over} ${mine}`,
  );
  const finish = db.raw.prepare(
    `UPDATE jobs SET state = @state, error = coalesce(@json, error), finished_at = @nowMs, ${over} ${mine}`,
  );
  const retry = db.raw.prepare(
    `UPDATE jobs SET state = 'retrying', error = @json, run_at = @nowMs + @delayMs, retry_delay_ms = @delayMs, ${over} ${mine}`,
  );
  const release = db.raw.prepare(`UPDATE jobs SET state = 'queued', attempt = attempt - 1, ${over} ${mine}`);
  const checkpoint = db.raw.prepare(`UPDATE jobs SET checkpoint = @json, interruptions = 0 ${mine}`);
  const progress = db.raw.prepare(`UPDATE jobs SET progress = @json ${mine}`);
  const running = db.raw.prepare<{ jobs: number }>(
    "SELECT count(*) AS jobs FROM jobs WHERE state = 'running' AND lane = ?",
  );
  const promote = db.raw.prepare(
    `UPDATE jobs SET state = 'queued' WHERE state = 'retrying' AND (run_at <= @nowMs OR run_at - @nowMs > retry_delay_ms)`,
  );
  const next = db.raw.prepare<{ inMs: number | null }>(
    "SELECT min(min(run_at - @nowMs, retry_delay_ms)) AS inMs FROM jobs WHERE state = 'retrying'",
  );
  const owned = db.raw.prepare<{ id: JobId; attempt: number; isCancelRequested: number }>(
    "SELECT id, attempt, is_cancel_requested AS isCancelRequested FROM jobs WHERE state = 'running' AND owner = ?",
  );
  const paused = db.raw.prepare<{ lane: Lane }>('SELECT lane FROM job_lanes WHERE is_paused = 1');
  const setPaused = db.raw.prepare('INSERT OR REPLACE INTO job_lanes (lane, is_paused) VALUES (?, ?)');
  const dependencies = createDependencies(db);

  return {
    claim: (owner, lane, typesJson, limit, nowMs) =>
      claim.all({ owner, lane, typesJson, limit, nowMs }).sort((a, b) => b.priority - a.priority || a.seq - b.seq),
    settle(own, outcome, nowMs) {
      switch (outcome.kind) {
        case 'succeeded': {
          const { changes } = succeed.run({ ...own, json: outcome.resultJson, nowMs });
          return changes === 0 ? [] : [own.id, ...dependencies.satisfied(own.id)];
        }
        case 'retry': {
          const json = JSON.stringify(outcome.error);
          return retry.run({ ...own, json, delayMs: outcome.delayMs, nowMs }).changes === 0 ? [] : [own.id];
        }
        case 'failed': {
          const json = JSON.stringify(outcome.error);
          const { changes } = finish.run({ ...own, state: 'failed', json, nowMs });
          return changes === 0 ? [] : [own.id, ...dependencies.blocked(own.id, nowMs)];
        }
        case 'cancelled': {
          const { changes } = finish.run({ ...own, state: 'cancelled', json: null, nowMs });
          return changes === 0 ? [] : [own.id, ...dependencies.blocked(own.id, nowMs)];
        }
        case 'released':
          return release.run({ ...own }).changes === 0 ? [] : [own.id];
        case 'lost':
          return [];
      }
    },
    runningCount: (lane) => running.get(lane)?.jobs ?? 0,
    promoteDue: (nowMs) => promote.run({ nowMs }).changes,
    nextRetryInMs: (nowMs) => next.get({ nowMs })?.inMs ?? null,
    saveCheckpoint: (own, json) => checkpoint.run({ ...own, json }).changes > 0,
    saveProgress: (own, json) => void progress.run({ ...own, json }),
    ownedBy: (owner) => owned.all(owner),
    pausedLanes: () => paused.all().map(({ lane }) => lane),
    setPaused: (lane, isPaused) => void setPaused.run(lane, isPaused ? 1 : 0),
  };
}
