import type { Frames, Rate } from '../units/index.ts';
import { frameToSample } from '../units/index.ts';
import type { PlacedClip } from './timeline.ts';

/** A placed clip's loudness over its samples: a constant gain and two straight ramps. Sample positions are the ad's, at 48 kHz. */
export interface SoundEnvelope {
  /** Linear factor. */
  gain: number;
  /** Full silence at `from`, full gain at `to`; null without a fade. May lie partly outside the clip where it was cut. */
  fadeIn: { fromSample: number; toSample: number } | null;
  fadeOut: { fromSample: number; toSample: number } | null;
}

/** The envelope of a clip: fades are measured from the ends it had before any window cut it. */
export function soundEnvelope(
  clip: Pick<PlacedClip, 'startFrame' | 'lengthFrames' | 'cutStartFrames' | 'cutEndFrames' | 'audio'>,
  rate: Rate,
): SoundEnvelope {
  const start = clip.startFrame - clip.cutStartFrames;
  const end = clip.startFrame + clip.lengthFrames + clip.cutEndFrames;
  const sample = (frame: Frames) => frameToSample(frame, rate);
  const { gainDb, fadeInFrames, fadeOutFrames } = clip.audio;
  return {
    gain: gainDb <= -96 ? 0 : 10 ** (gainDb / 20),
    fadeIn: fadeInFrames > 0 ? { fromSample: sample(start), toSample: sample(start + fadeInFrames) } : null,
    fadeOut: fadeOutFrames > 0 ? { fromSample: sample(end - fadeOutFrames), toSample: sample(end) } : null,
  };
}

/** The factor at one sample of the ad. */
export function gainAt(envelope: SoundEnvelope, sample: number): number {
  const { fadeIn, fadeOut } = envelope;
  let gain = envelope.gain;
  if (fadeIn && sample < fadeIn.toSample)
    gain *= Math.max(0, (sample - fadeIn.fromSample) / (fadeIn.toSample - fadeIn.fromSample));
  if (fadeOut && sample >= fadeOut.fromSample)
    gain *= Math.max(0, (fadeOut.toSample - sample) / (fadeOut.toSample - fadeOut.fromSample));
  return gain;
}
