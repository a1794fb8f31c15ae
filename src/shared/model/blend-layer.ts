import type { Blending } from './blend.ts';
import type { FreePlacement, Layer } from './layer.ts';
import type { Rect, Size } from './ratio.ts';

const even = (value: number): number => Math.round(value / 2) * 2;

type Point = { x: number; y: number };

/** A point of the frame after the frame was scaled about its middle and moved. */
function movedPoint({ x, y }: Point, { scale, shift }: Blending, output: Size): Point {
  const along = (value: number, size: number) => (scale === 1 ? value : size / 2 + (value - size / 2) * scale);
  return { x: along(x, output.width) + shift.x, y: along(y, output.height) + shift.y };
}

function movedRect(rect: Rect, blending: Blending, output: Size): Rect {
  if (blending.scale === 1) return { ...rect, ...movedPoint(rect, blending, output) };
  const corner = movedPoint(rect, blending, output);
  const width = Math.max(2, even(rect.width * blending.scale));
  const height = Math.max(2, even(rect.height * blending.scale));
  return { x: even(corner.x), y: even(corner.y), width, height };
}

const freeRect = ({ x, y, width, height }: Rect): FreePlacement => ({
  centre: { x: x + width / 2, y: y + height / 2 },
  ...{ width, height, rotationDeg: 0 },
  from: { width, height },
  kept: null,
});

/** A placement moved with the frame; null when it stays. What moves is placed between pixels by both renderers. */
function movedFreely(free: FreePlacement, blending: Blending, output: Size): FreePlacement | null {
  const { scale, shift } = blending;
  if (scale === 1 && shift.x === 0 && shift.y === 0) return null;
  const centre = movedPoint(free.centre, blending, output);
  return { ...free, centre, width: free.width * scale, height: free.height * scale };
}

/** A layer as a transition has it: faded, moved with the whole frame, seen in a part of it; null when nothing is left of it. */
export function blendLayer(layer: Layer, blending: Blending, output: Size): Layer | null {
  const { window, scale } = blending;
  if (blending.opacity <= 0 || (window && (window.width <= 0 || window.height <= 0))) return null;
  const opacity = Math.round(layer.opacity * blending.opacity * 10_000) / 10_000;
  switch (layer.kind) {
    case 'media': {
      const { rect, backdrop, free } = layer;
      return {
        ...layer,
        opacity,
        window,
        rect: movedRect(rect, blending, output),
        // What is blurred stays where it is, under the window: nobody sees that it does not move.
        backdrop,
        free: movedFreely(free ?? freeRect(rect), blending, output) ?? free,
      };
    }
    case 'text':
      return {
        ...layer,
        opacity,
        window,
        anchor: movedPoint(layer.anchor, blending, output),
        pixelScale: layer.pixelScale * scale,
        wrapScale: scale === 1 ? layer.wrapScale : (layer.wrapScale ?? 1) * scale,
      };
    default:
      return { ...layer, opacity, window };
  }
}
