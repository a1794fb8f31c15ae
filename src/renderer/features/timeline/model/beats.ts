import {
  type AssetId,
  type ClipId,
  type EditInput,
  newId,
  type PlacedClip,
  type SimpleEditInput,
  type Timeline,
} from '#shared/model/index.ts';
import { type Frames, toNumber } from '#shared/units/index.ts';
import type { ClipItem } from './lanes.ts';
import { asEdit } from './placement.ts';

/** Most cuts made in one step. */
const mostCuts = 500;

/** The clips whose beats count: music that is heard. */
function musicOf(timeline: Timeline): PlacedClip[] {
  return timeline.clips.filter((clip) => clip.hasSound && clip.mix.role === 'music' && clip.content.kind === 'media');
}

/** The assets whose beats are needed, each once, in a stable order. */
export function beatAssets(timeline: Timeline): AssetId[] {
  const ids = musicOf(timeline).flatMap(({ content }) => (content.kind === 'media' ? [content.assetId] : []));
  return [...new Set(ids)].toSorted();
}

/** Frames of a timeline nearest to the beats of its music, in order; `secondsOf` tells an asset's beats by its own clock. */
export function beatFrames(timeline: Timeline, secondsOf: (assetId: AssetId) => readonly number[]): Frames[] {
  const framesPerSecond = toNumber(timeline.rate);
  const frames = new Set<Frames>();
  for (const { content, startFrame, lengthFrames } of musicOf(timeline)) {
    if (content.kind !== 'media') continue;
    const from = toNumber(content.sourceInSeconds);
    const scale = framesPerSecond / toNumber(content.speed);
    for (const beat of secondsOf(content.assetId)) {
      const frame = startFrame + Math.round((beat - from) * scale);
      if (frame >= startFrame && frame < startFrame + lengthFrames) frames.add(frame);
    }
  }
  return [...frames].sort((a, b) => a - b);
}

/** Splits clips at every beat inside them. */
export function cutAtBeatsEdit(items: readonly ClipItem[], beats: readonly Frames[]): EditInput | null {
  const edits = items.flatMap((item): SimpleEditInput[] => {
    const { sequence } = item.section;
    if (!sequence || item.track.isLocked) return [];
    let clipId = item.clip.id;
    return beats
      .filter((beat) => beat > item.startFrame && beat < item.endFrame)
      .map((beat) => {
        const newClipId = newId<ClipId>('clip');
        const atFrame = beat - item.section.startFrame;
        const split = { type: 'clip.split' as const, sequenceId: sequence.id, clipId, atFrame, newClipId };
        clipId = newClipId;
        return split;
      });
  });
  return edits.length > mostCuts ? null : asEdit('Cut at beats', edits);
}

/**
 * Shortens clips that follow one another on a lane so that each ends on the last beat it reaches; what comes after closes
 * up. Clips shorter than to the next beat stay. The music does not move.
 */
export function trimToBeatsEdit(items: readonly ClipItem[], beats: readonly Frames[]): EditInput | null {
  const shifts = new Map<string, Frames>();
  const inOrder = [...items].sort((a, b) => a.startFrame - b.startFrame);
  const edits = inOrder.flatMap((item): SimpleEditInput[] => {
    const { sequence } = item.section;
    if (!sequence || item.track.isLocked) return [];
    const shift = shifts.get(item.lane.key) ?? 0;
    const [start, end] = [item.startFrame + shift, item.endFrame + shift];
    const beat = beats.findLast((one) => one <= end);
    if (beat === undefined || beat <= start || beat === end) return [];
    shifts.set(item.lane.key, shift + beat - end);
    const trim = { type: 'clip.trim' as const, sequenceId: sequence.id, clipId: item.clip.id };
    return [{ ...trim, edge: 'end', deltaFrames: beat - end, isRipple: true }];
  });
  return asEdit('Cut to beat', edits);
}
