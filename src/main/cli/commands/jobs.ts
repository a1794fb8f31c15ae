import { z } from 'zod';
import { jobStateSchema } from '#shared/contract/index.ts';
import { jobIdSchema } from '#shared/model/index.ts';
import { exitCodes } from '../exit-codes.ts';
import { table } from '../format.ts';
import type { CommandContext, Outcome } from '../types.ts';

/** `jobs`. */
export interface JobsOptions {
  state?: string;
  limit: string;
  cancel?: string;
  retry?: string;
  clear?: boolean;
}

/** Lists jobs, newest first; cancels, retries or clears when asked to. */
export async function jobsCommand({ client }: CommandContext, options: JobsOptions): Promise<Outcome> {
  if (options.cancel !== undefined) await client.jobs.cancel({ id: jobIdSchema.parse(options.cancel) });
  if (options.retry !== undefined) await client.jobs.retry({ id: jobIdSchema.parse(options.retry) });
  if (options.clear) await client.jobs.clearFinished();
  const states = options.state === undefined ? undefined : z.array(jobStateSchema).parse(options.state.split(','));
  const answer = await client.jobs.list({ ...(states ? { states } : {}), limit: Number(options.limit) });
  const rows = answer.jobs.map((job) => [
    job.id,
    job.state,
    job.progress ? `${Math.floor(job.progress.fraction * 100)} %` : '',
    `${job.attempt}/${job.maxAttempts}`,
    job.error ? `${job.title}: ${job.error.userMessage}` : job.title,
  ]);
  const counts = Object.entries(answer.counts)
    .filter(([, number]) => number > 0)
    .map(([state, number]) => `${number} ${state}`);
  const text = `${table(['id', 'state', 'done', 'try', 'job'], rows)}\n${counts.join(', ') || 'no jobs'}`;
  return { json: answer, text, code: exitCodes.ok };
}
