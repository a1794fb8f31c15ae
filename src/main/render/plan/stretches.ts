import type { FinishedFrames } from './recipe.ts';

/** Filter texts of frames in a row, those next to each other that are equal as one. */
export function stretchesOf(texts: readonly string[]): FinishedFrames[] {
  const stretches: FinishedFrames[] = [];
  for (const filters of texts) {
    const last = stretches.at(-1);
    if (last?.filters === filters) last.frames += 1;
    else stretches.push({ frames: 1, filters });
  }
  return stretches;
}
