import { AppError } from '#shared/errors/index.ts';
import { type PlacementId, placementIdSchema } from '#shared/model/index.ts';

/** Every placement's word on the command line. */
export const placementWords = placementIdSchema.options.join(', ');

/** Placements by their words, each once; also separated by commas. Throws `invalid-input` naming what there is. */
export function parsePlacements(words: readonly string[]): PlacementId[] {
  const ids = words
    .flatMap((word) => word.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => {
      const id = placementIdSchema.safeParse(word);
      if (id.success) return id.data;
      throw new AppError('invalid-input', `There is no placement “${word}”. There are ${placementWords}.`);
    });
  return [...new Set(ids)];
}
