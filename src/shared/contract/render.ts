import { z } from 'zod';
import { exportBatchIdSchema, jobIdSchema, projectIdSchema, releaseIdSchema } from '../model/ids.ts';
import { ratioSchema } from '../model/ratio.ts';
import { releaseSchema } from '../model/release.ts';
import { variantSchema } from '../model/variant.ts';
import { appErrorDataSchema, doneSchema, pageSchema, pathSchema, procedure } from './base.ts';

/** Codec settings of an export. */
export const presetSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** For people: what it is for. */
  note: z.string(),
  /** Pixels of the output's short side; 1080 is full size. */
  shortSide: z.int().min(64).max(2160),
  x264Preset: z.enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow']),
  crf: z.number().min(0).max(40),
  /** Ceiling of the bitrate over one second, bits/s. */
  maxBitrate: z.int().positive(),
  audioBitrate: z.int().positive(),
});
export type Preset = z.infer<typeof presetSchema>;

/** One thing an output check looked at. */
export const checkFindingSchema = z.object({
  id: z.string(),
  label: z.string(),
  state: z.enum(['ok', 'failed', 'skipped']),
  expected: z.string(),
  found: z.string(),
});
/** Result of looking at a finished file. */
export const checkReportSchema = z.object({
  path: z.string(),
  isPassed: z.boolean(),
  findings: z.array(checkFindingSchema),
});
export type CheckReport = z.infer<typeof checkReportSchema>;

/** One file to be made, being made, or made. Its bytes are at `<mediaBase>/exports/<id>` once finished. */
export const exportViewSchema = z.object({
  id: z.string(),
  batchId: exportBatchIdSchema,
  projectId: projectIdSchema,
  projectName: z.string(),
  variant: variantSchema,
  variantKey: z.string(),
  variantName: z.string(),
  ratio: ratioSchema,
  presetId: z.string(),
  state: z.enum(['queued', 'running', 'finished', 'failed', 'cancelled']),
  /** 0 to 1. */
  fraction: z.number(),
  step: z.string().nullable(),
  jobId: jobIdSchema.nullable(),
  fileName: z.string(),
  path: z.string(),
  isFileMissing: z.boolean(),
  sizeBytes: z.number().nullable(),
  frameCount: z.int(),
  durationSeconds: z.number(),
  error: appErrorDataSchema.nullable(),
  check: checkReportSchema.nullable(),
  releaseId: releaseIdSchema.nullable(),
  revision: z.int(),
  createdAtMs: z.number(),
  finishedAtMs: z.number().nullable(),
});
export type ExportView = z.infer<typeof exportViewSchema>;

/** Something that stands in the way of an export, named before rendering. */
export const renderProblemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  variantKey: z.string().nullable(),
  error: appErrorDataSchema,
});

/** What to export. */
export const exportRequestSchema = z.object({
  projectId: projectIdSchema,
  variants: z.array(variantSchema).min(1).max(10_000),
  ratios: z.array(ratioSchema).min(1).max(4),
  presetId: z.string().default('standard'),
  /** Folder; null = the one in the settings. */
  outDir: pathSchema.nullable().default(null),
  /** Names of the files; null = the pattern of the settings. */
  namingPattern: z.string().min(1).max(200).nullable().default(null),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

export const renderContract = {
  presets: procedure.output(z.object({ presets: z.array(presetSchema) })),
  /** Names, lengths, time and disk for a request, and what stands in its way; nothing is started. */
  estimate: procedure.input(exportRequestSchema).output(
    z.object({
      outputs: z.array(
        z.object({
          variantKey: z.string(),
          variantName: z.string(),
          ratio: ratioSchema,
          fileName: z.string(),
          frameCount: z.int(),
          durationSeconds: z.number(),
        }),
      ),
      /** Seconds of video over all outputs. */
      totalSeconds: z.number(),
      /** Seconds that are really different, and of these the ones not yet in the cache. */
      distinctSeconds: z.number(),
      missingSeconds: z.number(),
      estimatedMs: z.number(),
      estimatedBytes: z.number(),
      freeBytes: z.number(),
      outDir: z.string(),
      problems: z.array(renderProblemSchema),
    }),
  ),
  start: procedure
    .input(exportRequestSchema)
    .output(z.object({ batchId: exportBatchIdSchema, exports: z.array(exportViewSchema) })),
  list: procedure
    .input(z.object({ projectId: projectIdSchema.optional(), batchId: exportBatchIdSchema.optional(), ...pageSchema }))
    .output(z.object({ exports: z.array(exportViewSchema), total: z.int() })),
  get: procedure.input(z.object({ id: z.string() })).output(exportViewSchema),
  /** Waits until every export of the batch has ended. */
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
  /** Checks any video file on this machine against what an ad must be. */
  check: procedure.input(z.object({ path: pathSchema })).output(checkReportSchema),
};
