import type { Frames } from '#shared/units/index.ts';

/** How near, in pixels, an edge must come to jump. */
export const snapPixels = 8;

/** A wish brought to the nearest snap point; `at` is that point, null when none was near. */
export interface Snapped {
  delta: Frames;
  at: Frames | null;
}

/** The snap point nearest to a frame, within `reachFrames`; the earlier one when two are equally near. */
export function nearestPoint(frame: number, points: readonly Frames[], reachFrames: number): Frames | null {
  let best: Frames | null = null;
  for (const point of points) {
    const distance = Math.abs(point - frame);
    if (distance > reachFrames) continue;
    if (best === null || distance < Math.abs(best - frame) || (distance === Math.abs(best - frame) && point < best))
      best = point;
  }
  return best;
}

/** Changes a shift so that one of the moved edges lands on a snap point when it comes near; the nearest edge wins. */
export function snapDelta(
  edges: readonly Frames[],
  delta: Frames,
  points: readonly Frames[],
  reachFrames: number,
): Snapped {
  let best: Snapped = { delta, at: null };
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const edge of edges) {
    const point = nearestPoint(edge + delta, points, reachFrames);
    if (point === null) continue;
    const distance = Math.abs(point - (edge + delta));
    if (distance < bestDistance) {
      bestDistance = distance;
      best = { delta: point - edge, at: point };
    }
  }
  return best;
}
