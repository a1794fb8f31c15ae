import type { Rect } from './layers.ts';
import type { Size } from './ratio.ts';

/** Which part of a picture is drawn, and where that part lands. Both renderers scale `source` to `target`, then cut `target` to the frame. */
export interface Crop {
  /** Even pixels of the upright picture. */
  source: Rect;
  /** Even output pixels; reaches beyond the frame by a few pixels at most where the picture does. */
  target: Rect;
}

/** Source pixels kept around what is seen, so that the scaling filter finds its neighbours. */
const marginPx = 8;
const evenDown = (value: number): number => Math.floor(value / 2) * 2;
const evenUp = (value: number): number => Math.ceil(value / 2) * 2;
const even = (value: number): number => Math.round(value / 2) * 2;

interface Axis {
  from: number;
  length: number;
  targetFrom: number;
  targetLength: number;
}

/** One direction: `length` source pixels drawn from `start` over `extent` output pixels, of which 0..`frame` are seen. */
function cropAxis(length: number, start: number, extent: number, frame: number): Axis {
  if (start >= 0 && start + extent <= frame) return { from: 0, length, targetFrom: start, targetLength: extent };
  const scale = extent / length;
  const margin = Math.max(marginPx, Math.ceil(4 / scale));
  const from = Math.max(0, evenDown(-start / scale) - evenUp(margin));
  const to = Math.min(length, evenUp((frame - start) / scale) + evenUp(margin));
  const targetFrom = even(start + from * scale);
  const targetTo = even(start + to * scale);
  return { from, length: to - from, targetFrom, targetLength: Math.max(2, targetTo - targetFrom) };
}

/**
 * The part of a picture of `source` pixels that is seen when drawn into `rect` of a frame; null when it lies outside.
 * Cutting before scaling saves most of the work of a filled frame; positions are within one output pixel of the uncut.
 */
export function visibleCrop(source: Size, rect: Rect, frame: Size): Crop | null {
  const isOutside =
    rect.x >= frame.width || rect.y >= frame.height || rect.x + rect.width <= 0 || rect.y + rect.height <= 0;
  if (isOutside) return null;
  const across = cropAxis(source.width, rect.x, rect.width, frame.width);
  const down = cropAxis(source.height, rect.y, rect.height, frame.height);
  return {
    source: { x: across.from, y: down.from, width: across.length, height: down.length },
    target: { x: across.targetFrom, y: down.targetFrom, width: across.targetLength, height: down.targetLength },
  };
}
