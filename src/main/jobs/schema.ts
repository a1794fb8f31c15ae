import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { JobState, Lane } from './types.ts';

/** The table `jobs` of `0001_core.sql`, as far as the query builder reads it. */
export const jobsTable = sqliteTable(
  'jobs',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    type: text('type').notNull(),
    title: text('title').notNull(),
    lane: text('lane').$type<Lane>().notNull(),
    state: text('state').$type<JobState>().notNull(),
    priority: integer('priority').notNull(),
    group: text('group_key'),
    result: text('result'),
    error: text('error'),
    progress: text('progress'),
    attempt: integer('attempt').notNull(),
    maxAttempts: integer('max_attempts').notNull(),
    runAt: integer('run_at'),
    createdAt: integer('created_at').notNull(),
    startedAt: integer('started_at'),
    finishedAt: integer('finished_at'),
  },
  (table) => [index('jobs_by_state').on(table.state, table.seq)],
);

/** One row of {@link jobsTable}. */
export type JobRow = typeof jobsTable.$inferSelect;
