import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { assetIdSchema, exportBatchIdSchema, projectIdSchema } from '../model/ids.ts';
import { doneSchema, pathSchema, procedure } from './base.ts';
import { jobCountsSchema, jobViewSchema } from './jobs.ts';
import { importViewSchema } from './library.ts';

/** What the engine found of ffmpeg. */
export const ffmpegStateSchema = z.object({
  state: z.enum(['searching', 'ready', 'limited', 'missing']),
  version: z.string().nullable(),
  path: z.string().nullable(),
  /** What this build cannot do, in words for people. */
  limits: z.array(z.string()),
});

/** One line of `doctor`. */
export const doctorCheckSchema = z.object({
  id: z.string(),
  label: z.string(),
  state: z.enum(['ok', 'warning', 'error']),
  detail: z.string(),
  /** What to do; null when nothing. */
  fix: z.string().nullable(),
});
export type DoctorCheck = z.infer<typeof doctorCheckSchema>;

export const systemInfoSchema = z.object({
  version: z.string(),
  face: z.enum(['desktop', 'browser', 'terminal']),
  platform: z.string(),
  /** Prefix of every media URL, without a slash at its end. */
  mediaBase: z.string(),
  libraryFolder: z.string(),
  exportFolder: z.string(),
  ffmpeg: ffmpegStateSchema,
  freeBytes: z.number(),
  /** The sample ad is on its way into a new library. */
  isPreparingSample: z.boolean(),
});
export type SystemInfo = z.infer<typeof systemInfoSchema>;

/** Something changed: caches of the interface are refreshed by it. Bursts are merged; a reader that falls behind gets `resync`. */
export const engineEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('resync') }),
  /** null = many. */
  z.object({ type: z.literal('assets-changed'), ids: z.array(assetIdSchema).nullable() }),
  z.object({ type: z.literal('import-changed'), import: importViewSchema }),
  z.object({ type: z.literal('jobs-changed'), jobs: z.array(jobViewSchema), counts: jobCountsSchema }),
  z.object({ type: z.literal('project-changed'), id: projectIdSchema, headSeq: z.int() }),
  z.object({ type: z.literal('projects-changed') }),
  z.object({ type: z.literal('exports-changed'), batchId: exportBatchIdSchema.nullable() }),
  z.object({ type: z.literal('settings-changed') }),
  z.object({ type: z.literal('fonts-changed') }),
  z.object({ type: z.literal('system-changed') }),
]);
export type EngineEvent = z.infer<typeof engineEventSchema>;

/** A row of the folder chooser, for faces that have no dialog of their own. */
export const folderEntrySchema = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'file']),
  sizeBytes: z.number().nullable(),
});

export const systemContract = {
  info: procedure.output(systemInfoSchema),
  doctor: procedure.output(z.object({ checks: z.array(doctorCheckSchema) })),
  /** Looks for ffmpeg again. */
  findFfmpeg: procedure.output(ffmpegStateSchema),
  events: procedure.output(eventIterator(engineEventSchema)),
  listFolder: procedure
    .input(z.object({ path: pathSchema.nullable() }))
    .output(z.object({ path: z.string(), parent: z.string().nullable(), entries: z.array(folderEntrySchema) })),
  /** Frees the render cache. */
  clearCache: procedure.output(z.object({ freedBytes: z.number() })),
  /** A message from the interface for the log (crashes of the page). */
  reportProblem: procedure
    .input(z.object({ message: z.string().max(10_000), stack: z.string().max(20_000).nullable() }))
    .output(doneSchema),
};
