import { z } from 'zod';

/** The four shapes of picture an ad is made in, width:height. */
export const ratios = ['9:16', '4:5', '1:1', '16:9'] as const;
export const ratioSchema = z.enum(ratios);
export type Ratio = z.infer<typeof ratioSchema>;

/** Width and height in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Full-size output per ratio: the short side is always 1080, the size every placement accepts. */
export const fullSizes: Readonly<Record<Ratio, Size>> = {
  '9:16': { width: 1080, height: 1920 },
  '4:5': { width: 1080, height: 1350 },
  '1:1': { width: 1080, height: 1080 },
  '16:9': { width: 1920, height: 1080 },
};

/** Short side of every full-size output; text sizes and outlines are stated in pixels at this size. */
export const referenceShortSide = 1080;

/** Output size of a ratio at a given short side, both sides even. */
export function outputSize(ratio: Ratio, shortSide: number = referenceShortSide): Size {
  const full = fullSizes[ratio];
  const even = (value: number) => Math.max(2, Math.round((value * shortSide) / referenceShortSide / 2) * 2);
  return { width: even(full.width), height: even(full.height) };
}

/** The ratio a picture is nearest to, or null when it is more than 4 % away from all of them. */
export function nearestRatio(size: Size): Ratio | null {
  if (size.width <= 0 || size.height <= 0) return null;
  const shape = size.width / size.height;
  for (const ratio of ratios) {
    const full = fullSizes[ratio];
    if (Math.abs(shape / (full.width / full.height) - 1) <= 0.04) return ratio;
  }
  return null;
}

/** "9x16": the ratio as it stands in file names. */
export function ratioSlug(ratio: Ratio): string {
  return ratio.replace(':', 'x');
}

/** A rectangle in output pixels; may reach beyond the frame. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}
