import type { Frames } from '../units/index.ts';
import type { Clip } from './clip.ts';
import { type Edit, editSchema, type SimpleEditInput } from './edit.ts';
import type { SequenceId, TrackId } from './ids.ts';

/**
 * Trims one edge of a clip as `clip.trim` does; `isStill` (a photo has no beginning or end) lets its start be pulled out
 * without limit, where footage ends at its source's first frame.
 */
export function trimEdit(options: {
  sequenceId: SequenceId;
  trackId: TrackId;
  clip: Clip;
  edge: 'start' | 'end';
  /** Positive = later. */
  deltaFrames: Frames;
  isRipple?: boolean;
  isStill?: boolean;
}): Edit {
  const { sequenceId, trackId, clip, edge, deltaFrames, isRipple = false, isStill = false } = options;
  const trim = { type: 'clip.trim' as const, sequenceId, clipId: clip.id, isRipple };
  if (edge === 'end' || !isStill) return editSchema.parse({ ...trim, edge, deltaFrames });
  const change: SimpleEditInput = { ...trim, edge: 'end', deltaFrames: -deltaFrames };
  if (isRipple) return editSchema.parse(change);
  const startFrame = Math.max(0, clip.startFrame + deltaFrames);
  const move: SimpleEditInput = { type: 'clip.move', sequenceId, clipId: clip.id, trackId, startFrame };
  const edits = deltaFrames < 0 ? [move, { ...change, deltaFrames: clip.startFrame - startFrame }] : [change, move];
  return editSchema.parse({ type: 'batch', label: 'Trim clip', edits });
}
