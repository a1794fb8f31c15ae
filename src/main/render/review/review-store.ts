import { eq } from 'drizzle-orm';
import type { Database } from '#main/platform/db/index.ts';
import type { Review } from '#shared/contract/render.ts';
import { type ExportRow, exportsTable, reviewsTable } from '../schema.ts';

/** An export with what people said of it; null before anybody did. */
export type ReviewedRow = ExportRow & { review: Review | null };

/** Reads exports together with their reviews; add conditions, order and page, then pass the rows to {@link reviewed}. */
export function selectReviewed({ orm }: Database) {
  return orm
    .select({ row: exportsTable, review: reviewsTable })
    .from(exportsTable)
    .leftJoin(reviewsTable, eq(reviewsTable.exportId, exportsTable.id))
    .$dynamic();
}

/** Brings one row of {@link selectReviewed} into its final form. */
export function reviewed(found: { row: ExportRow; review: typeof reviewsTable.$inferSelect | null }): ReviewedRow {
  const { row, review } = found;
  return {
    ...row,
    review: review && { verdict: review.verdict, notes: review.notes, updatedAtMs: review.updatedAt },
  };
}

/** Writing of reviews. */
export function reviewQueries({ orm }: Database) {
  return {
    /** Keeps the review of an export in place of the one before. */
    saveReview(exportId: string, { verdict, notes, updatedAtMs: updatedAt }: Review): void {
      const said = { verdict, notes, updatedAt };
      orm
        .insert(reviewsTable)
        .values({ exportId, ...said })
        .onConflictDoUpdate({ target: reviewsTable.exportId, set: said })
        .run();
    },
  };
}
