import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import type { JobDefinition, Jobs, Lane } from './types.ts';

/** What {@link createJobs} needs. */
export interface CreateJobsOptions {
  db: Database;
  clock: Clock;
  log: Log;
  /** Jobs at once per lane, over all processes of the library. */
  limits: Record<Lane, number>;
  /** Folder of the files that show which processes are alive (`LibraryPaths.locks`); null for `:memory:`. */
  locksDir: string | null;
}

/** Types a job definition; changes nothing. */
export function defineJob<Input, Result = void>(
  definition: JobDefinition<Input, Result>,
): JobDefinition<Input, Result> {
  return definition;
}

/** Creates the queue over the library's database (tables in `0001_core.sql`). */
export function createJobs(options: CreateJobsOptions): Jobs {
  throw new Error(`not yet: ${options.locksDir}`);
}
