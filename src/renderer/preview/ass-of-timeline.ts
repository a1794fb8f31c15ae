import {
  assDocument,
  type FontFace,
  fullSizes,
  layerOf,
  type Ratio,
  type TextEvent,
  type Timeline,
} from '#shared/model/index.ts';

/** The ASS document of all text of a timeline in a ratio, at the size of the export, in the order it is drawn. */
export function assOfTimeline(timeline: Timeline, ratio: Ratio, faces: readonly FontFace[]): string {
  const output = fullSizes[ratio];
  const events = timeline.clips.flatMap((clip): TextEvent[] => {
    if (clip.content.kind !== 'text' || !clip.hasPicture) return [];
    const layer = layerOf(clip, timeline, clip.startFrame, ratio, output, () => null);
    if (layer?.kind !== 'text') return [];
    return [{ layer, startFrame: clip.startFrame, endFrame: clip.startFrame + clip.lengthFrames }];
  });
  return assDocument({ events, output, rate: timeline.rate, faces });
}
