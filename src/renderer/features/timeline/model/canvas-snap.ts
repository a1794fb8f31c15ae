import type { Area } from '#shared/model/index.ts';

/** A way across the frame, in parts of its width and height. */
export interface Way {
  x: number;
  y: number;
}

/** A line that something being moved is drawn to: at this part of the width (`x`) or height (`y`). */
export interface Guide {
  axis: 'x' | 'y';
  at: number;
}

/** Where lines are: edges, middle and thirds of the frame, and the edges of the safe box. */
export function guideLines(safe: Area | null): Guide[] {
  const frame = [0, 1 / 3, 0.5, 2 / 3, 1];
  const on = (axis: Guide['axis'], places: readonly number[]) => places.map((at) => ({ axis, at }));
  return [
    ...on('x', [...frame, ...(safe ? [safe.x, safe.x + safe.width] : [])]),
    ...on('y', [...frame, ...(safe ? [safe.y, safe.y + safe.height] : [])]),
  ];
}

/** The line nearest to an edge or the middle of a stretch, and how far it is; null when none is within reach. */
function nearest(start: number, length: number, lines: readonly number[], reach: number) {
  let best: { at: number; distance: number } | null = null;
  for (const at of lines)
    for (const place of [start + length / 2, start, start + length]) {
      const distance = at - place;
      if (Math.abs(distance) <= reach && (!best || Math.abs(distance) < Math.abs(best.distance)))
        best = { at, distance };
    }
  return best;
}

/** A way corrected so that edges or middle of the box meet a line within reach, with the lines met. */
export function snapWay(box: Area, way: Way, lines: readonly Guide[], reach: Way): { way: Way; guides: Guide[] } {
  const on = (axis: Guide['axis']) => lines.filter((line) => line.axis === axis).map(({ at }) => at);
  const across = nearest(box.x + way.x, box.width, on('x'), reach.x);
  const down = nearest(box.y + way.y, box.height, on('y'), reach.y);
  return {
    way: { x: way.x + (across?.distance ?? 0), y: way.y + (down?.distance ?? 0) },
    guides: [
      ...(across ? [{ axis: 'x' as const, at: across.at }] : []),
      ...(down ? [{ axis: 'y' as const, at: down.at }] : []),
    ],
  };
}
