import type { Size } from './ratio.ts';

/** A rectangle in parts of a frame's width and height; 0, 0 is the top left corner. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Parts of a frame's sides. */
export interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** The whole frame. */
export const wholeFrame: Area = { x: 0, y: 0, width: 1, height: 1 };

/** Differences that rounding makes. */
const grace = 1e-6;

/** What insets leave of the frame. */
export function areaWithin({ top, right, bottom, left }: Insets): Area {
  return { x: left, y: top, width: 1 - left - right, height: 1 - top - bottom };
}

/** What two areas share; null when they do not meet. */
export function sharedArea(a: Area, b: Area): Area | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > grace && height > grace ? { x, y, width, height } : null;
}

/** How far an area reaches beyond another, per side; 0 where it does not. */
export function reachBeyond(area: Area, limit: Area): Insets {
  const beyond = (value: number) => (value > grace ? value : 0);
  return {
    top: beyond(limit.y - area.y),
    left: beyond(limit.x - area.x),
    right: beyond(area.x + area.width - limit.x - limit.width),
    bottom: beyond(area.y + area.height - limit.y - limit.height),
  };
}

/** True when an area lies within another. */
export function isWithin(area: Area, limit: Area): boolean {
  return Object.values(reachBeyond(area, limit)).every((beyond) => beyond === 0);
}

/**
 * The part of a screen's area that lies over a picture of another shape, as parts of that picture: the picture stands in
 * the middle of the screen, as large as fits. Null when it does not meet the picture.
 */
export function areaOnPicture(area: Area, screen: Size, picture: Size): Area | null {
  const scale = Math.min(screen.width / picture.width, screen.height / picture.height);
  const width = (picture.width * scale) / screen.width;
  const height = (picture.height * scale) / screen.height;
  const place = { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
  const shared = sharedArea(area, place);
  return (
    shared && {
      x: (shared.x - place.x) / width,
      y: (shared.y - place.y) / height,
      width: shared.width / width,
      height: shared.height / height,
    }
  );
}
