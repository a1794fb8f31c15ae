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

/** What a person says; what is left out stays as it is. */
export const reviewInputSchema = z.object({
  exportId: z.string(),
  verdict: reviewSchema.shape.verdict.optional(),
  notes: reviewSchema.shape.notes.optional(),
});
export type ReviewInput = z.infer<typeof reviewInputSchema>;

export const reviewContract = {
  /** Says what a person thinks of a finished export. Undo by saying what was before. */
  review: procedure.input(reviewInputSchema).output(reviewSchema),
};
