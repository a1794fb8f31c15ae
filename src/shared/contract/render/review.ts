import { z } from 'zod';
import { procedure } from '../base.ts';

/** What a person said of a finished export. It stays with the export, whatever happens to the project. */
export const reviewSchema = z.object({
  /** `fix`: something has to change. */
  verdict: z.enum(['none', 'approved', 'fix']),
  notes: z
    .array(
      z.object({
        /** Frame it is about; null = the whole. */
        frame: z.int().nonnegative().nullable(),
        text: z.string().trim().min(1).max(2000),
      }),
    )
    .max(200),
  updatedAtMs: z.number(),
});
export type Review = z.infer<typeof reviewSchema>;

export const reviewContract = {
  /** Says what a person thinks of an export; what is left out stays as it is. Undo by saying what was before. */
  review: procedure
    .input(
      z.object({
        exportId: z.string(),
        verdict: reviewSchema.shape.verdict.optional(),
        notes: reviewSchema.shape.notes.optional(),
      }),
    )
    .output(reviewSchema),
};
