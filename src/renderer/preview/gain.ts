import { gainAt, type PlacedClip, soundEnvelope } from '#shared/model/index.ts';
import { audioSampleRateHz, type Rate } from '#shared/units/index.ts';

/** Amplitude factor of a placed clip at a (fractional) frame of the ad, by the envelope exports use; 0 outside it or when it has no sound. */
export function clipGain(clip: PlacedClip, position: number, rate: Rate): number {
  const at = position - clip.startFrame;
  if (!clip.hasSound || at < 0 || at >= clip.lengthFrames) return 0;
  return gainAt(soundEnvelope(clip, rate), (position * rate.den * audioSampleRateHz) / rate.num);
}
