import { add, type Frames, frameToSeconds, multiply, type Rate } from '../units/index.ts';
import type { Blend } from './blend.ts';
import type { Clip, ClipContent, FieldValues, TextStyle } from './clip.ts';
import type { SlotId } from './ids.ts';
import type { MovingLayout } from './layout-at.ts';
import { nestLayout, type Outer, type PlacedClip, type SoundCrossing, type Window } from './placed.ts';
import { mixOfClip, mixOfTrack } from './placed-mix.ts';
import type { Project, Track } from './project.ts';
import type { TrackCut } from './track-cuts.ts';

/** What placing works on. */
export interface Placing {
  project: Project;
  captionStyle: TextStyle | null;
  slotId: SlotId | null;
  out: PlacedClip[];
}

/** A clip on the ad's clock, before its content is known. */
export type Leaf = Pick<
  PlacedClip,
  | 'clipId'
  | 'instance'
  | 'startFrame'
  | 'lengthFrames'
  | 'audio'
  | 'mix'
  | 'hasPicture'
  | 'hasSound'
  | 'blends'
  | 'overrun'
  | keyof MovingLayout
> & {
  /** Of what lies around a clip's own frames: the clip's length, and where in it this begins (before 0 or behind its end). */
  part?: { elapsedFrames: Frames; wholeFrames: Frames };
};

/** The surroundings of a clip: what may be filled, with which values, inside of what, how deep. */
export interface Context {
  values: FieldValues;
  window: Window;
  /** Transitions that all of it takes part in. */
  blends?: readonly Blend[];
  /** It shows what lies before the first or behind the last frame of what is placed. */
  overrun?: PlacedClip['overrun'];
  /** Innermost first. */
  outers: readonly Outer[];
}

/** A clip of a track on the ad's clock, in what lies around its sequence. */
export function leafOf(
  clip: Clip,
  { track, isTrackHeard }: { track: Track; isTrackHeard: boolean },
  originFrame: Frames,
  instance: string,
  outer: Outer | undefined,
): Leaf {
  const startFrame = originFrame + clip.startFrame;
  const { layout, overrides, animation } = clip;
  const own = { layout, overrides, animation, originFrame: startFrame };
  return {
    clipId: clip.id,
    instance: `${instance}/${clip.id}`,
    startFrame,
    lengthFrames: clip.lengthFrames,
    ...(outer ? nestLayout(outer, own) : { ...own, movers: [] }),
    audio: { ...clip.audio, gainDb: clip.audio.gainDb + track.gainDb + (outer?.audio.gainDb ?? 0) },
    mix: mixOfClip(mixOfTrack(outer?.mix, track), clip.audio, startFrame),
    hasPicture: track.kind === 'visual' && !track.isHidden && (outer?.hasPicture ?? true),
    hasSound: isTrackHeard && !clip.audio.isMuted && (outer?.hasSound ?? true),
  };
}

/** Content that begins `frames` later (or earlier); other than in an edit, it may begin before there is anything. */
export function movedContent(content: ClipContent, frames: Frames, rate: Rate): ClipContent {
  switch (content.kind) {
    case 'media': {
      if (content.isFrozen) return content;
      const moved = multiply(frameToSeconds(frames, rate), content.speed);
      return { ...content, sourceInSeconds: add(content.sourceInSeconds, moved) };
    }
    case 'sequence':
    case 'composition':
      return { ...content, inFrame: content.inFrame + frames };
    default:
      return content;
  }
}

/** The sound of a cut whose transition crosses it over. */
export function crossingOf(
  { transition, startFrame, endFrame }: TrackCut,
  way: SoundCrossing['way'],
  origin: Frames,
): SoundCrossing[] {
  if (transition.sound === 'cut') return [];
  return [{ startFrame: origin + startFrame, endFrame: origin + endFrame, way }];
}
