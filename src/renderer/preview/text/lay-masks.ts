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

/**
 * Lays masks over each other into a see-through picture of the output's size: red, green, blue (already multiplied with
 * opacity) and opacity, 0 to 65535 each, so that nothing is lost to rounding before it meets the footage.
 */
export function layMasks(
  masks: readonly Mask[],
  heap: Uint8Array,
  width: number,
  height: number,
): Uint16Array<ArrayBuffer> {
  const picture = new Uint16Array(width * height * 4);
  for (const mask of masks) layMask(picture, mask, heap, width, height);
  return picture;
}

function layMask(picture: Uint16Array, mask: Mask, heap: Uint8Array, width: number, height: number): void {
  const colour = [(mask.color >>> 24) & 255, (mask.color >>> 16) & 255, (mask.color >>> 8) & 255, 255];
  const opacity = (255 - (mask.color & 255)) / 255;
  if (opacity === 0) return;
  const [left, right] = [Math.max(0, mask.dst_x), Math.min(width, mask.dst_x + mask.w)];
  const [top, bottom] = [Math.max(0, mask.dst_y), Math.min(height, mask.dst_y + mask.h)];
  for (let y = top; y < bottom; y += 1) {
    const row = mask.bitmap + (y - mask.dst_y) * mask.stride - mask.dst_x;
    for (let x = left; x < right; x += 1) {
      const cover = heap[row + x];
      if (!cover) continue;
      const part = (cover / 255) * opacity;
      const at = (y * width + x) * 4;
      for (let n = 0; n < 4; n += 1)
        picture[at + n] = Math.round((picture[at + n] ?? 0) * (1 - part) + (colour[n] ?? 0) * 257 * part);
    }
  }
}
