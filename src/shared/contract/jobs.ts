import { z } from 'zod';
import { jobIdSchema } from '../model/ids.ts';
import { appErrorDataSchema, doneSchema, pageSchema, procedure } from './base.ts';

/** Where a job's work happens; each lane has its own limit. */
export const laneSchema = z.enum(['cpu', 'export', 'net', 'gpu']);
export type Lane = z.infer<typeof laneSchema>;

/** `waiting`: for other jobs; `retrying`: failed, will be tried again at `retryAtMs`. */
export const jobStateSchema = z.enum(['waiting', 'queued', 'running', 'retrying', 'succeeded', 'failed', 'cancelled']);
export type JobState = z.infer<typeof jobStateSchema>;

/** A job as people see it. */
export const jobViewSchema = z.object({
  id: jobIdSchema,
  type: z.string(),
  /** For people: "Thumbnail of clip.mp4". */
  title: z.string(),
  lane: laneSchema,
  state: jobStateSchema,
  priority: z.int(),
  attempt: z.int(),
  maxAttempts: z.int(),
  progress: z
    .object({ fraction: z.number().min(0).max(1), step: z.string().nullable(), etaMs: z.number().nullable() })
    .nullable(),
  error: appErrorDataSchema.nullable(),
  /** Jobs that belong together: an import, an export batch. */
  group: z.string().nullable(),
  createdAtMs: z.number(),
  startedAtMs: z.number().nullable(),
  finishedAtMs: z.number().nullable(),
  retryAtMs: z.number().nullable(),
});
export type JobView = z.infer<typeof jobViewSchema>;

/** Jobs by state. */
export const jobCountsSchema = z.record(jobStateSchema, z.int());
export type JobCounts = z.infer<typeof jobCountsSchema>;

export const jobsContract = {
  list: procedure
    .input(z.object({ states: z.array(jobStateSchema).optional(), group: z.string().optional(), ...pageSchema }))
    .output(z.object({ jobs: z.array(jobViewSchema), total: z.int(), counts: jobCountsSchema })),
  get: procedure.input(z.object({ id: jobIdSchema })).output(jobViewSchema),
  cancel: procedure.input(z.object({ id: jobIdSchema })).output(doneSchema),
  cancelGroup: procedure.input(z.object({ group: z.string() })).output(doneSchema),
  /**
   * Tries a `failed` or `cancelled` job again, with what failed because of it; an export really is made again, by this same
   * job. Throws `conflict` in any other state, and for an export that was tried again by another job since.
   */
  retry: procedure.input(z.object({ id: jobIdSchema })).output(doneSchema),
  clearFinished: procedure.output(doneSchema),
};
