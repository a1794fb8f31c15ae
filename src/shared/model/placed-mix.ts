import type { Frames } from '../units/index.ts';
import type { ClipAudio } from './clip.ts';
import type { PlacedMix, SoundRole } from './placed.ts';
import type { GlobalSlot, Track } from './project.ts';
import { balanceOf } from './sound.ts';
import { shiftVolume } from './volume.ts';

/** What a sound that nobody gave a role is. */
const usualRole: SoundRole = 'voice';

/** What the sound of a global slot is, by its kind. */
export function roleOfGlobal(kind: GlobalSlot['kind']): SoundRole {
  return kind === 'music' ? 'music' : usualRole;
}

/** What the sound of a track is when nothing around it says: its own role, else a voice. */
export function roleOfTrack(track: Pick<Track, 'role'>): SoundRole {
  return track.role ?? usualRole;
}

/** A mix that changes nothing. */
export function plainMix(role: SoundRole = usualRole, bus: PlacedMix['bus'] = null): PlacedMix {
  return { left: 1, right: 1, volume: [], role, bus };
}

/** A mix with a further pan in it. */
export function mixPanned(mix: PlacedMix, pan: number): PlacedMix {
  if (pan === 0) return mix;
  const { left, right } = balanceOf(pan);
  return { ...mix, left: mix.left * left, right: mix.right * right };
}

/** The mix of a clip that begins at `startFrame` of the ad (before any window cut it), inside of what `around` says. */
export function mixOfClip(around: PlacedMix, audio: ClipAudio, startFrame: Frames): PlacedMix {
  const panned = mixPanned(around, audio.pan);
  if (audio.volume.length === 0) return panned;
  return { ...panned, volume: [...panned.volume, shiftVolume(audio.volume, -startFrame)] };
}

/** What a track adds to the mix around its sequence. */
export function mixOfTrack(around: PlacedMix | undefined, track: Pick<Track, 'id' | 'pan' | 'role'>): PlacedMix {
  const mix = mixPanned(around ?? plainMix(usualRole, track.id), track.pan);
  return track.role === null ? mix : { ...mix, role: track.role };
}
