import type { VideoFacts } from './asset.ts';
import type { FreePlacement } from './layer.ts';
import type { Rect, Size } from './ratio.ts';

/** u = at[0] + at[1] · x + at[2] · y of the pixel (x, y) of the frame, both counted from 0. */
export type Line = readonly [number, number, number];

/** The steps from a decoded picture to a place between pixels: scale whole, turn upright, keep a part, look up each pixel. */
export interface FreeDrawing {
  /** Size the whole decoded picture is scaled to, still unturned. */
  scaled: Size;
  /** Part of the scaled, upright picture that is used; even. */
  kept: Rect;
  /** Where a pixel of the frame lies in the kept part, across and down. */
  across: Line;
  down: Line;
  /** Even pixels of the frame in which something of it may be seen; null = it lies outside. */
  seen: Rect | null;
  /** Every pixel of the frame shows it, away from its edges. */
  covers: boolean;
}

const evenDown = (value: number): number => Math.floor(value / 2) * 2;
const evenUp = (value: number): number => Math.ceil(value / 2) * 2;
const even = (value: number): number => Math.max(2, Math.round(value / 2) * 2);

/** Pixels around a place that the lookup mixes in, and one more. */
const reach = 3;

/** Each step down is by √2: what is looked up is then never much more than half as far apart as it should be. */
function shrunkBy(steps: number): number {
  return 2 ** -Math.floor(steps / 2) * (steps % 2 === 0 ? 1 : Math.SQRT1_2);
}

/**
 * The size a picture is scaled to before it is placed freely: its own, or the smallest of some smaller ones that is not
 * below the size shown. It depends on nothing but this frame, so that a segment depends on none but its own frames.
 */
export function freeSize(source: Size, shown: Size): Size {
  let steps = 0;
  while (steps < 12 && source.width * shrunkBy(steps + 1) >= shown.width - 1e-6) steps += 1;
  const factor = shrunkBy(steps);
  return { width: even(source.width * factor), height: even(source.height * factor) };
}

const scalar = (line: Line, x: number, y: number): number => line[0] + line[1] * x + line[2] * y;

/** Where a point of the frame (its pixels' corners counted) lies in a line's picture: pixel centres are half a pixel in. */
function lines(free: FreePlacement, kept: Rect): { across: Line; down: Line } {
  const angle = (free.rotationDeg * Math.PI) / 180;
  const [cos, sin] = free.rotationDeg % 360 === 0 ? [1, 0] : [Math.cos(angle), Math.sin(angle)];
  const { x, y } = free.centre;
  const perX = free.from.width / free.width;
  const perY = free.from.height / free.height;
  const at = (width: number, per: number, fromX: number, fromY: number, offset: number): Line => [
    width / 2 - 0.5 - offset + ((0.5 - x) * fromX + (0.5 - y) * fromY) * per,
    fromX * per,
    fromY * per,
  ];
  return {
    across: at(free.from.width, perX, cos, sin, kept.x),
    down: at(free.from.height, perY, -sin, cos, kept.y),
  };
}

/** The kept part's corners in the frame. */
function cornersInFrame(free: FreePlacement, kept: Rect): { x: number; y: number }[] {
  const angle = (free.rotationDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [0, 1, 2, 3].map((corner) => {
    const u = kept.x + (corner % 2) * kept.width - free.from.width / 2;
    const v = kept.y + (corner >> 1) * kept.height - free.from.height / 2;
    const across = (u * free.width) / free.from.width;
    const down = (v * free.height) / free.from.height;
    return { x: free.centre.x + across * cos - down * sin, y: free.centre.y + across * sin + down * cos };
  });
}

/** The upright rectangle around a freely placed picture, in output pixels. */
export function freeBounds(free: FreePlacement): Rect {
  const corners = cornersInFrame(free, free.kept ?? { x: 0, y: 0, ...free.from });
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function seenIn(frame: Size, corners: readonly { x: number; y: number }[], margin: number): Rect | null {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const x = Math.max(0, evenDown(Math.min(...xs) - margin));
  const y = Math.max(0, evenDown(Math.min(...ys) - margin));
  const width = Math.min(frame.width, evenUp(Math.max(...xs) + margin)) - x;
  const height = Math.min(frame.height, evenUp(Math.max(...ys) + margin)) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

const keptOf = ({ kept, from }: Pick<FreePlacement, 'kept' | 'from'>): Rect => kept ?? { x: 0, y: 0, ...from };

/** True when cropping leaves something of a picture: below four pixels it is gone. */
export function isAnythingKept(free: Pick<FreePlacement, 'kept' | 'from'>): boolean {
  const { width, height } = keptOf(free);
  return width >= 4 && height >= 4;
}

/** How a freely placed picture comes to lie in a frame; null when nothing of it is kept. Both renderers draw by it. */
export function freeDrawing(
  grid: Pick<VideoFacts, 'rotationDeg'>,
  free: FreePlacement,
  frame: Size,
): FreeDrawing | null {
  const { from } = free;
  const kept = keptOf(free);
  if (!isAnythingKept(free)) return null;
  const perPixel = Math.max(free.width / from.width, free.height / from.height);
  const seen = seenIn(frame, cornersInFrame(free, kept), 1 + reach * perPixel);
  const { across, down } = lines(free, kept);
  const isInside = (x: number, y: number) => {
    const u = scalar(across, x, y);
    const v = scalar(down, x, y);
    return u >= reach && v >= reach && u <= kept.width - 1 - reach && v <= kept.height - 1 - reach;
  };
  const [right, bottom] = [frame.width - 1, frame.height - 1];
  const covers = isInside(0, 0) && isInside(right, 0) && isInside(0, bottom) && isInside(right, bottom);
  const isTurned = grid.rotationDeg % 180 !== 0;
  const scaled = isTurned ? { width: from.height, height: from.width } : { ...from };
  return { scaled, kept, across, down, seen, covers };
}

/** The part of the kept picture, on even pixels, that is looked up for an area of the frame; with what is mixed in around it. */
export function lookedUp({ across, down, kept }: FreeDrawing, area: Rect): Rect {
  const corners = [0, 1, 2, 3].map((corner) => {
    const x = area.x + (corner % 2) * area.width;
    const y = area.y + (corner >> 1) * area.height;
    return { u: scalar(across, x, y), v: scalar(down, x, y) };
  });
  const within = (value: number, length: number) => Math.min(length, Math.max(0, value));
  const us = corners.map(({ u }) => u);
  const vs = corners.map(({ v }) => v);
  // Colour has half the samples: what it mixes in reaches twice as far.
  const margin = 2 * reach + 2;
  const x = Math.min(kept.width - 2, within(evenDown(Math.min(...us) - margin), kept.width));
  const y = Math.min(kept.height - 2, within(evenDown(Math.min(...vs) - margin), kept.height));
  const right = Math.max(x + 2, within(evenUp(Math.max(...us) + margin), kept.width));
  const bottom = Math.max(y + 2, within(evenUp(Math.max(...vs) + margin), kept.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** The value of a {@link Line} at a point. */
export function lineAt(line: Line, x: number, y: number): number {
  return scalar(line, x, y);
}
