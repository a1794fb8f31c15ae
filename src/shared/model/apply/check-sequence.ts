import type { Sequence, Track } from '../project.ts';
import { checkContent, type Index, type Surroundings } from './check-content.ts';
import { checkUnique, type ProblemPath, type Report } from './problem.ts';
import { maxFrame } from './support.ts';
import { endOf } from './track-room.ts';

function checkTrack(
  track: Track,
  around: Omit<Surroundings, 'isSoundOnly'>,
  index: Index,
  path: ProblemPath,
  report: Report,
): void {
  let free = 0;
  for (const [at, clip] of track.clips.entries()) {
    const here = [...path, 'clips', at];
    if (clip.lengthFrames < 1) report([...here, 'lengthFrames'], 'A clip is at least one frame long.');
    if (clip.startFrame < free)
      report([...here, 'startFrame'], 'Two clips of one track overlap, or they are not in order.');
    if (endOf(clip) > maxFrame) report([...here, 'lengthFrames'], 'That would be longer than a day.');
    if (Math.max(clip.audio.fadeInFrames, clip.audio.fadeOutFrames) > maxFrame)
      report([...here, 'audio'], 'That fade would be longer than a day.');
    free = endOf(clip);
    const surroundings = { ...around, isSoundOnly: track.kind === 'audio' };
    checkContent(clip.content, surroundings, index, [...here, 'content'], report);
  }
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
