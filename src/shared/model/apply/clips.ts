import { divide, multiply, type Rational, round, toNumber } from '../../units/index.ts';
import type { Clip } from '../clip.ts';
import type { ClipId, SequenceId } from '../ids.ts';
import type { Project, Sequence, Track } from '../project.ts';
import { setClip, setOverride } from './clip-properties.ts';
import {
  type Appliers,
  clipIds,
  deriveId,
  type EditOf,
  insertAt,
  refuse,
  requireSequence,
  trackIndex,
  updateSequence,
  updateTrack,
} from './support.ts';
import { advanceContent, endOf, overlap, putClip, type Room, shiftFrom, sorted, splitClip } from './track-room.ts';

interface FoundClip {
  sequence: Sequence;
  track: Track;
  clip: Clip;
}

function unlocked(track: Track): Track {
  return track.isLocked ? refuse('That track is locked. Unlock it first.', { trackId: track.id }) : track;
}

function requireClip(project: Project, sequenceId: SequenceId, clipId: ClipId): FoundClip {
  const sequence = requireSequence(project, sequenceId);
  for (const track of sequence.tracks) {
    const clip = track.clips.find((candidate) => candidate.id === clipId);
    if (clip) return { sequence, track: unlocked(track), clip };
  }
  return refuse('That clip is no longer there. Look at the project anew and try again.', { clipId });
}

function withClips(project: Project, found: FoundClip, clips: Clip[]): Project {
  return updateSequence(project, found.sequence.id, (sequence) =>
    updateTrack(sequence, found.track.id, (track) => ({ ...track, clips })),
  );
}

/** Ids for pieces: the edit's own as long as they are new, then derived ones. */
function idSource(project: Project, spare: readonly ClipId[], seed: ClipId): Room['nextId'] {
  const taken = clipIds(project).add(seed);
  const unused = spare.filter((id) => !taken.has(id));
  return () => {
    const id = unused.shift();
    if (id === undefined || taken.has(id)) return deriveId(seed, taken);
    taken.add(id);
    return id;
  };
}

function addClip(project: Project, edit: EditOf<'clip.add'>): Project {
  const { clip, mode, spareClipIds, sequenceId, trackId } = edit;
  const nextId = idSource(project, spareClipIds, clip.id);
  return updateSequence(project, sequenceId, (sequence) =>
    updateTrack(sequence, trackId, (track) => ({
      ...track,
      clips: putClip(unlocked(track).clips, clip, { mode, rate: project.rate, nextId }),
    })),
  );
}

function removeClips(project: Project, edit: EditOf<'clip.remove'>): Project {
  const gone = new Set<string>(edit.clipIds);
  for (const id of gone) requireClip(project, edit.sequenceId, id as ClipId);
  const close = (clips: readonly Clip[]): Clip[] => {
    let shift = 0;
    return clips.flatMap((clip) => {
      if (gone.has(clip.id)) {
        shift += edit.isRipple ? clip.lengthFrames : 0;
        return [];
      }
      return shift === 0 ? [clip] : [{ ...clip, startFrame: clip.startFrame - shift }];
    });
  };
  return updateSequence(project, edit.sequenceId, (sequence) => ({
    ...sequence,
    tracks: sequence.tracks.map((track) =>
      track.clips.some((clip) => gone.has(clip.id)) ? { ...track, clips: close(track.clips) } : track,
    ),
  }));
}

function moveClip(project: Project, edit: EditOf<'clip.move'>): Project {
  const found = requireClip(project, edit.sequenceId, edit.clipId);
  const target = found.sequence.tracks[trackIndex(found.sequence, edit.trackId)];
  if (target) unlocked(target);
  const rest = withClips(
    project,
    found,
    found.track.clips.filter((clip) => clip !== found.clip),
  );
  const clip = { ...found.clip, startFrame: edit.startFrame };
  const nextId = idSource(project, edit.spareClipIds, clip.id);
  return updateSequence(rest, edit.sequenceId, (sequence) =>
    updateTrack(sequence, edit.trackId, (track) => ({
      ...track,
      clips: putClip(track.clips, clip, { mode: edit.mode, rate: project.rate, nextId }),
    })),
  );
}

