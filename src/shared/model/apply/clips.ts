import { divide, multiply, type Rational, round, toNumber } from '../../units/index.ts';
import { animationFrom, animationStretched } from '../animation-edits.ts';
import type { Clip } from '../clip.ts';
import type { ClipId, SequenceId } from '../ids.ts';
import type { Project, Sequence } from '../project.ts';
import { audioFrom, audioStretched } from '../volume.ts';
import { animate, setClip, setOverride } from './clip-properties.ts';
import { type FoundClip, idSource, requireClip, unlocked, withClips } from './found-clip.ts';
import { linkClips } from './links.ts';
import { rippleMarkers, type Shift } from './markers.ts';
import { type Appliers, type EditOf, insertAt, refuse, trackIndex, updateSequence, updateTrack } from './support.ts';
import { advanceContent, endOf, overlap, putClip, shiftFrom, sorted, splitClip } from './track-room.ts';

function addClip(project: Project, edit: EditOf<'clip.add'>): Project {
  const { clip, mode, spareClipIds, sequenceId, trackId } = edit;
  const nextId = idSource(project, spareClipIds, clip.id);
  return updateSequence(project, sequenceId, (sequence) => {
    const next = updateTrack(sequence, trackId, (track) => ({
      ...track,
      clips: putClip(unlocked(track).clips, clip, { mode, rate: project.rate, nextId }),
    }));
    return mode === 'insert' ? rippleMarkers(next, trackId, [insertionOf(clip)]) : next;
  });
}

/** What inserting a clip pushes on. */
function insertionOf(clip: Clip): Shift {
  return { fromFrame: clip.startFrame, deltaFrames: clip.lengthFrames };
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
  return updateSequence(project, edit.sequenceId, (sequence) => {
    const next: Sequence = {
      ...sequence,
      tracks: sequence.tracks.map((track) =>
        track.clips.some((clip) => gone.has(clip.id)) ? { ...track, clips: close(track.clips) } : track,
      ),
    };
    if (!edit.isRipple || sequence.markers.length === 0) return next;
    return sequence.tracks.reduce((all, { id, clips }) => {
      const removed = clips.filter((clip) => gone.has(clip.id));
      return rippleMarkers(
        all,
        id,
        removed.map((clip) => ({ fromFrame: endOf(clip), deltaFrames: -clip.lengthFrames })),
      );
    }, next);
  });
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
  return updateSequence(rest, edit.sequenceId, (sequence) => {
    const next = updateTrack(sequence, edit.trackId, (track) => ({
      ...track,
      clips: putClip(track.clips, clip, { mode: edit.mode, rate: project.rate, nextId }),
    }));
    return edit.mode === 'insert' ? rippleMarkers(next, edit.trackId, [insertionOf(clip)]) : next;
  });
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

/** Puts a changed clip back; what follows moves by the change of its end (`from` = where markers begin to), or it must fit as it is. */
function refit(project: Project, found: FoundClip, clip: Clip, isRipple: boolean, from = endOf(found.clip)): Project {
  const others = found.track.clips.filter((other) => other !== found.clip);
  const shift: Shift = { fromFrame: from, deltaFrames: endOf(clip) - endOf(found.clip) };
  const moved = isRipple ? shiftFrom(others, endOf(found.clip), shift.deltaFrames) : others;
  if (moved.some((other) => overlap(other, clip))) refuse('The next clip is in the way. Move it, or trim with ripple.');
  const next = withClips(project, found, sorted([...moved, clip]));
  if (!isRipple) return next;
  return updateSequence(next, found.sequence.id, (sequence) => rippleMarkers(sequence, found.track.id, [shift]));
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
  // A remark at the first frame stays there when footage comes in before it.
  const from = clip.startFrame + Math.max(1, delta);
  const audio = audioFrom(clip.audio, delta);
  const animation = animationFrom(clip.animation, delta);
  return refit(project, found, { ...clip, startFrame, lengthFrames, content, animation, audio }, edit.isRipple, from);
}

function splitAt(project: Project, edit: EditOf<'clip.split'>): Project {
  const found = requireClip(project, edit.sequenceId, edit.clipId);
  const [head, tail] = splitClip(found.clip, edit.atFrame, edit.newClipId, project.rate);
  const parts = [head, { ...tail, linkId: tail.linkId === null ? null : edit.newLinkId }];
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
  if (content.isFrozen) refuse('A freeze frame stands still: it has no speed.');
  if (!isPossibleSpeed(edit.speed)) refuse('A speed lies between 0.05 and 100 times.');
  const factor = divide(content.speed, edit.speed);
  const clip = {
    ...found.clip,
    lengthFrames: Math.max(1, round(multiply({ num: found.clip.lengthFrames, den: 1 }, factor))),
    content: { ...content, speed: edit.speed },
    animation: animationStretched(found.clip.animation, factor),
    audio: audioStretched(found.clip.audio, factor),
  };
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
  | 'clip.animate'
  | 'clip.link'
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
  'clip.animate': (project, edit) =>
    changeClip(project, edit.sequenceId, edit.clipId, (clip) => animate(clip, edit.changes)),
  'clip.link': linkClips,
};
