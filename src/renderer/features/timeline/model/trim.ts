import {
  type AssetId,
  type Clip,
  type EditInput,
  playableFrames,
  type SourceLengths,
  trimEdit,
} from '#shared/model/index.ts';
import { divide, type Frames, floor, multiply, type Rate } from '#shared/units/index.ts';
import { carryAlong, type Ripple, withSteps } from './carry-along.ts';
import type { ClipItem } from './lanes.ts';

/** Which end of a clip is moved. */
export type Edge = 'start' | 'end';

/** The asset a media clip plays, fields included. */
export function assetOf(item: Pick<ClipItem, 'clip' | 'section'>) {
  const { content } = item.clip;
  if (content.kind !== 'media') return null;
  if ('assetId' in content.media) return content.media.assetId;
  const value = item.section.values[content.media.field];
  if (value && 'assetId' in value) return value.assetId;
  const { field } = content.media;
  const fallback = item.section.sequence?.fields.find((candidate) => candidate.key === field)?.default;
  return fallback && 'assetId' in fallback ? fallback.assetId : null;
}

/** How far an edge may move, in frames (negative = earlier): to the ends of the source, to its neighbours, to one frame left. */
export function trimLimits(
  item: ClipItem,
  edge: Edge,
  isRipple: boolean,
  lengths: SourceLengths,
  rate: Rate,
  isStill = false,
): { min: Frames; max: Frames } {
  const { clip, track } = item;
  const { content } = clip;
  const end = clip.startFrame + clip.lengthFrames;
  const before = track.clips.filter((other) => other.startFrame + other.lengthFrames <= clip.startFrame).at(-1);
  const after = track.clips.find((other) => other.startFrame >= end);
  if (edge === 'start') {
    const headFrames =
      content.kind === 'media' && !isStill && !content.isFrozen
        ? floor(divide(multiply(content.sourceInSeconds, rate), content.speed))
        : 'inFrame' in content
          ? content.inFrame
          : Number.POSITIVE_INFINITY;
    const room = isRipple
      ? Number.POSITIVE_INFINITY
      : clip.startFrame - (before ? before.startFrame + before.lengthFrames : 0);
    return { min: 0 - Math.min(headFrames, room), max: clip.lengthFrames - 1 };
  }
  const assetId = assetOf(item);
  const playable =
    content.kind === 'media'
      ? playableFrames(content, assetId ? lengths(assetId) : null, rate)
      : Number.POSITIVE_INFINITY;
  // A clip already longer than its source (a still's length, a re-linked file) may at least keep its length.
  const tailFrames = Math.max(0, playable - clip.lengthFrames);
  const room = isRipple || !after ? Number.POSITIVE_INFINITY : after.startFrame - end;
  return { min: 1 - clip.lengthFrames, max: Math.min(tailFrames, room) };
}

/** What a trim has to know besides the clip. */
export interface TrimOptions {
  isRipple: boolean;
  lengths: SourceLengths;
  /** Photos have no first or last moment: both edges can be pulled out. */
  isStill: (assetId: AssetId) => boolean;
  rate: Rate;
}

/** The trim of one edge by a shift, held within its limits, and the shift that is left; no edit when nothing changes. */
export function trimItem(
  item: ClipItem,
  edge: Edge,
  deltaFrames: Frames,
  options: TrimOptions,
): { edit: EditInput | null; delta: Frames } {
  const { clip, section, track } = item;
  const { isRipple, lengths, rate } = options;
  if (!section.sequence || track.isLocked) return { edit: null, delta: 0 };
  const assetId = assetOf(item);
  const isStill = assetId !== null && options.isStill(assetId);
  const { min, max } = trimLimits(item, edge, isRipple, lengths, rate, isStill);
  const delta = Math.min(max, Math.max(min, deltaFrames));
  if (delta === 0) return { edit: null, delta: 0 };
  const sequenceId = section.sequence.id;
  const edit = trimEdit({ sequenceId, trackId: track.id, clip, edge, deltaFrames: delta, isRipple, isStill });
  const follows = isRipple && item.lane.isMain ? carryAlong(section, [rippleOf(clip, edge, delta)]) : [];
  return { edit: withSteps(edit, follows, 'Trim clip'), delta };
}

/** What a rippling trim takes out or puts in. Words that begin with a clip still do when footage is put in before it. */
function rippleOf(clip: Clip, edge: Edge, delta: Frames): Ripple {
  if (edge === 'end') return { fromFrame: clip.startFrame + clip.lengthFrames, deltaFrames: delta };
  return { fromFrame: clip.startFrame + Math.max(1, delta), deltaFrames: -delta };
}

/** Frame of the timeline to look at while an edge is dragged: the first frame left, or the last. */
export function frameBesideEdge(item: ClipItem, edge: Edge, deltaFrames: Frames, isRipple: boolean): Frames {
  if (edge === 'start') return isRipple ? item.startFrame : item.startFrame + deltaFrames;
  return Math.max(item.startFrame, item.endFrame + deltaFrames - 1);
}
