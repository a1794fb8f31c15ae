import type { Frames, Rate } from '../units/index.ts';
import { frameToSample } from '../units/index.ts';
import type { FadeShape, VolumePoint } from './clip.ts';
import { gainOfDb } from './decibels.ts';
import { type DuckingCurve, duckingGainAt } from './ducking-curve.ts';
import type { PlacedClip } from './placed.ts';
import { volumeDbAt } from './volume.ts';

/** A ramp between silence and full gain. May lie partly outside the clip where it was cut. */
export interface SoundFade {
  fromSample: number;
  toSample: number;
  shape: FadeShape;
}

/** An equal-power ramp over a transition. */
export interface SoundRamp {
  fromSample: number;
  toSample: number;
  way: 'in' | 'out';
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
  /** Ramps of transitions: silent on one side of each, whole on the other; absent where there are none. */
  crossings?: readonly SoundRamp[];
  /** Volume curves that act together, in dB; here a point's `frame` is a sample of the ad. */
  volume: VolumePoint[][];
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
  clip: Pick<
    PlacedClip,
    'startFrame' | 'lengthFrames' | 'cutStartFrames' | 'cutEndFrames' | 'audio' | 'mix' | 'crossings'
  >,
  rate: Rate,
): SoundEnvelope {
  const start = clip.startFrame - clip.cutStartFrames;
  const end = clip.startFrame + clip.lengthFrames + clip.cutEndFrames;
  const sample = (frame: Frames) => frameToSample(frame, rate);
  const { gainDb, fadeInFrames, fadeOutFrames, fadeInShape, fadeOutShape } = clip.audio;
  const fade = (from: Frames, to: Frames, shape: FadeShape): SoundFade | null =>
    to > from ? { fromSample: sample(from), toSample: sample(to), shape } : null;
  const ramps = clip.crossings?.map(
    ({ startFrame, endFrame, way }): SoundRamp => ({ fromSample: sample(startFrame), toSample: sample(endFrame), way }),
  );
  return {
    gain: gainOfDb(gainDb),
    left: clip.mix.left,
    right: clip.mix.right,
    fadeIn: fade(start, start + fadeInFrames, fadeInShape),
    fadeOut: fade(end - fadeOutFrames, end, fadeOutShape),
    ...(ramps ? { crossings: ramps } : {}),
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

/** What a transition leaves of a sound at one sample of the ad. */
function rampGain({ fromSample, toSample, way }: SoundRamp, sample: number): number {
  const part = Math.min(1, Math.max(0, (sample - fromSample) / (toSample - fromSample)));
  return fadeGain(way === 'in' ? part : 1 - part, 'equal-power');
}

/** Gain, fades and transitions at one sample of the ad, without curves. */
function steadyGainAt(envelope: SoundEnvelope, sample: number): number {
  const { fadeIn, fadeOut } = envelope;
  let gain = envelope.gain;
  if (fadeIn && sample < fadeIn.toSample)
    gain *= fadeGain((sample - fadeIn.fromSample) / (fadeIn.toSample - fadeIn.fromSample), fadeIn.shape);
  if (fadeOut && sample >= fadeOut.fromSample)
    gain *= fadeGain((fadeOut.toSample - sample) / (fadeOut.toSample - fadeOut.fromSample), fadeOut.shape);
  for (const ramp of envelope.crossings ?? []) gain *= rampGain(ramp, sample);
  return gain;
}

function curveGainAt({ volume }: SoundEnvelope, ducking: DuckingCurve | null, sample: number): number {
  let gain = duckingGainAt(ducking, sample);
  for (const points of volume) gain *= gainOfDb(volumeDbAt(points, sample));
  return gain;
}

/** The factor at one (fractional) sample of the ad, sides apart. `ducking`: what gives way to voices gives its curve. */
export function gainAt(envelope: SoundEnvelope, sample: number, ducking: DuckingCurve | null = null): number {
  return steadyGainAt(envelope, sample) * curveGainAt(envelope, ducking, sample);
}

/** True when nothing but a constant gain and fades acts on a sound. */
export function isSteady(envelope: SoundEnvelope, ducking: DuckingCurve | null): boolean {
  return ducking === null && envelope.volume.length === 0 && envelope.crossings === undefined;
}

/** Samples between the places where curves are worked out; straight lines between. */
const curveStep = 32;

/** The factors from a sample of the ad on, one per sample of `out`, as {@link gainAt} has them. */
export function fillGains(
  envelope: SoundEnvelope,
  ducking: DuckingCurve | null,
  fromSample: number,
  out: Float64Array,
): void {
  let at = Math.floor(fromSample / curveStep) * curveStep;
  let before = curveGainAt(envelope, ducking, at);
  let after = curveGainAt(envelope, ducking, at + curveStep);
  for (let n = 0; n < out.length; n += 1) {
    const sample = fromSample + n;
    if (sample >= at + curveStep) {
      at += curveStep;
      before = after;
      after = curveGainAt(envelope, ducking, at + curveStep);
    }
    out[n] = steadyGainAt(envelope, sample) * (before + ((after - before) * (sample - at)) / curveStep);
  }
}
