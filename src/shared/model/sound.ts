import type { Frames, Rate } from '../units/index.ts';
import { frameToSample } from '../units/index.ts';
import type { FadeShape, VolumePoint } from './clip.ts';
import type { PlacedClip } from './placed.ts';
import { volumeDbAt } from './volume.ts';

/** A ramp between silence and full gain. May lie partly outside the clip where it was cut. */
export interface SoundFade {
  fromSample: number;
  toSample: number;
  shape: FadeShape;
}

/** A placed clip's loudness over its samples. Sample positions are the ad's, at 48 kHz. */
export interface SoundEnvelope {
  /** Linear factor. */
  gain: number;
  /** Linear factors of the sides, at most 1. */
  left: number;
  right: number;
  /** Full silence at `from`, full gain at `to`; null without a fade. */
  fadeIn: SoundFade | null;
  fadeOut: SoundFade | null;
  /** Volume curves that act together, in dB; here a point's `frame` is a sample of the ad. */
  volume: VolumePoint[][];
}

/** Linear factor of decibels; −96 dB and below is silence. */
export function gainOfDb(gainDb: number): number {
  return gainDb <= -96 ? 0 : 10 ** (gainDb / 20);
}

/**
 * What a pan leaves of each side: the balance law. In the middle both are whole; towards one side the other falls by a
 * quarter of a cosine to silence. Nothing is mixed from side to side, so that nothing gets louder than it was.
 */
export function balanceOf(pan: number): { left: number; right: number } {
  const rest = Math.cos((Math.min(1, Math.abs(pan)) * Math.PI) / 2);
  const other = rest < 1e-12 ? 0 : rest;
  return { left: pan > 0 ? other : 1, right: pan < 0 ? other : 1 };
}

/** The envelope of a clip: fades are measured from the ends it had before any window cut it. */
export function soundEnvelope(
  clip: Pick<PlacedClip, 'startFrame' | 'lengthFrames' | 'cutStartFrames' | 'cutEndFrames' | 'audio' | 'mix'>,
  rate: Rate,
): SoundEnvelope {
  const start = clip.startFrame - clip.cutStartFrames;
  const end = clip.startFrame + clip.lengthFrames + clip.cutEndFrames;
  const sample = (frame: Frames) => frameToSample(frame, rate);
  const { gainDb, fadeInFrames, fadeOutFrames, fadeInShape, fadeOutShape } = clip.audio;
  const fade = (from: Frames, to: Frames, shape: FadeShape): SoundFade | null =>
    to > from ? { fromSample: sample(from), toSample: sample(to), shape } : null;
  return {
    gain: gainOfDb(gainDb),
    left: clip.mix.left,
    right: clip.mix.right,
    fadeIn: fade(start, start + fadeInFrames, fadeInShape),
    fadeOut: fade(end - fadeOutFrames, end, fadeOutShape),
    volume: clip.mix.volume.map((points) =>
      points.map(({ frame, gainDb: db }) => ({ frame: sample(frame), gainDb: db })),
    ),
  };
}

/** Part of full gain at `part` (0 to 1) of a fade. */
function fadeGain(part: number, shape: FadeShape): number {
  const inside = Math.max(0, part);
  return shape === 'linear' ? inside : Math.sin((inside * Math.PI) / 2);
}

/** The factor at one sample of the ad, sides apart. */
export function gainAt(envelope: SoundEnvelope, sample: number): number {
  const { fadeIn, fadeOut } = envelope;
  let gain = envelope.gain;
  if (fadeIn && sample < fadeIn.toSample)
    gain *= fadeGain((sample - fadeIn.fromSample) / (fadeIn.toSample - fadeIn.fromSample), fadeIn.shape);
  if (fadeOut && sample >= fadeOut.fromSample)
    gain *= fadeGain((fadeOut.toSample - sample) / (fadeOut.toSample - fadeOut.fromSample), fadeOut.shape);
  for (const points of envelope.volume) gain *= gainOfDb(volumeDbAt(points, sample));
  return gain;
}
