import {
  activeDucking,
  type DuckingCurve,
  duckingCurve,
  type PlacedClip,
  type SoundLevels,
  soundEnvelope,
  type Timeline,
  voicePower,
} from '#shared/model/index.ts';
import { frameToSample } from '#shared/units/index.ts';

/** Voices that the music of a timeline gives way to; none where nothing has to. */
export function voicesOf(timeline: Timeline): PlacedClip[] {
  if (!activeDucking(timeline)) return [];
  const heard = timeline.clips.filter((clip) => clip.hasSound && clip.content.kind === 'media');
  return heard.some(({ mix }) => mix.role === 'music') ? heard.filter(({ mix }) => mix.role === 'voice') : [];
}

/** How the music of a timeline gives way to its voices; null where it does not. A voice of unknown levels does not count. */
export function duckingFrom(
  timeline: Timeline,
  voices: readonly PlacedClip[],
  levelsOf: (clip: PlacedClip) => SoundLevels | null,
): DuckingCurve | null {
  const ducking = activeDucking(timeline);
  if (!ducking || voices.length === 0) return null;
  const { rate } = timeline;
  const placed = voices.flatMap((clip) => {
    const levels = levelsOf(clip);
    if (!levels) return [];
    return [{ startSample: frameToSample(clip.startFrame, rate), envelope: soundEnvelope(clip, rate), levels }];
  });
  return duckingCurve(voicePower(placed, frameToSample(timeline.lengthFrames, rate)), ducking);
}
