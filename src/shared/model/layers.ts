import { assertNever } from '../errors/index.ts';
import type { Frames } from '../units/index.ts';
import { blendingAt, isBlending } from './blend.ts';
import { blendLayer } from './blend-layer.ts';
import type { Fit, Layout } from './clip.ts';
import { freeSize } from './free-drawing.ts';
import type { AssetId } from './ids.ts';
import type { FreePlacement, Layer } from './layer.ts';
import { animatedIn, isFreelyPlaced, layoutAt } from './layout-at.ts';
import { lookOf } from './look.ts';
import { type Ratio, type Rect, referenceShortSide, type Size } from './ratio.ts';
import { textStateAt } from './text/moment.ts';
import { type PlacedClip, sourceTimeAt, type Timeline } from './timeline.ts';

export type { FreePlacement, Layer } from './layer.ts';
export type { Rect } from './ratio.ts';

/** Shown size of a source in pixels (after rotation and pixel aspect ratio), or null while unknown. */
export type SourceSizes = (assetId: AssetId) => Size | null;

const even = (value: number): number => Math.round(value / 2) * 2;

/** The layout in force in a ratio. */
export function layoutIn(clip: Pick<PlacedClip, 'layout' | 'overrides'>, ratio: Ratio): Layout {
  return { ...clip.layout, ...clip.overrides[ratio] };
}

function scaleFor(fit: Fit, source: Size, output: Size): number {
  const horizontal = output.width / source.width;
  const vertical = output.height / source.height;
  switch (fit) {
    case 'fit':
    case 'blur-fill':
      return Math.min(horizontal, vertical);
    case 'fill':
      return Math.max(horizontal, vertical);
    default:
      return assertNever(fit);
  }
}

function centredRect(source: Size, output: Size, scale: number, x: number, y: number): Rect {
  // Edges land on even pixels: 4:2:0 colour has one sample per 2×2, and every renderer then agrees on them.
  const width = Math.max(2, even(source.width * scale));
  const height = Math.max(2, even(source.height * scale));
  return {
    x: even(output.width / 2 + x * output.width - width / 2),
    y: even(output.height / 2 + y * output.height - height / 2),
    width,
    height,
  };
}

/** Where a source's picture lands in the frame, and the filling copy behind it for `blur-fill`. */
export function layoutRects(source: Size, output: Size, layout: Layout): { rect: Rect; backdrop: Rect | null } {
  const rect = centredRect(source, output, scaleFor(layout.fit, source, output) * layout.scale, layout.x, layout.y);
  const backdrop =
    layout.fit === 'blur-fill' ? centredRect(source, output, scaleFor('fill', source, output), 0, 0) : null;
  return { rect, backdrop };
}

const tenThousandth = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Where a source's picture lands exactly, between pixels and turned. */
export function freePlacement(source: Size, output: Size, layout: Layout): FreePlacement {
  const scale = scaleFor(layout.fit, source, output) * layout.scale;
  const shown = { width: tenThousandth(source.width * scale), height: tenThousandth(source.height * scale) };
  const from = freeSize(source, shown);
  return {
    from,
    kept: keptPart(layout, from),
    centre: {
      x: tenThousandth(output.width * (0.5 + layout.x)),
      y: tenThousandth(output.height * (0.5 + layout.y)),
    },
    ...shown,
    rotationDeg: tenThousandth(layout.rotationDeg),
  };
}

/** What cropping leaves of a picture of this size, on even pixels; null = all of it. */
function keptPart({ cropLeft, cropTop, cropRight, cropBottom }: Layout, { width, height }: Size): Rect | null {
  if (cropLeft + cropTop + cropRight + cropBottom === 0) return null;
  const x = even(width * cropLeft);
  const y = even(height * cropTop);
  return { x, y, width: even(width * (1 - cropRight)) - x, height: even(height * (1 - cropBottom)) - y };
}

/** Factor from the 1080-short-side pixels of text styles to output pixels. */
export function textPixelScale(output: Size): number {
  return Math.min(output.width, output.height) / referenceShortSide;
}

