import { ceil, compare, divide, type Frames, multiply, type Rate, subtract, zero } from '../units/index.ts';
import type { SlotId } from './ids.ts';
import type { PlacedClip } from './placed.ts';
import { playableFrames, type SourceLengths } from './timeline.ts';

/**
 * Frames of what a clip shows beyond its end for a transition on which its source has nothing more: there its first (or
 * last) frame stands. 0 for clips in their own place, for stills, words and colours.
 */
export function frozenFrames(clip: PlacedClip, lengths: SourceLengths, rate: Rate): Frames {
  const { content, overrun, lengthFrames } = clip;
  if (!overrun || content.kind !== 'media' || content.isFrozen) return 0;
  const length = lengths(content.assetId);
  if (length === null) return 0;
  if (overrun === 'after') return Math.max(0, lengthFrames - playableFrames(content, length, rate));
  if (compare(content.sourceInSeconds, zero) >= 0) return 0;
  const missing = divide(subtract(zero, content.sourceInSeconds), content.speed);
  return Math.min(lengthFrames, ceil(multiply(missing, rate)));
}

/** A cut between two parts at which the sound changes some frames after (negative: before) the picture. */
export interface SoundCut {
  beforeSlotId: SlotId;
  afterSlotId: SlotId;
  cutFrame: Frames;
  overhangFrames: Frames;
}

/** Frames of an overhang on which nothing is heard, because the source has nothing beyond the cut. 0 where nothing sounds at the cut. */
export function silentFrames(
  clips: readonly PlacedClip[],
  { beforeSlotId, afterSlotId, cutFrame, overhangFrames }: SoundCut,
  lengths: SourceLengths,
  rate: Rate,
): Frames {
  const slotId = overhangFrames > 0 ? beforeSlotId : afterSlotId;
  const isAt = ({ startFrame, lengthFrames }: PlacedClip) =>
    startFrame <= cutFrame && startFrame + lengthFrames >= cutFrame;
  const sounding = clips.filter((clip) => clip.hasSound && clip.slotId === slotId && isAt(clip));
  if (overhangFrames === 0 || sounding.length === 0) return 0;
  if (overhangFrames < 0)
    return Math.max(0, Math.min(...sounding.map(({ startFrame }) => startFrame)) - cutFrame - overhangFrames);
  const ends = sounding.map(({ content, startFrame }) =>
    content.kind === 'media'
      ? startFrame + playableFrames(content, lengths(content.assetId), rate)
      : Number.POSITIVE_INFINITY,
  );
  return Math.min(overhangFrames, Math.max(0, cutFrame + overhangFrames - Math.max(...ends)));
}
