import type { Jobs, JobView as StoredJob } from '#main/jobs/index.ts';
import type { contract, Handlers, JobCounts, JobView } from '#shared/contract/index.ts';

const ok = { ok: true } as const;

/** The `jobs` part of the contract over the queue. */
export function jobsHandlers(jobs: Jobs): Handlers<(typeof contract)['jobs']> {
  return {
    list({ states, group, offset, limit }) {
      const filter = { ...(states ? { states } : {}), ...(group === undefined ? {} : { group }) };
      const page = jobs.list(filter, { limit: offset + limit }).jobs.slice(offset);
      const counts = jobs.counts(group === undefined ? {} : { group });
      const wanted = states ?? (Object.keys(counts) as (keyof JobCounts)[]);
      return { jobs: page.map(toJobView), total: wanted.reduce((sum, state) => sum + counts[state], 0), counts };
    },
    get: ({ id }) => toJobView(jobs.get(id)),
    async cancel({ id }) {
      await jobs.cancel(id);
      return ok;
    },
    async cancelGroup({ group }) {
      await jobs.cancelGroup(group);
      return ok;
    },
    retry({ id }) {
      jobs.retry(id);
      return ok;
    },
    clearFinished() {
      jobs.removeFinished();
      return ok;
    },
  };
}

/** A job as the contract shows it. */
export function toJobView(job: StoredJob): JobView {
  const { createdAt, startedAt, finishedAt, progress, ...rest } = job;
  return {
    ...rest,
    progress: progress && { ...progress, step: progress.step === '' ? null : progress.step },
    createdAtMs: createdAt,
    startedAtMs: startedAt,
    finishedAtMs: finishedAt,
    retryAtMs: null,
  };
}
