import type { Frames, Rate } from '#shared/units/index.ts';

/** Closest zoom: pixels per frame. */
export const maxPixelsPerFrame = 48;
/** Farthest zoom. */
export const minPixelsPerFrame = 0.004;
/** One press of + or −, one notch of the wheel. */
const zoomStep = 1.25;
/** Room left after the last clip, so that there is somewhere to drop. */
const tailPixels = 160;

/** Keeps a zoom within its limits. */
export function clampZoom(pixelsPerFrame: number): number {
  return Math.min(maxPixelsPerFrame, Math.max(minPixelsPerFrame, pixelsPerFrame));
}

/** The zoom at which a length fills a width. */
export function fitZoom(lengthFrames: Frames, widthPixels: number): number {
  if (lengthFrames <= 0 || widthPixels <= 0) return 4;
  return clampZoom(Math.min(12, Math.max(1, widthPixels - 48) / lengthFrames));
}

/** A view of the timeline: its zoom and how far it is scrolled. */
export interface TimelineScale {
  pixelsPerFrame: number;
  scrollLeft: number;
}

/** Zooms by steps (positive = closer) so that what is under `anchorPixel` of the viewport stays there. */
export function zoomAround(scale: TimelineScale, steps: number, anchorPixel: number): TimelineScale {
  const pixelsPerFrame = clampZoom(scale.pixelsPerFrame * zoomStep ** steps);
  const frame = (scale.scrollLeft + anchorPixel) / scale.pixelsPerFrame;
  return { pixelsPerFrame, scrollLeft: Math.max(0, frame * pixelsPerFrame - anchorPixel) };
}

/** The view that a stretch fills, with a little room on both sides. */
export function rangeScale(startFrame: Frames, endFrame: Frames, widthPixels: number): TimelineScale {
  const lengthFrames = Math.max(1, endFrame - startFrame);
  const pixelsPerFrame = clampZoom(Math.max(1, widthPixels - 48) / lengthFrames);
  const room = (widthPixels - lengthFrames * pixelsPerFrame) / 2;
  return { pixelsPerFrame, scrollLeft: Math.max(0, startFrame * pixelsPerFrame - Math.max(0, room)) };
}

/** Width of the scrolled content. */
export function contentWidth(lengthFrames: Frames, pixelsPerFrame: number, viewportWidth: number): number {
  return Math.max(viewportWidth, Math.ceil(lengthFrames * pixelsPerFrame) + tailPixels);
}

/** The scroll that shows a frame: unchanged while it is in view, else a page turn that puts it near the left. */
export function scrollToShow(frame: Frames, scale: TimelineScale, viewportWidth: number): number {
  const x = frame * scale.pixelsPerFrame;
  if (x >= scale.scrollLeft && x <= scale.scrollLeft + viewportWidth - 24) return scale.scrollLeft;
  return Math.max(0, x - viewportWidth * 0.1);
}

/** Marks of the ruler: a label every `majorFrames`, a tick every `minorFrames`. */
export interface RulerSteps {
  majorFrames: Frames;
  minorFrames: Frames;
}

const labelPixels = 92;

/** Steps that keep labels apart at a zoom: frames when close, then seconds, then minutes. */
export function rulerSteps(pixelsPerFrame: number, rate: Rate): RulerSteps {
  const second = Math.max(1, Math.round(rate.num / rate.den));
  const inFrames: [number, number][] = [
    [1, 1],
    [2, 1],
    [5, 1],
    [10, 2],
  ];
  const inSeconds: [number, number][] = [
    [1, 0.2],
    [2, 0.5],
    [5, 1],
    [10, 2],
    [30, 5],
    [60, 10],
    [120, 30],
    [300, 60],
    [600, 120],
    [1800, 300],
    [3600, 600],
  ];
  const steps = [
    ...inFrames.filter(([major]) => major < second),
    ...inSeconds.map(([major, minor]): [number, number] => [major * second, Math.max(1, Math.round(minor * second))]),
  ];
  const [majorFrames, minorFrames] = steps.find(([major]) => major * pixelsPerFrame >= labelPixels) ??
    steps.at(-1) ?? [second, second];
  return { majorFrames, minorFrames };
}
