import type { Ratio, Timeline } from '#shared/model/index.ts';

/** The ASS document of all text of a timeline in a ratio. */
export function assOfTimeline(_timeline: Timeline, _ratio: Ratio): string {
  return '';
}
