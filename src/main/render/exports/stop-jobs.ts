import { setImmediate as breathe } from 'node:timers/promises';
import type { Jobs } from '#main/jobs/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ExportRow } from '../schema.ts';

/** Jobs that are stopped before other work gets its turn. */
const atOnce = 20;

/** Stops the jobs of some exports, those last in the queue first; resolves when all have really stopped. */
export async function stopJobs(jobs: Jobs, rows: readonly Pick<ExportRow, 'jobId' | 'seq'>[]): Promise<void> {
  const ids = [...rows].sort((a, b) => b.seq - a.seq).flatMap(({ jobId }) => jobId ?? []);
  const stopping: Promise<void>[] = [];
  for (const [index, id] of ids.entries()) {
    stopping.push(jobs.cancel(id).catch(ignoreGone));
    if (index % atOnce === atOnce - 1) await breathe();
  }
  await Promise.all(stopping);
}

/** A job that the queue has forgotten needs no stopping. */
export function ignoreGone(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
}
