import { z } from 'zod';
import { exportBatchIdSchema, jobIdSchema, projectIdSchema, releaseIdSchema } from '../../model/ids.ts';
import { outputVersionSchema } from '../../model/output-version.ts';
import { placementIdSchema } from '../../model/placement.ts';
import { ratioSchema } from '../../model/ratio.ts';
import { releaseSchema } from '../../model/release.ts';
import { variantSchema } from '../../model/variant.ts';
import { rationalSchema } from '../../units/index.ts';
import { appErrorDataSchema, pathSchema } from '../base.ts';
import { checkReportSchema } from './check.ts';
import { rateControlSchema } from './preset.ts';
import { reviewSchema } from './review.ts';

export const exportStateSchema = z.enum(['queued', 'running', 'paused', 'finished', 'failed', 'cancelled']);
export type ExportState = z.infer<typeof exportStateSchema>;

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
  version: outputVersionSchema,
  /** Where it is meant to be published; its rules were checked. */
  placements: z.array(placementIdSchema),
  presetId: z.string(),
  rateControl: rateControlSchema,
  /** `paused`: waits for {@link renderContract.resume}; what was encoded is kept. */
  state: exportStateSchema,
  /** 0 to 1. */
  fraction: z.number(),
  step: z.string().nullable(),
  jobId: jobIdSchema.nullable(),
  fileName: z.string(),
  path: z.string(),
  isFileMissing: z.boolean(),
  sizeBytes: z.number().nullable(),
  rate: rationalSchema,
  frameCount: z.int(),
  durationSeconds: z.number(),
  /** Which option plays where; empty until it is finished. */
  sections: releaseSchema.shape.sections,
  error: appErrorDataSchema.nullable(),
  check: checkReportSchema.nullable(),
  review: reviewSchema,
  creativeId: z.string(),
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

/** What is written beside the finished files of a batch. */
export const handoffSchema = z.object({
  /** Captions of each file, `.srt`, where it has words. */
  hasCaptions: z.boolean().default(false),
  /** The cover of each file, `.jpg`. */
  hasCovers: z.boolean().default(false),
  /** The media buyer's `.csv` and the mapping of files to options and segments, one of each per batch. */
  hasTable: z.boolean().default(false),
  /** Everything once more as one `.zip`. */
  isZipped: z.boolean().default(false),
});
export type Handoff = z.infer<typeof handoffSchema>;

/** What to export. */
export const exportRequestSchema = z.object({
  projectId: projectIdSchema,
  variants: z.array(variantSchema).min(1).max(10_000),
  ratios: z.array(ratioSchema).min(1).max(4),
  /** Outputs left out of variants × ratios. */
  except: z
    .array(z.object({ variant: variantSchema, ratio: ratioSchema }))
    .max(40_000)
    .default([]),
  presetId: z.string().default('standard'),
  rateControl: rateControlSchema.default({ mode: 'quality' }),
  /** Rules that the files are held against; those of other ratios do not count for a file. */
  placements: z.array(placementIdSchema).default([]),
  versions: z.array(outputVersionSchema).min(1).default(['full']),
  handoff: handoffSchema.prefault({}),
  /** Folder; null = the one in the settings. */
  outDir: pathSchema.nullable().default(null),
  /** Names of the files; null = the pattern of the settings. */
  namingPattern: z.string().min(1).max(200).nullable().default(null),
  /** Later revisions get "_v2" where the pattern does not say it. False for who replaces earlier files with later ones. */
  isRevisionNamed: z.boolean().default(true),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;
/** The same as callers write it: what is left out has its default. */
export type ExportRequestInput = Pick<ExportRequest, 'projectId' | 'variants' | 'ratios'> & Partial<ExportRequest>;

/** One file of an {@link exportRequestSchema}, before it is begun. */
export const plannedOutputSchema = z.object({
  variantKey: z.string(),
  variantName: z.string(),
  ratio: ratioSchema,
  version: outputVersionSchema,
  fileName: z.string(),
  revision: z.int(),
  frameCount: z.int(),
  durationSeconds: z.number(),
  /** Of these the seconds that are not in the cache and in no output before it in the list. */
  missingSeconds: z.number(),
  /** How large the file will about be. */
  estimatedBytes: z.number(),
});

/** What exporting comes to. */
export const estimateSchema = z.object({
  outputs: z.array(plannedOutputSchema),
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
});
