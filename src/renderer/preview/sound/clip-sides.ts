import { type DuckingCurve, gainAt, type PlacedClip, type SoundEnvelope, soundEnvelope } from '#shared/model/index.ts';
import { audioSampleRateHz, type Rate } from '#shared/units/index.ts';
import { type SideGains, silence } from './side-gains.ts';

const known = new WeakMap<PlacedClip, { rate: Rate; envelope: SoundEnvelope }>();

function envelopeOf(clip: PlacedClip, rate: Rate): SoundEnvelope {
  const found = known.get(clip);
  if (found && found.rate.num === rate.num && found.rate.den === rate.den) return found.envelope;
  const envelope = soundEnvelope(clip, rate);
  known.set(clip, { rate, envelope });
  return envelope;
}

/**
 * What is heard of a placed clip on both sides at a (fractional) frame of the ad, by the envelope exports use; silence
 * outside it or when it has no sound. `ducking` acts on music.
 */
export function clipSides(
  clip: PlacedClip,
  position: number,
  rate: Rate,
  ducking: DuckingCurve | null = null,
): SideGains {
  const at = position - clip.startFrame;
  if (!clip.hasSound || at < 0 || at >= clip.lengthFrames) return silence;
  const envelope = envelopeOf(clip, rate);
  const sample = (position * rate.den * audioSampleRateHz) / rate.num;
  const gain = gainAt(envelope, sample, clip.mix.role === 'music' ? ducking : null);
  return { left: gain * envelope.left, right: gain * envelope.right };
}