function reorderClip(project: Project, edit: EditOf<'clip.reorder'>): Project {
  const found = requireClip(project, edit.sequenceId, edit.clipId);
  const others = found.track.clips.filter((clip) => clip !== found.clip);
  const order = insertAt(others, found.clip, edit.index);
  const first = Math.min(found.track.clips.indexOf(found.clip), order.indexOf(found.clip));
  let cursor = 0;
  const clips = order.map((clip, at) => {
    const placed = at < first || clip.startFrame === cursor ? clip : { ...clip, startFrame: cursor };
    cursor = endOf(placed);
    return placed;
  });
  return withClips(project, found, clips);
}

/** Puts a changed clip back; what follows moves by the change of its end, or it must fit as it is. */
function refit(project: Project, found: FoundClip, clip: Clip, isRipple: boolean): Project {
  const others = found.track.clips.filter((other) => other !== found.clip);
  const moved = isRipple ? shiftFrom(others, endOf(found.clip), endOf(clip) - endOf(found.clip)) : others;
  if (moved.some((other) => overlap(other, clip))) refuse('The next clip is in the way. Move it, or trim with ripple.');
  return withClips(project, found, sorted([...moved, clip]));
}

function trimClip(project: Project, edit: EditOf<'clip.trim'>): Project {
  const found = requireClip(project, edit.sequenceId, edit.clipId);
  const { clip } = found;
  const delta = edit.deltaFrames;
  const lengthFrames = clip.lengthFrames + (edit.edge === 'end' ? delta : -delta);
  if (lengthFrames < 1) refuse('Nothing would be left of the clip. Remove it instead.');
  if (edit.edge === 'end') return refit(project, found, { ...clip, lengthFrames }, edit.isRipple);
  const startFrame = edit.isRipple ? clip.startFrame : clip.startFrame + delta;
  if (startFrame < 0) refuse('A clip cannot begin before the first frame.');
  const content = advanceContent(clip.content, delta, project.rate);
  return refit(project, found, { ...clip, startFrame, lengthFrames, content }, edit.isRipple);
}

function splitAt(project: Project, edit: EditOf<'clip.split'>): Project {
  const found = requireClip(project, edit.sequenceId, edit.clipId);
  const parts = splitClip(found.clip, edit.atFrame, edit.newClipId, project.rate);
  return withClips(
    project,
    found,
    found.track.clips.flatMap((clip) => (clip === found.clip ? parts : [clip])),
  );
}

/** True for a speed that footage can have. */
export function isPossibleSpeed(speed: Rational): boolean {
  return speed.num > 0 && toNumber(speed) >= 0.05 && toNumber(speed) <= 100;
}

function setSpeed(project: Project, edit: EditOf<'clip.setSpeed'>): Project {
  const found = requireClip(project, edit.sequenceId, edit.clipId);
  const { content } = found.clip;
  if (content.kind !== 'media') return refuse('Only footage and sound have a speed.');
  if (!isPossibleSpeed(edit.speed)) refuse('A speed lies between 0.05 and 100 times.');
  const frames = round(multiply({ num: found.clip.lengthFrames, den: 1 }, divide(content.speed, edit.speed)));
  const clip = { ...found.clip, lengthFrames: Math.max(1, frames), content: { ...content, speed: edit.speed } };
  return refit(project, found, clip, edit.isRipple);
}

function changeClip(project: Project, sequenceId: SequenceId, clipId: ClipId, change: (clip: Clip) => Clip): Project {
  const found = requireClip(project, sequenceId, clipId);
  const clips = found.track.clips.map((clip) => (clip === found.clip ? change(clip) : clip));
  return withClips(project, found, clips);
}

/** Edits of the clips of a sequence. None of them touches a locked track. */
export const clipAppliers: Appliers<
  | 'clip.add'
  | 'clip.remove'
  | 'clip.move'
  | 'clip.reorder'
  | 'clip.trim'
  | 'clip.split'
  | 'clip.set'
  | 'clip.setSpeed'
  | 'clip.setOverride'
> = {
  'clip.add': addClip,
  'clip.remove': removeClips,
  'clip.move': moveClip,
  'clip.reorder': reorderClip,
  'clip.trim': trimClip,
  'clip.split': splitAt,
  'clip.set': (project, edit) => changeClip(project, edit.sequenceId, edit.clipId, (clip) => setClip(clip, edit.patch)),
  'clip.setSpeed': setSpeed,
  'clip.setOverride': (project, edit) =>
    changeClip(project, edit.sequenceId, edit.clipId, (clip) => setOverride(clip, edit.ratio, edit.patch)),
};
