import { z } from 'zod';
import { exportBatchIdSchema, projectIdSchema } from '../model/ids.ts';
import { placementIdSchema } from '../model/placement.ts';
import { ratioSchema } from '../model/ratio.ts';
import { releaseSchema } from '../model/release.ts';
import { doneSchema, pageSchema, pathSchema, procedure } from './base.ts';
import { checkReportSchema } from './render/check.ts';
import { estimateSchema, exportRequestSchema, exportViewSchema } from './render/exports.ts';
import { handoffContract } from './render/handoff.ts';
import { preflightContract } from './render/preflight.ts';
import { presetSchema } from './render/preset.ts';
import { exportFilterSchema, reuseContract } from './render/reuse.ts';
import { reviewContract } from './render/review.ts';
import { soundLevelsContract } from './render/sound-levels.ts';

export * from './render/check.ts';
export * from './render/exports.ts';
export * from './render/handoff.ts';
export * from './render/preflight.ts';
export * from './render/preset.ts';
export * from './render/reuse.ts';
export * from './render/review.ts';
export * from './render/sound-levels.ts';

export const renderContract = {
  ...preflightContract,
  ...handoffContract,
  ...reuseContract,
  ...reviewContract,
  ...soundLevelsContract,
  presets: procedure.output(z.object({ presets: z.array(presetSchema) })),
  /** Names, lengths, time and disk for a request, and what stands in its way; nothing is started. */
  estimate: procedure.input(exportRequestSchema).output(estimateSchema),
  start: procedure
    .input(exportRequestSchema)
    .output(z.object({ batchId: exportBatchIdSchema, exports: z.array(exportViewSchema) })),
  list: procedure
    .input(
      z.object({
        projectId: projectIdSchema.optional(),
        batchId: exportBatchIdSchema.optional(),
        ...exportFilterSchema,
        ...pageSchema,
      }),
    )
    .output(z.object({ exports: z.array(exportViewSchema), total: z.int() })),
  get: procedure.input(z.object({ id: z.string() })).output(exportViewSchema),
  /** Waits until every export of the batch has ended or is paused. */
  waitForBatch: procedure
    .input(z.object({ batchId: exportBatchIdSchema }))
    .output(z.object({ exports: z.array(exportViewSchema) })),
  cancel: procedure
    .input(z.object({ id: z.string().optional(), batchId: exportBatchIdSchema.optional() }))
    .output(doneSchema),
  /** Renders again what failed or was cancelled, or a finished one as its next revision. */
  rerun: procedure.input(z.object({ id: z.string() })).output(exportViewSchema),
  /** Takes exports off the list; files stay. */
  forget: procedure.input(z.object({ ids: z.array(z.string()).min(1).max(2000) })).output(doneSchema),
  /** Where each variant stands in each ratio: never exported, exported as it is now, or changed since. */
  variantStates: procedure.input(z.object({ projectId: projectIdSchema })).output(
    z.object({
      states: z.array(
        z.object({
          variantKey: z.string(),
          ratio: ratioSchema,
          state: z.enum(['exported', 'changed']),
          exportId: z.string(),
          revision: z.int(),
        }),
      ),
    }),
  ),
  releases: procedure
    .input(z.object({ projectId: projectIdSchema, ...pageSchema }))
    .output(z.object({ releases: z.array(releaseSchema), total: z.int() })),
  /** Checks any video file on this machine against what an ad must be (and a placement asks for). */
  check: procedure
    .input(
      z.object({
        path: pathSchema,
        placements: z.array(placementIdSchema).default([]),
        /** LUFS asked for; null = that of the placements, if any are given, else loudness is only told. */
        loudnessLufs: z.number().min(-40).max(-5).nullable().default(null),
      }),
    )
    .output(checkReportSchema),
};
