import type { Ratio } from '#shared/model/index.ts';

/** Parts of the frame's sides that a platform's own interface may cover. */
export interface SafeInsets {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/**
 * Where words and logos stay clear of buttons and captions, as parts of width and height.
 * 9:16: the tightest of what is known of Reels (14 % top, 35 % bottom, 6 % sides) and TikTok (button column at the right);
 * the other shapes keep the usual 5 % title margin.
 */
export const safeInsets: Readonly<Record<Ratio, SafeInsets>> = {
  '9:16': { top: 0.14, right: 0.17, bottom: 0.35, left: 0.06 },
  '4:5': { top: 0.05, right: 0.05, bottom: 0.05, left: 0.05 },
  '1:1': { top: 0.05, right: 0.05, bottom: 0.05, left: 0.05 },
  '16:9': { top: 0.05, right: 0.05, bottom: 0.05, left: 0.05 },
};

/** The largest size of a ratio inside a box, in whole pixels. */
export function fitInside(box: { width: number; height: number }, shape: { width: number; height: number }) {
  const scale = Math.min(box.width / shape.width, box.height / shape.height);
  return {
    width: Math.max(0, Math.floor(shape.width * scale)),
    height: Math.max(0, Math.floor(shape.height * scale)),
  };
}
