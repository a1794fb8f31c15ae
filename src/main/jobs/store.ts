import { and, count, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '#main/platform/db/index.ts';
import type { JobId } from '#shared/model/index.ts';
import { type JobRow, jobsTable } from './schema.ts';
import { type JobFilter, type JobState, jobStates, type Lane } from './types.ts';

/** A new job as it is stored. */
export interface NewJob {
  id: JobId;
  type: string;
  title: string;
  lane: Lane;
  state: 'waiting' | 'queued';
  priority: number;
  group: string | null;
  key: string | null;
  inputJson: string;
  maxAttempts: number;
  pendingCount: number;
  createdAt: number;
}

/** A job this process has just taken. */
export interface ClaimedJob {
  id: JobId;
  type: string;
  input: string;
  checkpoint: string | null;
  attempt: number;
  maxAttempts: number;
  priority: number;
  seq: number;
  group: string | null;
}

/** Reading: what the outside asks for. Writing statements are in `transitions.ts`. */
export interface JobStore {
  insert(job: NewJob, dependsOn: readonly JobId[]): void;
  row(id: JobId): JobRow | undefined;
  rows(filter: JobFilter, page: { limit: number; beforeSeq: number | null; offset: number }): JobRow[];
  counts(filter: JobFilter): Record<JobState, number>;
  /** The live job with this key, or with `withDone` also one that succeeded. */
  byKey(key: string, withDone: boolean): JobId | undefined;
  ids(filter: JobFilter): JobId[];
  removeFinished(states: readonly JobState[], finishedBeforeMs: number): number;
  /** Of the oldest `limit` jobs that succeeded, removes those that ended before; looks at no more than these. */
  forgetOldest(finishedBeforeMs: number, limit: number): number;
}

const insertSql = `
  INSERT INTO jobs (id, type, title, lane, state, priority, group_key, idempotency_key, input, max_attempts,
    pending_count, created_at)
  VALUES (@id, @type, @title, @lane, @state, @priority, @group, @key, @inputJson, @maxAttempts, @pendingCount, @createdAt)`;

const liveKeySql = `
  SELECT id FROM jobs WHERE idempotency_key = ? AND state IN ('waiting', 'queued', 'running', 'retrying')`;
const doneKeySql = "SELECT id FROM jobs WHERE idempotency_key = ? AND state = 'succeeded' LIMIT 1";

/** Prepares the queries of the queue. */
export function createJobStore(db: Database): JobStore {
  const insert = db.raw.prepare(insertSql);
  const insertDependency = db.raw.prepare('INSERT OR IGNORE INTO job_dependencies (job_id, depends_on) VALUES (?, ?)');
  const liveKey = db.raw.prepare<{ id: JobId }>(liveKeySql);
  const doneKey = db.raw.prepare<{ id: JobId }>(doneKeySql);
  const allCounts = db.raw.prepare<{ state: JobState; jobs: number }>('SELECT state, jobs FROM job_counts');
  const remove = db.raw.prepare(
    'DELETE FROM jobs WHERE state IN (SELECT value FROM json_each(?)) AND finished_at IS NOT NULL AND finished_at <= ?',
  );
  const forget = db.raw.prepare(
    `DELETE FROM jobs WHERE seq IN (
       SELECT seq FROM (SELECT seq, finished_at FROM jobs WHERE state = 'succeeded' ORDER BY seq LIMIT ?)
       WHERE finished_at <= ?)`,
  );
  const byId = db.orm
    .select()
    .from(jobsTable)
    .where(eq(jobsTable.id, sql.placeholder('id')))
    .prepare();

  return {
    insert(job, dependsOn) {
      insert.run({ ...job });
      for (const dependency of dependsOn) insertDependency.run(job.id, dependency);
    },
    row: (id) => byId.get({ id }),
    rows(filter, { limit, beforeSeq, offset }) {
      const before = beforeSeq === null ? undefined : lt(jobsTable.seq, beforeSeq);
      return db.orm
        .select()
        .from(jobsTable)
        .where(and(where(filter), before))
        .orderBy(desc(jobsTable.seq))
        .limit(limit)
        .offset(offset)
        .all();
    },
    counts(filter) {
      const condition = where(filter);
      // Asked for at each change of a job: without a condition the database has the numbers ready.
      const found = condition === undefined ? allCounts.all() : countWhere(db, condition);
      const byState = new Map(found.map(({ state, jobs }) => [state, jobs]));
      return Object.fromEntries(jobStates.map((state) => [state, byState.get(state) ?? 0])) as Record<JobState, number>;
    },
    byKey: (key, withDone) => (liveKey.get(key) ?? (withDone ? doneKey.get(key) : undefined))?.id,
    ids(filter) {
      const found = db.orm.select({ id: jobsTable.id }).from(jobsTable).where(where(filter)).all();
      return found.map(({ id }) => id as JobId);
    },
    removeFinished: (states, finishedBeforeMs) => remove.run(JSON.stringify(states), finishedBeforeMs).changes,
    forgetOldest: (finishedBeforeMs, limit) => forget.run(limit, finishedBeforeMs).changes,
  };
}

function countWhere(db: Database, condition: SQL): { state: JobState; jobs: number }[] {
  return db.orm
    .select({ state: jobsTable.state, jobs: count() })
    .from(jobsTable)
    .where(condition)
    .groupBy(jobsTable.state)
    .all();
}

function where(filter: JobFilter): SQL | undefined {
  return and(
    filter.states === undefined ? undefined : inArray(jobsTable.state, [...filter.states]),
    filter.types === undefined ? undefined : inArray(jobsTable.type, [...filter.types]),
    filter.lanes === undefined ? undefined : inArray(jobsTable.lane, [...filter.lanes]),
    filter.group === undefined ? undefined : eq(jobsTable.group, filter.group),
  );
}
