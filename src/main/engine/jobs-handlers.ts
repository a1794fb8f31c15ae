import type { Jobs } from '#main/jobs/index.ts';
import type { contract, Handlers, JobCounts } from '#shared/contract/index.ts';

const ok = { ok: true } as const;

/** The `jobs` part of the contract over the queue. */
export function jobsHandlers(jobs: Jobs): Handlers<(typeof contract)['jobs']> {
  return {
    list({ states, group, offset, limit }) {
      const filter = { ...(states ? { states } : {}), ...(group === undefined ? {} : { group }) };
      const page = jobs.list(filter, { offset, limit });
      const counts = jobs.counts(group === undefined ? {} : { group });
      const wanted = states ?? (Object.keys(counts) as (keyof JobCounts)[]);
      return { jobs: page.jobs, total: wanted.reduce((sum, state) => sum + counts[state], 0), counts };
    },
    get: ({ id }) => jobs.get(id),
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
