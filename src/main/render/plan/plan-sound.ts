import { type PlacedClip, type SoundEnvelope, soundEnvelope, type Timeline } from '#shared/model/index.ts';
import { add, type Frames, frameToSample, type Rational } from '#shared/units/index.ts';
import type { SourceTable } from '../sources/sources.ts';
import { hashOf } from './fingerprint.ts';
import { renderVersion } from './version.ts';

/** Sound of one source, decoded: 48 kHz stereo, at its speed, exactly `samples` long; before gain and fades. */
export interface StemPlan {
  fingerprint: string;
  source: string;
  streamIndex: number;
  channels: number;
  demuxer: string | null;
  fromSeconds: Rational;
  speed: Rational;
  samples: number;
}

/** A stem where it sounds. */
export interface SoundPart {
  stem: StemPlan;
  startSample: number;
  envelope: SoundEnvelope;
}

/** Everything to be heard in one variant; the same for all its ratios. */
export interface SoundPlan {
  fingerprint: string;
  totalSamples: number;
  parts: SoundPart[];
  /** Loudness of the whole, LUFS; null leaves it as it is mixed. */
  loudnessLufs: number | null;
}

function partOf(clip: PlacedClip, timeline: Timeline, sources: SourceTable, decoderBuild: string): SoundPart | null {
  if (!clip.hasSound || clip.content.kind !== 'media') return null;
  const facts = sources.get(clip.content.assetId);
  if (!facts?.sound) return null;
  const envelope = soundEnvelope(clip, timeline.rate);
  if (envelope.gain === 0) return null;
  const startSample = frameToSample(clip.startFrame, timeline.rate);
  const samples = frameToSample(clip.startFrame + clip.lengthFrames, timeline.rate) - startSample;
  const stem = {
    source: facts.identity,
    streamIndex: facts.sound.streamIndex,
    channels: facts.sound.channels,
    demuxer: facts.demuxer,
    fromSeconds: add(clip.content.sourceInSeconds, facts.originSeconds),
    speed: clip.content.speed,
    samples,
  };
  return { stem: { fingerprint: hashOf(['stem', renderVersion, decoderBuild, stem]), ...stem }, startSample, envelope };
}

/** What is heard in a timeline. Pure. */
export function planSound(
  timeline: Timeline,
  sources: SourceTable,
  encoderArgs: readonly string[],
  decoderBuild: string,
  loudnessLufs: number | null,
): SoundPlan {
  const parts = timeline.clips.flatMap((clip) => partOf(clip, timeline, sources, decoderBuild) ?? []);
  const totalSamples = samplesOf(timeline.lengthFrames, timeline.rate);
  const heard = parts.map(({ stem, startSample, envelope }) => [stem.fingerprint, startSample, envelope]);
  return {
    fingerprint: hashOf(['sound', renderVersion, decoderBuild, encoderArgs, totalSamples, heard, loudnessLufs]),
    totalSamples,
    parts,
    loudnessLufs,
  };
}

function samplesOf(frames: Frames, rate: Rational): number {
  return frameToSample(frames, rate);
}
