import type { Lane } from './model/lanes.ts';

/** Height of the empty strip above the lanes: dropping there makes a new layer. */
export const aboveHeight = 14;
/** Height of rows of global slots. */
export const globalHeight = 36;

/** Height of a lane in pixels: room for pictures where there are some. */
export function laneHeight(lane: Lane): number {
  if (lane.isMain) return 64;
  if (lane.kind === 'audio') return 44;
  const hasMedia = lane.parts.some(({ track }) => track.clips.some((clip) => clip.content.kind !== 'text'));
  return hasMedia ? 48 : 28;
}

/** Pixels beyond both sides of what is visible that are drawn as well. */
export const overscanPixels = 200;
