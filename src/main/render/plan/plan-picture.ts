import type { Frames } from '#shared/units/index.ts';
import { segmentFingerprint, type Workshop } from './fingerprint.ts';
import { layersAt, leadingClip, type PictureContext, shapePoints } from './layers-at.ts';
import type { PlannedSegment, RecipeSpan } from './recipe.ts';
import { editPoints, segmentBounds } from './segment-bounds.ts';

/** The spans between edit points within a segment, each with its layers. */
export function spansBetween(
  context: PictureContext,
  points: readonly Frames[],
  start: Frames,
  end: Frames,
): RecipeSpan[] {
  const inner = [...points.filter((point) => point > start && point < end), ...shapePoints(context, start, end)];
  const edges = [start, ...[...new Set(inner)].sort((a, b) => a - b), end];
  return edges.slice(0, -1).map((from, index) => {
    const frames = (edges[index + 1] ?? end) - from;
    return { frames, layers: layersAt(context, from, frames) };
  });
}

/** A timeline's pictures in one ratio as segments, in order, without gaps. Pure. */
export function planPicture(
  context: PictureContext,
  encoderArgs: readonly string[],
  workshop: Workshop,
): PlannedSegment[] {
  const { timeline, output } = context;
  const points = editPoints(timeline);
  const bounds = segmentBounds(timeline, (frame) => leadingClip(context, frame));
  return bounds.slice(0, -1).map((startFrame, index) => {
    const endFrame = bounds[index + 1] ?? timeline.lengthFrames;
    const spans = spansBetween(context, points, startFrame, endFrame);
    const recipe = { width: output.width, height: output.height, rate: timeline.rate, spans };
    return {
      fingerprint: segmentFingerprint(recipe, encoderArgs, workshop),
      recipe,
      startFrame,
      frames: endFrame - startFrame,
    };
  });
}
