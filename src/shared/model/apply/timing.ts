import type { Frames, Rate } from '../../units/index.ts';
import { animationFrom } from '../animation-edits.ts';
import type { Clip, ClipContent } from '../clip.ts';
import type { Project, Track } from '../project.ts';
import { audioFrom } from '../volume.ts';
import { type FoundClip, requireClip, unlocked, withClips } from './found-clip.ts';
import { type Appliers, type EditOf, refuse, updateSequence } from './support.ts';
import { advanceContent, endOf, sorted } from './track-room.ts';

/** The neighbours that touch a clip. */
function neighbours({ track, clip }: FoundClip): { before: Clip | undefined; after: Clip | undefined } {
  return {
    before: track.clips.find((other) => endOf(other) === clip.startFrame),
    after: track.clips.find((other) => other.startFrame === endOf(clip)),
  };
}

const nothingLeft = (clip: Clip): Clip =>
  clip.lengthFrames < 1 ? refuse('Nothing would be left of the clip beside it. Move the cut less far.') : clip;

/** A clip whose end moves. */
function withEnd(clip: Clip, deltaFrames: Frames): Clip {
  return nothingLeft({ ...clip, lengthFrames: clip.lengthFrames + deltaFrames });
}

/** A clip whose start moves over its content. */
function withStart(clip: Clip, deltaFrames: Frames, rate: Rate): Clip {
  return nothingLeft({
    ...clip,
    startFrame: clip.startFrame + deltaFrames,
    lengthFrames: clip.lengthFrames - deltaFrames,
    content: advanceContent(clip.content, deltaFrames, rate),
    animation: animationFrom(clip.animation, deltaFrames),
    audio: audioFrom(clip.audio, deltaFrames),
  });
}

function replaced(project: Project, found: FoundClip, changes: ReadonlyMap<Clip, Clip>): Project {
  return withClips(project, found, sorted(found.track.clips.map((clip) => changes.get(clip) ?? clip)));
}

function roll(project: Project, edit: EditOf<'clip.roll'>): Project {
  const found = requireClip(project, edit.sequenceId, edit.clipId);
  const { after } = neighbours(found);
  if (!after) return refuse('No clip begins where this one ends, so there is no cut to move. Trim it instead.');
  return replaced(
    project,
    found,
    new Map([
      [found.clip, withEnd(found.clip, edit.deltaFrames)],
      [after, withStart(after, edit.deltaFrames, project.rate)],
    ]),
  );
}

/** Content at another moment; a freeze frame is of another one then. */
function slipped(content: ClipContent, deltaFrames: Frames, rate: Rate): ClipContent {
  if (content.kind !== 'media' || !content.isFrozen) return advanceContent(content, deltaFrames, rate);
  const { isFrozen, ...running } = content;
  const moved = advanceContent(running, deltaFrames, rate);
  return moved.kind === 'media' ? { ...moved, isFrozen } : moved;
}

function slip(project: Project, edit: EditOf<'clip.slip'>): Project {
  const found = requireClip(project, edit.sequenceId, edit.clipId);
  const { kind } = found.clip.content;
  if (kind === 'text' || kind === 'colour') return refuse('Only footage, sound and sequences can be slipped.');
  const content = slipped(found.clip.content, edit.deltaFrames, project.rate);
  const animation = animationFrom(found.clip.animation, edit.deltaFrames);
  return replaced(project, found, new Map([[found.clip, { ...found.clip, content, animation }]]));
}

function slide(project: Project, edit: EditOf<'clip.slide'>): Project {
  const found = requireClip(project, edit.sequenceId, edit.clipId);
  const { clip, track } = found;
  const { before, after } = neighbours(found);
  const startFrame = clip.startFrame + edit.deltaFrames;
  if (startFrame < 0) refuse('A clip cannot begin before the first frame.');
  // All of the way counts: a short clip could jump over another.
  const from = Math.min(clip.startFrame, startFrame);
  const to = Math.max(clip.startFrame, startFrame) + clip.lengthFrames;
  const isInTheWay = (other: Clip) =>
    other !== clip && other !== before && other !== after && other.startFrame < to && from < endOf(other);
  if (track.clips.some(isInTheWay)) refuse('Another clip is in the way there. Slide it less far.');
  const changes = new Map<Clip, Clip>([[clip, { ...clip, startFrame }]]);
  if (before) changes.set(before, withEnd(before, edit.deltaFrames));
  if (after) changes.set(after, withStart(after, edit.deltaFrames, project.rate));
  return replaced(project, found, changes);
}

function shift(project: Project, edit: EditOf<'clip.shift'>): Project {
  const startOf = new Map(edit.moves.map(({ clipId, startFrame }) => [clipId, startFrame]));
  let found = 0;
  const moved = (track: Track): Track => {
    const own = track.clips.filter((clip) => startOf.has(clip.id)).length;
    if (own === 0) return track;
    found += own;
    const clips = unlocked(track).clips.map((clip) => {
      const startFrame = startOf.get(clip.id) ?? clip.startFrame;
      return startFrame === clip.startFrame ? clip : { ...clip, startFrame };
    });
    return { ...track, clips: withoutOverlap(sorted(clips)) };
  };
  const next = updateSequence(project, edit.sequenceId, (sequence) => ({
    ...sequence,
    tracks: sequence.tracks.map(moved),
  }));
  return found === startOf.size
    ? next
    : refuse('A clip to be moved is no longer there. Look at the project anew and try again.');
}

function withoutOverlap(clips: Clip[]): Clip[] {
  const isFree = clips.every((clip, at) => at === 0 || endOf(clips[at - 1] ?? clip) <= clip.startFrame);
  return isFree ? clips : refuse('Another clip is in the way there. Move it, or insert instead.');
}

/** Edits of where cuts and clips lie. */
export const timingAppliers: Appliers<'clip.roll' | 'clip.slip' | 'clip.slide' | 'clip.shift'> = {
  'clip.roll': roll,
  'clip.slip': slip,
  'clip.slide': slide,
  'clip.shift': shift,
};
