export { defineJob } from './define-job.ts';
export type { CreateJobsOptions } from './service.ts';
export { createJobs } from './service.ts';
export type {
  Backoff,
  FinishedJob,
  JobContext,
  JobDefinition,
  JobFilter,
  JobPage,
  JobProgress,
  JobRequest,
  JobState,
  Jobs,
  JobsEventMap,
  JobView,
  Lane,
} from './types.ts';
export { jobStates, lanes } from './types.ts';
