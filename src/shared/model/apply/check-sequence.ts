import type { Sequence, Track } from '../project.ts';
import { checkContent, type Index, type Surroundings } from './check-content.ts';
import { checkUnique, type ProblemPath, type Report } from './problem.ts';
import { maxFrame } from './support.ts';
import { endOf } from './track-room.ts';
import { isHeld } from './transitions.ts';

/** One transition at most at a cut; which clips it lies between is looked at where clips are not on their way. */
function checkTransitions(track: Track, isSettled: boolean, path: ProblemPath, report: Report): void {
  if (track.transitions.length === 0) return;
  const here = (at: number) => [...path, 'transitions', at];
  if (track.kind !== 'visual') report(here(0), 'A transition lies between pictures, not on a sound track.');
  for (const key of ['fromClipId', 'toClipId'] as const)
    if (new Set(track.transitions.map((one) => one[key])).size < track.transitions.length)
      report(here(0), 'There are two transitions at one cut.');
  if (!isSettled) return;
  for (const [at, transition] of track.transitions.entries())
    if (!isHeld(track, transition)) report(here(at), 'A transition lies between two clips that touch; these do not.');
}

function checkTrack(
  track: Track,
  around: Omit<Surroundings, 'isSoundOnly'>,
  index: Index,
  path: ProblemPath,
  report: Report,
): void {
  checkTransitions(track, index.sound === null, path, report);
  const isSoundOnly = track.kind === 'audio';
  const known = index.sound?.get(track.clips);
  if (known && known.fields === around.fields && known.isSoundOnly === isSoundOnly) return;
  let isSound = true;
  let free = 0;
  const note: Report = (where, message) => {
    isSound = false;
    report(where, message);
  };
  for (const [at, clip] of track.clips.entries()) {
    const here = [...path, 'clips', at];
    if (clip.lengthFrames < 1) note([...here, 'lengthFrames'], 'A clip is at least one frame long.');
    if (clip.startFrame < free)
      note([...here, 'startFrame'], 'Two clips of one track overlap, or they are not in order.');
    if (endOf(clip) > maxFrame) note([...here, 'lengthFrames'], 'That would be longer than a day.');
    if (Math.max(clip.audio.fadeInFrames, clip.audio.fadeOutFrames) > maxFrame)
      note([...here, 'audio'], 'That fade would be longer than a day.');
    free = endOf(clip);
    // What it plays may change without it.
    if (clip.content.kind === 'sequence' || clip.content.kind === 'composition') isSound = false;
    const surroundings = { ...around, isSoundOnly };
    checkContent(clip.content, surroundings, index, [...here, 'content'], note);
  }
  if (isSound) index.sound?.set(track.clips, { fields: around.fields, isSoundOnly });
}

/** Checks one sequence: its tracks, clips and fields. */
export function checkSequence(
  sequence: Sequence,
  isInComposition: boolean,
  index: Index,
  path: ProblemPath,
  report: Report,
): void {
  checkUnique(
    sequence.tracks.map((track, at) => [track.id, [...path, 'tracks', at, 'id']] as const),
    'tracks',
    report,
  );
  checkUnique(
    sequence.fields.map((field, at) => [field.key, [...path, 'fields', at, 'key']] as const),
    'fields',
    report,
  );
  checkUnique(
    sequence.markers.map((marker, at) => [marker.id, [...path, 'markers', at, 'id']] as const),
    'markers',
    report,
  );
  if (sequence.markers.some(({ frame }, at) => frame > maxFrame || frame < (sequence.markers[at - 1]?.frame ?? 0)))
    report([...path, 'markers'], 'Markers are out of order, or beyond the longest length there is.');
  for (const [at, field] of sequence.fields.entries()) {
    if (field.default && field.kind !== ('text' in field.default ? 'text' : 'media'))
      report([...path, 'fields', at, 'default'], `The field “${field.key}” cannot hold that.`);
  }
  if ((sequence.lengthFrames ?? 0) > maxFrame)
    report([...path, 'lengthFrames'], 'A sequence cannot be longer than a day.');
  for (const [at, track] of sequence.tracks.entries()) {
    checkTrack(track, { fields: sequence.fields, isInComposition }, index, [...path, 'tracks', at], report);
  }
}
