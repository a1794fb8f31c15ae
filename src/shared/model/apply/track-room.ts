import { add, compare, type Frames, frameToSeconds, multiply, type Rate, zero } from '../../units/index.ts';
import { animationFrom } from '../animation-edits.ts';
import type { Clip, ClipContent } from '../clip.ts';
import type { PlacementMode } from '../edit.ts';
import type { ClipId } from '../ids.ts';
import { shiftWords } from '../text/words.ts';
import { splitVolume } from '../volume.ts';
import { refuse } from './support.ts';

/** First frame after a clip. */
export function endOf(clip: Pick<Clip, 'startFrame' | 'lengthFrames'>): Frames {
  return clip.startFrame + clip.lengthFrames;
}

/** Clips in order of their start. */
export function sorted(clips: readonly Clip[]): Clip[] {
  return [...clips].sort((a, b) => a.startFrame - b.startFrame);
}

/** Clips from a frame on moved by `delta`. */
export function shiftFrom(clips: readonly Clip[], frame: Frames, delta: Frames): Clip[] {
  if (delta === 0) return [...clips];
  return clips.map((clip) => (clip.startFrame >= frame ? { ...clip, startFrame: clip.startFrame + delta } : clip));
}

/** True when two clips share a frame. */
export function overlap(a: Clip, b: Clip): boolean {
  return a.startFrame < endOf(b) && b.startFrame < endOf(a);
}

/** Content that begins `frames` later (or earlier), exactly; refuses to go before the source's beginning. */
export function advanceContent(content: ClipContent, frames: Frames, rate: Rate): ClipContent {
  if (frames === 0) return content;
  switch (content.kind) {
    case 'media': {
      if (content.isFrozen) return content;
      const sourceInSeconds = add(content.sourceInSeconds, multiply(frameToSeconds(frames, rate), content.speed));
      if (compare(sourceInSeconds, zero) < 0) refuse('There is no more footage before this point.');
      return { ...content, sourceInSeconds };
    }
    case 'sequence':
    case 'composition': {
      const inFrame = content.inFrame + frames;
      if (inFrame < 0) refuse('The sequence inside this clip begins here: there is nothing before it.');
      return { ...content, inFrame };
    }
    case 'text':
      return content.words.length === 0 ? content : { ...content, words: shiftWords(content.words, frames) };
    default:
      return content;
  }
}

/** Two clips in place of one: the second goes on exactly where the first ends, and fades stay at the outer ends. */
export function splitClip(clip: Clip, atFrame: Frames, newId: ClipId, rate: Rate): [Clip, Clip] {
  const lengthFrames = atFrame - clip.startFrame;
  if (lengthFrames <= 0 || lengthFrames >= clip.lengthFrames)
    refuse('A clip can only be split inside it, not at its ends.');
  const [headVolume, tailVolume] = splitVolume(clip.audio.volume, lengthFrames);
  return [
    { ...clip, lengthFrames, audio: { ...clip.audio, fadeOutFrames: 0, volume: headVolume } },
    {
      ...clip,
      id: newId,
      startFrame: atFrame,
      lengthFrames: clip.lengthFrames - lengthFrames,
      content: advanceContent(clip.content, lengthFrames, rate),
      animation: animationFrom(clip.animation, lengthFrames),
      audio: { ...clip.audio, fadeInFrames: 0, volume: tailVolume },
    },
  ];
}

/** What making room needs besides the clips. */
export interface Room {
  mode: PlacementMode;
  rate: Rate;
  /** Gives ids for pieces that come into being, one at a time. */
  nextId: () => ClipId;
}

function insertClip(clips: readonly Clip[], clip: Clip, room: Room): Clip[] {
  const at = clip.startFrame;
  const parted = clips.flatMap((other) =>
    other.startFrame < at && at < endOf(other) ? splitClip(other, at, room.nextId(), room.rate) : [other],
  );
  return [...shiftFrom(parted, at, clip.lengthFrames), clip];
}

/** What is left of a clip outside of [start, end). */
export function cutAway(clip: Clip, startFrame: Frames, endFrame: Frames, room: Room): Clip[] {
  if (clip.startFrame >= endFrame || endOf(clip) <= startFrame) return [clip];
  const isHeadLeft = clip.startFrame < startFrame;
  const isTailLeft = endOf(clip) > endFrame;
  const head = isHeadLeft ? [splitClip(clip, startFrame, clip.id, room.rate)[0]] : [];
  // The tail is a clip of its own only when the head keeps the id.
  const tail = isTailLeft ? [splitClip(clip, endFrame, isHeadLeft ? room.nextId() : clip.id, room.rate)[1]] : [];
  return [...head, ...tail];
}

/** Clips of a track with one more, room made for it as the mode says; sorted, without overlap. */
export function putClip(clips: readonly Clip[], clip: Clip, room: Room): Clip[] {
  switch (room.mode) {
    case 'insert':
      return sorted(insertClip(clips, clip, room));
    case 'overwrite':
      return sorted([...clips.flatMap((other) => cutAway(other, clip.startFrame, endOf(clip), room)), clip]);
    default:
      if (clips.some((other) => overlap(other, clip)))
        refuse('Another clip is in the way there. Move it, or insert instead.');
      return sorted([...clips, clip]);
  }
}
