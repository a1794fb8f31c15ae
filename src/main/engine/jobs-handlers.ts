import type { Jobs } from '#main/jobs/index.ts';
import type { Handlers, jobsContract } from '#shared/contract/index.ts';

const done = { ok: true } as const;

/** The `jobs` part of the contract over the queue. */
export function jobsHandlers(jobs: Jobs): Handlers<typeof jobsContract> {
  return {
    list({ states, group, offset, limit }) {
      const ofGroup = group === undefined ? {} : { group };
      const counts = jobs.counts(ofGroup);
      const wanted = states ?? (Object.keys(counts) as (keyof typeof counts)[]);
      const page = jobs.list({ ...ofGroup, ...(states ? { states } : {}) }, { limit, offset });
      return { jobs: page.jobs, total: wanted.reduce((sum, state) => sum + counts[state], 0), counts };
    },
    get: ({ id }) => jobs.get(id),
    async cancel({ id }) {
      await jobs.cancel(id);
      return done;
    },
    async cancelGroup({ group }) {
      await jobs.cancelGroup(group);
      return done;
    },
    retry({ id }) {
      jobs.retry(id);
      return done;
    },
    clearFinished() {
      jobs.removeFinished();
      return done;
    },
  };
}
