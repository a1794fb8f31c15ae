import {
  activeDucking,
  type Ducking,
  type PlacedClip,
  type SoundEnvelope,
  type SoundRole,
  soundEnvelope,
  type Timeline,
} from '#shared/model/index.ts';
import { add, type Frames, frameToSample, type Rational } from '#shared/units/index.ts';
import type { SourceFacts, SourceTable } from '../sources/sources.ts';
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
  role: SoundRole;
}

/** Everything to be heard in one variant; the same for all its ratios. */
export interface SoundPlan {
  fingerprint: string;
  totalSamples: number;
  parts: SoundPart[];
  /** Loudness of the whole, LUFS; null leaves it as it is mixed. */
  loudnessLufs: number | null;
  /** How music gives way to voices; null where it does not, or there is not both. */
  ducking: Ducking | null;
}

/** What a stem is made of. */
export function stemOf(
  content: Extract<PlacedClip['content'], { kind: 'media' }>,
  facts: SourceFacts & { sound: NonNullable<SourceFacts['sound']> },
  samples: number,
  decoderBuild: string,
): StemPlan {
  const stem = {
    source: facts.identity,
    streamIndex: facts.sound.streamIndex,
    channels: facts.sound.channels,
    demuxer: facts.demuxer,
    fromSeconds: add(content.sourceInSeconds, facts.originSeconds),
    speed: content.speed,
    samples,
  };
  return { fingerprint: hashOf(['stem', renderVersion, decoderBuild, stem]), ...stem };
}

function partOf(clip: PlacedClip, timeline: Timeline, sources: SourceTable, decoderBuild: string): SoundPart | null {
  if (!clip.hasSound || clip.content.kind !== 'media') return null;
  const facts = sources.get(clip.content.assetId);
  if (!facts?.sound) return null;
  const envelope = soundEnvelope(clip, timeline.rate);
  if (envelope.gain === 0) return null;
  const startSample = frameToSample(clip.startFrame, timeline.rate);
  const samples = frameToSample(clip.startFrame + clip.lengthFrames, timeline.rate) - startSample;
  const { sound } = facts;
  const stem = stemOf(clip.content, { ...facts, sound }, samples, decoderBuild);
  return { stem, startSample, envelope, role: clip.mix.role };
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
  const has = (role: SoundRole) => parts.some((part) => part.role === role);
  const wanted = activeDucking(timeline);
  const ducking = has('voice') && has('music') ? wanted : null;
  const heard = parts.map(({ stem, startSample, envelope, role }) => [
    ...[stem.fingerprint, startSample, envelope],
    ...(ducking ? [role] : []),
  ]);
  const all = [encoderArgs, totalSamples, heard, loudnessLufs, ducking];
  return {
    fingerprint: hashOf(['sound', renderVersion, decoderBuild, ...all]),
    ...{ totalSamples, parts, loudnessLufs, ducking },
  };
}

function samplesOf(frames: Frames, rate: Rational): number {
  return frameToSample(frames, rate);
}
