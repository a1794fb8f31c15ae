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

/** The ASS document of all text of a timeline in a ratio, at the size of the export, in the order it is drawn. */
export function assOfTimeline(timeline: Timeline, ratio: Ratio, faces: readonly FontFace[]): string {
  return assOfClips(timeline, timeline.clips, ratio, fullSizes[ratio], faces);
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
