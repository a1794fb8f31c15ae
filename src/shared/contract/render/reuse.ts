import { z } from 'zod';
import { exportBatchIdSchema, projectIdSchema } from '../../model/ids.ts';
import { doneSchema, procedure } from '../base.ts';
import { estimateSchema, exportStateSchema, exportViewSchema } from './exports.ts';

/** Why a segment had to be encoded: what of it had changed since the nearest one of the last revision. */
export const segmentReasonSchema = z.enum([
  'reused',
  'first-time',
  'source',
  'timing',
  'picture',
  'text',
  'settings',
  'engine',
  'evicted',
]);

/** Where one segment of an export came from. */
export const segmentOriginSchema = z.object({
  startFrame: z.int(),
  frames: z.int(),
  reason: segmentReasonSchema,
  /** For people. */
  because: z.string(),
});
export type SegmentOrigin = z.infer<typeof segmentOriginSchema>;

/** Which exports: a batch, some, or all there are. */
export const exportsChoiceSchema = z.union([
  z.object({ batchId: exportBatchIdSchema }),
  z.object({ exportIds: z.array(z.string()).min(1).max(2000) }),
  z.object({ isAll: z.literal(true) }),
]);
export type ExportsChoice = z.infer<typeof exportsChoiceSchema>;

/** Exports started together, summed up. */
export const exportBatchSchema = z.object({
  id: exportBatchIdSchema,
  projectId: projectIdSchema,
  projectName: z.string(),
  createdAtMs: z.number(),
  counts: z.record(exportStateSchema, z.int().nonnegative()),
  /** Seconds of video over all files, and of these the finished ones'. */
  totalSeconds: z.number(),
  doneSeconds: z.number(),
  /** 0 to 1 over what was not cancelled. */
  fraction: z.number(),
  /** Time left, estimated, of what is queued, running or paused. */
  leftMs: z.number(),
  /** How many of its exports fit what was asked for. */
  fitting: z.int().nonnegative(),
});
export type ExportBatch = z.infer<typeof exportBatchSchema>;

/** Narrows lists of exports down. */
export const exportFilterSchema = {
  states: z.array(exportStateSchema).optional(),
  /** Words in the names of project, variant and file, or a ratio. */
  search: z.string().max(200).optional(),
};

export const reuseContract = {
  /** The newest 500 batches, newest first; those without an export that fits are left out. */
  batches: procedure.input(z.object(exportFilterSchema)).output(z.object({ batches: z.array(exportBatchSchema) })),
  /** The exports that no longer show the project as it is now, and what exporting them again would cost. */
  affected: procedure
    .input(z.object({ projectId: projectIdSchema }))
    .output(estimateSchema.extend({ exportIds: z.array(z.string()) })),
  /** Exports these again as their next revisions, with the project as it is now and the settings they had. */
  reexport: procedure
    .input(z.object({ exportIds: z.array(z.string()).min(1).max(2000) }))
    .output(z.object({ batchId: exportBatchIdSchema, exports: z.array(exportViewSchema) })),
  /**
   * Stops exports that are queued or running; resolves when nothing of them runs any more. What was encoded is kept, and
   * they stay paused over restarts.
   */
  pause: procedure.input(exportsChoiceSchema).output(doneSchema),
  /**
   * Goes on with exports; finished segments are not made again. Paused ones show the project as it was when they were
   * started. Failed and cancelled ones (not with `isAll`) show it as it is now: what was wrong may be mended.
   */
  resume: procedure.input(exportsChoiceSchema).output(doneSchema),
  /** For each segment of an export: reused, or why it was encoded. */
  explain: procedure.input(z.object({ exportId: z.string() })).output(
    z.object({
      segments: z.array(segmentOriginSchema),
      /** The revision it was compared with; null = there was none. */
      previousRevision: z.int().nullable(),
    }),
  ),
  /** How full the cache of segments and sounds is. */
  cacheState: procedure.output(z.object({ usedBytes: z.number(), limitBytes: z.number(), files: z.int() })),
};
