import type { ClipAudio, PlacedClip } from '#shared/model/index.ts';

/** Amplitude factor of a gain in decibels; −96 and below is silence. */
export function amplitude(gainDb: number): number {
  return gainDb <= -96 ? 0 : 10 ** (gainDb / 20);
}

/**
 * Fade factor (0 to 1, linear in amplitude) at a position within an uncut clip.
 * Fades that overlap multiply, as two filters in a row do.
 */
export function fadeFactor(
  audio: Pick<ClipAudio, 'fadeInFrames' | 'fadeOutFrames'>,
  at: number,
  length: number,
): number {
  const fadeIn = audio.fadeInFrames > 0 ? Math.min(1, Math.max(0, at / audio.fadeInFrames)) : 1;
  const fadeOut = audio.fadeOutFrames > 0 ? Math.min(1, Math.max(0, (length - at) / audio.fadeOutFrames)) : 1;
  return fadeIn * fadeOut;
}

/** Amplitude factor of a placed clip at a (fractional) frame of the ad; 0 outside it or when it has no sound. */
export function clipGain(clip: PlacedClip, position: number): number {
  const at = position - clip.startFrame;
  if (!clip.hasSound || at < 0 || at >= clip.lengthFrames) return 0;
  const uncutLength = clip.lengthFrames + clip.cutStartFrames + clip.cutEndFrames;
  return amplitude(clip.audio.gainDb) * fadeFactor(clip.audio, at + clip.cutStartFrames, uncutLength);
}
