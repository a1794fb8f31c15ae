import type { Review, ReviewInput } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import type { RenderContext } from '../context.ts';
import { findExport } from '../exports/manage-exports.ts';
import { exportView } from '../exports/views.ts';

/**
 * Keeps what a person thinks of a finished export, and tells listeners. Throws `not-found`, `conflict` for an export
 * that is not finished, `invalid-input` for a note about a frame that the file does not have.
 */
export function reviewExport({ deps, tools, changed }: RenderContext, input: ReviewInput): Review {
  const { store, clock } = tools;
  const said = deps.db.transaction(() => {
    const row = findExport(tools, input.exportId);
    const { state, review: before, frameCount } = exportView(deps.jobs, row);
    if (state !== 'finished') {
      throw new AppError('conflict', 'Only finished exports can be reviewed. Wait for this one, or render it again.');
    }
    const beyond = input.notes?.find(({ frame }) => frame !== null && frame >= frameCount);
    if (beyond) {
      throw new AppError('invalid-input', 'The note is about a moment after the end of the video. Place it earlier.', {
        message: `note at frame ${beyond.frame} of ${frameCount}`,
      });
    }
    const review: Review = {
      verdict: input.verdict ?? before.verdict,
      notes: input.notes ?? before.notes,
      // Later than the one before even when the clock was set back: who reads both takes the later for the newer.
      updatedAtMs: Math.max(clock.nowMs(), before.updatedAtMs + 1),
    };
    store.saveReview(row.id, review);
    return { review, batchId: row.batchId };
  });
  changed(said.batchId);
  return said.review;
}
