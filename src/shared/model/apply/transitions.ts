import type { Rate } from '../../units/index.ts';
import type { Clip } from '../clip.ts';
import type { Project, Sequence, Track } from '../project.ts';
import { isCut } from '../track-cuts.ts';
import type { TrackTransition } from '../transition.ts';
import { unlocked } from './found-clip.ts';
import {
  type Appliers,
  type EditOf,
  refuse,
  replaceAt,
  requireSequence,
  updateSequence,
  updateTrack,
} from './support.ts';
import { advanceContent } from './track-room.ts';

function setTransition(project: Project, edit: EditOf<'transition.set'>): Project {
  const { fromClipId, toClipId } = edit.transition;
  const sequence = requireSequence(project, edit.sequenceId);
  const track = sequence.tracks.find(({ clips }) => clips.some(({ id }) => id === toClipId));
  const from = track?.clips.find(({ id }) => id === fromClipId);
  const to = track?.clips.find(({ id }) => id === toClipId);
  if (!track || !isCut(from, to)) return refuse('A transition lies between two clips that touch. Close the gap first.');
  if (track.kind !== 'visual') return refuse('A transition lies between pictures. Fade the sound instead.');
  const { transitions } = unlocked(track);
  const at = transitions.findIndex((other) => other.toClipId === toClipId);
  const next = at < 0 ? [...transitions, edit.transition] : replaceAt(transitions, at, edit.transition);
  return updateSequence(project, edit.sequenceId, (old) =>
    updateTrack(old, track.id, (each) => ({ ...each, transitions: next })),
  );
}

function removeTransition(project: Project, edit: EditOf<'transition.remove'>): Project {
  const sequence = requireSequence(project, edit.sequenceId);
  const track = sequence.tracks.find(({ transitions }) => transitions.some((one) => one.toClipId === edit.toClipId));
  if (!track) return refuse('That transition is no longer there.');
  const transitions = unlocked(track).transitions.filter((one) => one.toClipId !== edit.toClipId);
  return updateSequence(project, edit.sequenceId, (old) =>
    updateTrack(old, track.id, (each) => ({ ...each, transitions })),
  );
}

/** True when a clip is what was left of another one's end. */
function isEndOf(piece: Clip, whole: Clip, rate: Rate): boolean {
  const cutOff = whole.lengthFrames - piece.lengthFrames;
  if (cutOff <= 0 || piece.content.kind !== whole.content.kind) return false;
  return JSON.stringify(advanceContent(whole.content, cutOff, rate)) === JSON.stringify(piece.content);
}

function followed(transition: TrackTransition, before: Track, after: Track, rate: Rate): TrackTransition {
  const to = after.clips.find(({ id }) => id === transition.toClipId);
  const touching = to && after.clips.find((clip) => isCut(clip, to));
  if (!touching || touching.id === transition.fromClipId) return transition;
  const whole = before.clips.find(({ id }) => id === transition.fromClipId);
  const isNew = !before.clips.some(({ id }) => id === touching.id);
  return whole && isNew && isEndOf(touching, whole, rate) ? { ...transition, fromClipId: touching.id } : transition;
}

/** After a clip was split, the transition at its end belongs to its second half. */
export function followSplits(before: Project, after: Project): Project {
  if (after.sequences === before.sequences) return after;
  const known = new Map(before.sequences.map((sequence) => [sequence.id, sequence]));
  const followTrack = (track: Track, old: Track | undefined): Track => {
    if (!old || old.clips === track.clips || track.transitions.length === 0) return track;
    const transitions = track.transitions.map((one) => followed(one, old, track, after.rate));
    return transitions.every((one, at) => one === track.transitions[at]) ? track : { ...track, transitions };
  };
  return withTracks(after, (track, sequence) => {
    const old = known.get(sequence.id);
    return old === sequence
      ? track
      : followTrack(
          track,
          old?.tracks.find(({ id }) => id === track.id),
        );
  });
}

/** Takes away transitions whose clips do not touch any more, in the sequences that an edit changed; puts the others in order. */
export function dropLooseTransitions(before: Project, after: Project): Project {
  if (after.sequences === before.sequences) return after;
  const known = new Set(before.sequences);
  return withTracks(after, (track, sequence) => (known.has(sequence) ? track : withHeld(track)));
}

/** The same of a sequence that is pinned. */
export function withHeldTransitions(sequence: Sequence): Sequence {
  return { ...sequence, tracks: sequence.tracks.map(withHeld) };
}

function withHeld(track: Track): Track {
  if (track.transitions.length === 0) return track;
  const placeOf = new Map(track.clips.map(({ id }, at) => [id, at]));
  const inOrder = track.transitions
    .filter((one) => isHeld(track, one))
    .toSorted((a, b) => (placeOf.get(a.toClipId) ?? 0) - (placeOf.get(b.toClipId) ?? 0));
  const isSame =
    inOrder.length === track.transitions.length && inOrder.every((one, at) => one === track.transitions[at]);
  return isSame ? track : { ...track, transitions: inOrder };
}

/** True when the two clips of a transition are on its track and touch. */
export function isHeld(track: Track, { fromClipId, toClipId }: TrackTransition): boolean {
  const from = track.clips.find(({ id }) => id === fromClipId);
  return isCut(
    from,
    track.clips.find(({ id }) => id === toClipId),
  );
}

/** The project with tracks changed; what stays the same is shared. */
function withTracks(project: Project, change: (track: Track, sequence: Sequence) => Track): Project {
  const sequences = project.sequences.map((sequence) => {
    const tracks = sequence.tracks.map((track) => change(track, sequence));
    return tracks.every((track, at) => track === sequence.tracks[at]) ? sequence : { ...sequence, tracks };
  });
  return sequences.every((sequence, at) => sequence === project.sequences[at]) ? project : { ...project, sequences };
}

/** Edits of transitions between clips. */
export const transitionAppliers: Appliers<'transition.set' | 'transition.remove'> = {
  'transition.set': setTransition,
  'transition.remove': removeTransition,
};
