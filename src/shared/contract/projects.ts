import { z } from 'zod';
import { editSchema } from '../model/edit.ts';
import { assetIdSchema, projectIdSchema } from '../model/ids.ts';
import { projectSchema } from '../model/project.ts';
import { doneSchema, pathSchema, procedure } from './base.ts';

/** A project in a list. */
export const projectSummarySchema = z.object({
  id: projectIdSchema,
  name: z.string(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  /** "3 hooks × 1 body × 2 CTAs": slot name and option count, in order. */
  slots: z.array(z.object({ name: z.string(), options: z.int() })),
  /** Variants that pairing rules allow, counted up to 10,000. */
  variantCount: z.int(),
  /** Media to show as its picture. */
  coverAssetId: assetIdSchema.nullable(),
  isRemoved: z.boolean(),
});
export type ProjectSummary = z.infer<typeof projectSummarySchema>;

/** A project with its place in its history. `headSeq` names the last edit in force; 0 = as created. */
export const projectStateSchema = z.object({
  project: projectSchema,
  headSeq: z.int(),
  /** What undo would take back ("Trim clip"); null when there is nothing. */
  undoLabel: z.string().nullable(),
  redoLabel: z.string().nullable(),
});
export type ProjectState = z.infer<typeof projectStateSchema>;

/** Answer to an edit: where history stands now. */
export const editAnswerSchema = projectStateSchema.omit({ project: true });
export type EditAnswer = z.infer<typeof editAnswerSchema>;

/** One entry of a project's history. */
export const historyEntrySchema = z.object({
  seq: z.int(),
  label: z.string(),
  atMs: z.number(),
  isCurrent: z.boolean(),
});

/** The steps that lead to a project's present state, and those that redo would bring; newest first. */
export const historyPathSchema = z.object({
  entries: z.array(
    z.object({ seq: z.int(), label: z.string(), atMs: z.number(), place: z.enum(['past', 'current', 'future']) }),
  ),
  /** Days (midnight of the engine's machine) with steps, the latest first, each with its last step. */
  days: z.array(z.object({ startMs: z.number(), lastSeq: z.int(), steps: z.int() })),
  /** More steps came before the last of `entries`. */
  hasEarlier: z.boolean(),
});
export type HistoryPath = z.infer<typeof historyPathSchema>;

/** What reading a project file met. */
export const projectFileReportSchema = z.object({
  projectId: projectIdSchema,
  /** Media named in the file that could not be found or read; their clips are kept and can be relinked. */
  missingMedia: z.array(z.object({ name: z.string(), path: z.string(), reason: z.string() })),
});

export const projectsContract = {
  list: procedure
    .input(z.object({ isRemoved: z.boolean().default(false) }).prefault({}))
    .output(z.object({ projects: z.array(projectSummarySchema) })),
  /** `hook-body-cta`: three empty timed slots and music, voice-over, logo slots; `single`: one timed slot with one empty option. */
  create: procedure
    .input(
      z.object({
        name: z.string().min(1).max(200),
        template: z.enum(['hook-body-cta', 'single']).default('hook-body-cta'),
      }),
    )
    .output(projectStateSchema),
  get: procedure.input(z.object({ id: projectIdSchema })).output(projectStateSchema),
  /**
   * Applies an edit. `baseSeq` is the head the caller saw: when another edit came between, the call fails with
   * `conflict` and the caller reads the project anew.
   */
  apply: procedure
    .input(z.object({ id: projectIdSchema, edit: editSchema, baseSeq: z.int().nullable().default(null) }))
    .output(editAnswerSchema),
  undo: procedure.input(z.object({ id: projectIdSchema })).output(projectStateSchema),
  redo: procedure.input(z.object({ id: projectIdSchema })).output(projectStateSchema),
  history: procedure
    .input(z.object({ id: projectIdSchema, limit: z.int().min(1).max(1000).default(200) }))
    .output(z.object({ entries: z.array(historyEntrySchema) })),
  /** `fromSeq`: begins at this step and goes back; null begins with the steps that redo would bring. */
  historyPath: procedure
    .input(
      z.object({
        id: projectIdSchema,
        fromSeq: z.int().nonnegative().nullable().default(null),
        limit: z.int().min(1).max(5000).default(200),
      }),
    )
    .output(historyPathSchema),
  /** Brings an earlier state back as one new edit of this label: undo takes it back, and nothing after it is lost. */
  restoreAsStep: procedure
    .input(z.object({ id: projectIdSchema, seq: z.int().nonnegative(), label: z.string().min(1).max(100) }))
    .output(projectStateSchema),
  /** Goes to any point of the history; later edits stay reachable by redo. */
  restoreTo: procedure.input(z.object({ id: projectIdSchema, seq: z.int().nonnegative() })).output(projectStateSchema),
  duplicate: procedure
    .input(z.object({ id: projectIdSchema, name: z.string().min(1).max(200) }))
    .output(projectStateSchema),
  remove: procedure.input(z.object({ id: projectIdSchema })).output(doneSchema),
  restore: procedure.input(z.object({ id: projectIdSchema })).output(doneSchema),
  /**
   * Reads a `*.spotloom.json`. Media must lie in its folder or below, or in one of `grantedFolders`. With `replaces` the
   * project that an earlier text of the file became gets the new content, as an edit: it keeps its id, and with it its
   * exports, revisions and creative ids. One that is not in the library is no reason to refuse; a new one is made.
   */
  importFile: procedure
    .input(
      z.object({
        path: pathSchema,
        grantedFolders: z.array(pathSchema).max(50).default([]),
        replaces: projectIdSchema.nullish(),
      }),
    )
    .output(projectFileReportSchema),
  exportFile: procedure
    .input(z.object({ id: projectIdSchema, path: pathSchema, isOverwriting: z.boolean().default(false) }))
    .output(z.object({ path: z.string() })),
};
