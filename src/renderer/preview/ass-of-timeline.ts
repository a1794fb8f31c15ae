import {
  assDocument,
  type FontFace,
  fullSizes,
  type PlacedClip,
  type Ratio,
  type Size,
  type Timeline,
  textEvents,
} from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';

/** A stretch of the timeline; without its end. */
export interface FrameSpan {
  startFrame: Frames;
  endFrame: Frames;
}

/**
 * The ASS document of the text of a timeline in a ratio, at the size of the export, in the order it is drawn: of all of
 * it, or of the clips within a span.
 */
export function assOfTimeline(
  timeline: Timeline,
  ratio: Ratio,
  faces: readonly FontFace[],
  within: FrameSpan | null = null,
): string {
  const isNear = ({ startFrame, lengthFrames }: PlacedClip) =>
    within === null || (startFrame < within.endFrame && startFrame + lengthFrames > within.startFrame);
  return assOfClips(timeline, timeline.clips.filter(isNear), ratio, fullSizes[ratio], faces);
}

/** The same of some clips, at another size. Its clock is the timeline's. */
export function assOfClips(
  timeline: Timeline,
  clips: readonly PlacedClip[],
  ratio: Ratio,
  output: Size,
  faces: readonly FontFace[],
): string {
  const events = clips.flatMap((clip) =>
    clip.hasPicture
      ? textEvents(clip, timeline, { ratio, output }, clip.startFrame, clip.startFrame + clip.lengthFrames)
      : [],
  );
  return assDocument({ events, output, rate: timeline.rate, faces });
}
