import type { Rect, Size } from '#shared/model/index.ts';

/** A mask of text and its colour, as libass gives them. */
export interface Mask {
  readonly w: number;
  readonly h: number;
  readonly stride: number;
  /** Where its first sample is in `heap`. */
  readonly bitmap: number;
  /** 0xRRGGBBTT; TT is transparency. */
  readonly color: number;
  readonly dst_x: number;
  readonly dst_y: number;
}

const evenDown = (value: number): number => Math.floor(value / 2) * 2;
const evenUp = (value: number): number => Math.ceil(value / 2) * 2;

/** The part of a frame that masks touch, on even pixels; empty where there are none. */
export function boundsOf(masks: readonly Mask[], { width, height }: Size): Rect {
  const seen = masks.filter(({ w, h, color }) => w > 0 && h > 0 && (color & 255) < 255);
  if (seen.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const x = evenDown(Math.max(0, Math.min(...seen.map((mask) => mask.dst_x))));
  const y = evenDown(Math.max(0, Math.min(...seen.map((mask) => mask.dst_y))));
  const right = evenUp(Math.min(width, Math.max(...seen.map((mask) => mask.dst_x + mask.w))));
  const bottom = evenUp(Math.min(height, Math.max(...seen.map((mask) => mask.dst_y + mask.h))));
  return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
}

/**
 * Lays masks over each other into a see-through picture of `bounds`: red, green, blue (already multiplied with opacity)
 * and opacity, 0 to 65535 each, so that nothing is lost to rounding before it meets the footage.
 */
export function layMasks(masks: readonly Mask[], heap: Uint8Array, bounds: Rect): Uint16Array<ArrayBuffer> {
  const picture = new Uint16Array(bounds.width * bounds.height * 4);
  for (const mask of masks) layMask(picture, mask, heap, bounds);
  return picture;
}

function layMask(picture: Uint16Array, mask: Mask, heap: Uint8Array, bounds: Rect): void {
  const colour = [(mask.color >>> 24) & 255, (mask.color >>> 16) & 255, (mask.color >>> 8) & 255, 255];
  const opacity = (255 - (mask.color & 255)) / 255;
  if (opacity === 0) return;
  const [left, right] = [Math.max(bounds.x, mask.dst_x), Math.min(bounds.x + bounds.width, mask.dst_x + mask.w)];
  const [top, bottom] = [Math.max(bounds.y, mask.dst_y), Math.min(bounds.y + bounds.height, mask.dst_y + mask.h)];
  for (let y = top; y < bottom; y += 1) {
    const row = mask.bitmap + (y - mask.dst_y) * mask.stride - mask.dst_x;
    for (let x = left; x < right; x += 1) {
      const cover = heap[row + x];
      if (!cover) continue;
      const part = (cover / 255) * opacity;
      const at = ((y - bounds.y) * bounds.width + x - bounds.x) * 4;
      for (let n = 0; n < 4; n += 1)
        picture[at + n] = Math.round((picture[at + n] ?? 0) * (1 - part) + (colour[n] ?? 0) * 257 * part);
    }
  }
}
