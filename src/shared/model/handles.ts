import { ceil, compare, divide, type Frames, multiply, type Rate, subtract, zero } from '../units/index.ts';
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
