import type { Jobs } from '#main/jobs/index.ts';
import type { Handlers, jobsContract } from '#shared/contract/index.ts';
import type { JobId } from '#shared/model/index.ts';

const done = { ok: true } as const;

/** Ways to try jobs again, by type, for those that are more than their job: rows of their own say that they failed. */
export type Retries = Readonly<Record<string, (id: JobId) => Promise<void>>>;

/** The `jobs` part of the contract over the queue. */
export function jobsHandlers(jobs: Jobs, retries: Retries = {}): Handlers<typeof jobsContract> {
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
    async retry({ id }) {
      const retry = retries[jobs.get(id).type];
      if (retry) await retry(id);
      else jobs.retry(id);
      return done;
    },
    clearFinished() {
      jobs.removeFinished();
      return done;
    },
  };
}
