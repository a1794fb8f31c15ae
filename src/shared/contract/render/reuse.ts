import { z } from 'zod';
import { exportBatchIdSchema, projectIdSchema } from '../../model/ids.ts';
import { doneSchema, procedure } from '../base.ts';
import { estimateSchema, exportViewSchema } from './exports.ts';

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

export const reuseContract = {
  /** The exports that no longer show the project as it is now, and what exporting them again would cost. */
  affected: procedure
    .input(z.object({ projectId: projectIdSchema }))
    .output(estimateSchema.extend({ exportIds: z.array(z.string()) })),
  /** Exports these again as their next revisions, with the project as it is now and the settings they had. */
  reexport: procedure
    .input(z.object({ exportIds: z.array(z.string()).min(1).max(2000) }))
    .output(z.object({ batchId: exportBatchIdSchema, exports: z.array(exportViewSchema) })),
  /** Stops a batch's exports; what was encoded is kept. */
  pause: procedure.input(z.object({ batchId: exportBatchIdSchema })).output(doneSchema),
  /** Goes on with what is paused, failed or cancelled of a batch; finished segments are not made again. */
  resume: procedure.input(z.object({ batchId: exportBatchIdSchema })).output(doneSchema),
  /** For each segment of an export: reused, or why it was encoded. */
  explain: procedure
    .input(z.object({ exportId: z.string() }))
    .output(z.object({ segments: z.array(segmentOriginSchema) })),
  /** How full the cache of segments and sounds is. */
  cacheState: procedure.output(z.object({ usedBytes: z.number(), limitBytes: z.number(), files: z.int() })),
};
