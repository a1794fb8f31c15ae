import type { AssetId, Timeline } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { PreviewSources } from '../../preview/source.ts';

/** What has to be said about the media at a frame. */
export interface StageNotes {
  missing: {
    assetId: AssetId;
    name: string /** False when the library does not know it at all. */;
    isKnown: boolean;
  }[];
  notes: string[];
}

/** Missing media and provisional pictures at a frame, each named once. */
export function stageNotes(timeline: Timeline, frame: Frames, sources: PreviewSources): StageNotes {
  const missing: StageNotes['missing'] = [];
  const notes: string[] = [];
  for (const clip of timeline.clips) {
    if (clip.content.kind !== 'media') continue;
    if (frame < clip.startFrame || frame >= clip.startFrame + clip.lengthFrames) continue;
    const { assetId } = clip.content;
    const source = sources.get(assetId);
    if (missing.some((item) => item.assetId === assetId)) continue;
    if (!source) continue;
    if (source.mode === 'missing') missing.push({ assetId, name: source.name, isKnown: true });
    else if (source.mode === 'frames') {
      const note = `${source.note ?? 'Preview copy is being made'}: ${source.name}`;
      if (!notes.includes(note)) notes.push(note);
    }
  }
  return { missing, notes };
}
