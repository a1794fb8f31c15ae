import { AppError } from '#shared/errors/index.ts';
import { type EditInput, playableFrames, type SourceLengths } from '#shared/model/index.ts';
import { divide, type Frames, floor, multiply, type Rate } from '#shared/units/index.ts';
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
): { min: Frames; max: Frames } {
  const { clip, track } = item;
  const { content } = clip;
  const end = clip.startFrame + clip.lengthFrames;
  const before = track.clips.filter((other) => other.startFrame + other.lengthFrames <= clip.startFrame).at(-1);
  const after = track.clips.find((other) => other.startFrame >= end);
  if (edge === 'start') {
    const headFrames =
      content.kind === 'media'
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

/** The trim of one edge by a shift, held within its limits; null when nothing changes. */
export function trimEdit(
  item: ClipItem,
  edge: Edge,
  deltaFrames: Frames,
  options: { isRipple: boolean; lengths: SourceLengths; rate: Rate },
): EditInput | null {
  const { sequence } = item.section;
  if (!sequence) return null;
  const { min, max } = trimLimits(item, edge, options.isRipple, options.lengths, options.rate);
  const delta = Math.min(max, Math.max(min, deltaFrames));
  if (delta === 0 || Object.is(delta, -0)) return null;
  return {
    type: 'clip.trim',
    sequenceId: sequence.id,
    clipId: item.clip.id,
    edge,
    deltaFrames: delta,
    isRipple: options.isRipple,
  };
}

/** Frame of the timeline to look at while an edge is dragged: the first frame left, or the last. */
export function frameBesideEdge(item: ClipItem, edge: Edge, deltaFrames: Frames, isRipple: boolean): Frames {
  if (edge === 'start') return isRipple ? item.startFrame : item.startFrame + deltaFrames;
  return Math.max(item.startFrame, item.endFrame + deltaFrames - 1);
}

/** True for an error that only says "not like that": a drag then simply goes no further. */
export function isRefusal(error: unknown): boolean {
  return error instanceof AppError && error.code === 'edit-refused';
}