/** Where text's alignment point lands in output pixels. */
export function textAnchor(layout: Layout, output: Size): { x: number; y: number } {
  return { x: output.width / 2 + layout.x * output.width, y: output.height / 2 + layout.y * output.height };
}

/** Clips with a picture at a frame, bottom to top. */
export function visibleClips(timeline: Timeline, frame: Frames): PlacedClip[] {
  return timeline.clips.filter(
    (clip) => clip.hasPicture && frame >= clip.startFrame && frame < clip.startFrame + clip.lengthFrames,
  );
}

/**
 * What one placed clip draws at a frame, its transitions included; null when nothing of it is seen, and while its source's
 * size is unknown (offline or sound only).
 */
export function layerOf(
  clip: PlacedClip,
  timeline: Timeline,
  frame: Frames,
  ratio: Ratio,
  output: Size,
  sizes: SourceSizes,
): Layer | null {
  const layer = ownLayer(clip, timeline, frame, ratio, output, sizes);
  if (!layer || !isBlending(clip.blends, frame)) return layer;
  return blendLayer(layer, blendingAt(clip.blends, frame, output), output);
}

/** How much larger a text is at this moment than it lies there at rest; null when its size never changes. */
function wrapScaleOf(clip: PlacedClip, { scale }: Layout, ratio: Ratio): number | null {
  const movers = [clip, ...clip.movers];
  if (!movers.some((mover) => animatedIn(mover, ratio).includes('scale'))) return null;
  return scale / movers.reduce((rest, mover) => rest * layoutIn(mover, ratio).scale, 1);
}

function ownLayer(
  clip: PlacedClip,
  timeline: Timeline,
  frame: Frames,
  ratio: Ratio,
  output: Size,
  sizes: SourceSizes,
): Layer | null {
  const layout = layoutAt(clip, frame, ratio);
  const { instance, content } = clip;
  switch (content.kind) {
    case 'media': {
      const size = sizes(content.assetId);
      if (!size) return null;
      const sourceSeconds = sourceTimeAt(clip, frame, timeline.rate);
      const rects = layoutRects(size, output, layout);
      const free = isFreelyPlaced(clip, ratio) ? freePlacement(size, output, layout) : null;
      // A blur belongs to the picture: it grows with it.
      const blurScale = textPixelScale(output) * (free ? (free.from.width / free.width) * layout.scale : layout.scale);
      return {
        kind: 'media',
        instance,
        assetId: content.assetId,
        sourceSeconds,
        ...rects,
        free,
        window: null,
        look: lookOf(layout, blurScale, free ? free.from : rects.rect),
        opacity: layout.opacity,
      };
    }
    case 'text': {
      const state = textStateAt(content, frame - clip.startFrame + content.elapsedFrames, timeline.rate);
      const { x, y } = textAnchor(layout, output);
      return {
        kind: 'text',
        instance,
        text: content.text,
        // The very same object where nothing is changed: what is worked out for it can be kept.
        style: layout.scale === 1 ? content.style : { ...content.style, sizePx: content.style.sizePx * layout.scale },
        anchor: { x: x + state.shiftX * output.width, y: y + state.shiftY * output.height },
        pixelScale: textPixelScale(output),
        ...(layout.rotationDeg === 0 ? {} : { rotationDeg: layout.rotationDeg }),
        window: null,
        opacity: layout.opacity * state.opacity,
        wrapScale: wrapScaleOf(clip, layout, ratio),
        moment: state.moment,
      };
    }
    case 'colour':
      return { kind: 'colour', instance, colour: content.colour, window: null, opacity: layout.opacity };
    default:
      return assertNever(content);
  }
}

/** Everything drawn at a frame of the ad, bottom to top, over black. The preview draws it; the render planner makes a filter graph of it. */
export function resolveLayers(
  timeline: Timeline,
  frame: Frames,
  ratio: Ratio,
  output: Size,
  sizes: SourceSizes,
): Layer[] {
  return visibleClips(timeline, frame).flatMap((clip) => layerOf(clip, timeline, frame, ratio, output, sizes) ?? []);
}
