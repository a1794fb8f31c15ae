import { add, type Frames, frameToSeconds, multiply, type Rate, type Rational } from '../units/index.ts';
import type { Blend } from './blend.ts';
import type { ClipAudio, LayoutPatch, VolumePoint } from './clip.ts';
import type { AssetId, ClipId, OptionId, SlotId, TrackId } from './ids.ts';
import { composeLayout, type Mover, type MovingLayout } from './layout-at.ts';
import { type Ratio, ratios } from './ratio.ts';
import type { TimedText } from './text/moment.ts';

/** Which part of the ad an option plays. */
export interface Section {
  slotId: SlotId;
  optionId: OptionId;
  startFrame: Frames;
  lengthFrames: Frames;
  /** Frames of the transition from the section before; none at a cut. */
  entrance?: Window;
}

/** What a placed clip shows: fields filled in, sequences unfolded. */
export type PlacedContent =
  | { kind: 'media'; assetId: AssetId; sourceInSeconds: Rational; speed: Rational; isFrozen?: true }
  | ({ kind: 'text' } & TimedText)
  | { kind: 'colour'; colour: string };

/** What a sound is to the others: music gives way to voices where the project says so. */
export const soundRoles = ['voice', 'music', 'effects'] as const;
export type SoundRole = (typeof soundRoles)[number];

/** How a clip's sound goes into the mix, besides its gain and fades: its own and of all that lies around it. */
export interface PlacedMix {
  /** Linear factors of the sides. */
  left: number;
  right: number;
  /** Volume curves that act together; here a point's `frame` is the ad's. */
  volume: VolumePoint[][];
  role: SoundRole;
  /** Its place in the mixer: the outermost track, or the global slot; null for what is in neither. */
  bus: TrackId | SlotId | null;
}

/** Frames of the ad over which a sound comes in, or goes, with equal power: the other side of a transition does the opposite. */
export interface SoundCrossing extends Window {
  way: 'in' | 'out';
}

/** A clip in its final place in one variant. `startFrame` may lie before a nested window's cut: it is already clipped to it. */
export interface PlacedClip extends MovingLayout {
  clipId: ClipId;
  /** Distinguishes copies of one clip (nested, looped) within a variant. */
  instance: string;
  /** Section it belongs to; null for global slots. */
  slotId: SlotId | null;
  startFrame: Frames;
  lengthFrames: Frames;
  content: PlacedContent;
  audio: ClipAudio;
  /**
   * Frames between the clip's start (end) as placed and the start (end) its fade is measured from: cut off by a window
   * around it, or played before (after) it in the nested sequence or loop that fades as a whole.
   */
  cutStartFrames: Frames;
  cutEndFrames: Frames;
  mix: PlacedMix;
  hasPicture: boolean;
  hasSound: boolean;
  /** Transitions it takes part in. */
  blends?: readonly Blend[];
  /**
   * It is no clip of its own but what one shows beyond its start (end) for a transition, or a dip's colour: picture only.
   * Where the source has nothing more, its first (last) frame stands.
   */
  overrun?: 'before' | 'after' | undefined;
  /** Transitions over which its sound crosses with another one's. */
  crossings?: readonly SoundCrossing[];
}

/** Frames on the ad's clock that may be filled. */
export interface Window {
  startFrame: Frames;
  endFrame: Frames;
}

/** Content whose first frames are not seen. */
function advanced(content: PlacedContent, frames: Frames, rate: Rate): PlacedContent {
  if (frames === 0 || content.kind === 'colour') return content;
  if (content.kind === 'text') return { ...content, elapsedFrames: content.elapsedFrames + frames };
  if (content.isFrozen) return content;
  const { sourceInSeconds, speed } = content;
  return { ...content, sourceInSeconds: add(sourceInSeconds, multiply(frameToSeconds(frames, rate), speed)) };
}

/** Moves a placed clip's ends inside a window, advancing its source accordingly; null when nothing is left. */
export function clipToWindow(clip: PlacedClip, window: Window, rate: Rate): PlacedClip | null {
  const cutStart = Math.max(0, window.startFrame - clip.startFrame);
  const cutEnd = Math.max(0, clip.startFrame + clip.lengthFrames - window.endFrame);
  const lengthFrames = clip.lengthFrames - cutStart - cutEnd;
  if (lengthFrames <= 0) return null;
  return {
    ...clip,
    content: advanced(clip.content, cutStart, rate),
    startFrame: clip.startFrame + cutStart,
    lengthFrames,
    cutStartFrames: clip.cutStartFrames + cutStart,
    cutEndFrames: clip.cutEndFrames + cutEnd,
  };
}

/** What lies around a clip and acts on it: a nested sequence's clip, or the place of a looped one. */
export interface Outer extends MovingLayout {
  startFrame: Frames;
  lengthFrames: Frames;
  audio: ClipAudio;
  mix: PlacedMix;
  hasPicture: boolean;
  hasSound: boolean;
}

const isPlain = (layout: LayoutPatch): boolean =>
  (layout.x ?? 0) === 0 &&
  (layout.y ?? 0) === 0 &&
  (layout.scale ?? 1) === 1 &&
  (layout.rotationDeg ?? 0) === 0 &&
  (layout.opacity ?? 1) === 1;

const isStill = ({ animation, layout, overrides }: Mover): boolean =>
  Object.keys(animation).length === 0 &&
  [layout, ...Object.values(overrides)].every((one) => (one.rotationDeg ?? 0) === 0);

/**
 * The layout of a clip inside another one: the outer one moves, scales and fades the whole inner frame about its centre.
 * Plain colours and blurred backdrops stay full-frame. What moves or lies turned is kept apart and acts frame by frame.
 */
export function nestLayout(outer: MovingLayout, inner: Mover): MovingLayout {
  const { layout, overrides, animation, originFrame } = inner;
  const isOuterStill = isStill(outer);
  if (isOuterStill && isPlain(outer.layout) && Object.values(outer.overrides).every(isPlain))
    return { layout, overrides, animation, originFrame, movers: outer.movers };
  if (!isOuterStill || !isStill(inner) || outer.movers.length > 0)
    return { layout, overrides, animation, originFrame, movers: [moverOf(outer), ...outer.movers] };
  const composed: Partial<Record<Ratio, LayoutPatch>> = {};
  for (const ratio of ratios) {
    if (!outer.overrides[ratio] && !overrides[ratio]) continue;
    composed[ratio] = composeLayout(
      { ...outer.layout, ...outer.overrides[ratio] },
      { ...layout, ...overrides[ratio] },
      ratio,
    );
  }
  // No turn, so the ratio makes no difference.
  const common = composeLayout(outer.layout, layout, '1:1');
  return { layout: common, overrides: composed, animation, originFrame, movers: [] };
}

function moverOf({ layout, overrides, animation, originFrame }: Mover): Mover {
  return { layout, overrides, animation, originFrame };
}

/**
 * Lets the fades of what lies around a clip act on it. A clip that fades at the same end itself keeps its own fade
 * there: one end has one ramp.
 */
export function nestFades(outer: Outer, placed: PlacedClip): PlacedClip {
  const { fadeInFrames, fadeOutFrames } = outer.audio;
  const takesIn = fadeInFrames > 0 && placed.audio.fadeInFrames === 0;
  const takesOut = fadeOutFrames > 0 && placed.audio.fadeOutFrames === 0;
  if (!takesIn && !takesOut) return placed;
  const placedEnd = placed.startFrame + placed.lengthFrames;
  return {
    ...placed,
    audio: {
      ...placed.audio,
      fadeInFrames: takesIn ? fadeInFrames : placed.audio.fadeInFrames,
      fadeOutFrames: takesOut ? fadeOutFrames : placed.audio.fadeOutFrames,
      fadeInShape: takesIn ? outer.audio.fadeInShape : placed.audio.fadeInShape,
      fadeOutShape: takesOut ? outer.audio.fadeOutShape : placed.audio.fadeOutShape,
    },
    cutStartFrames: takesIn ? placed.startFrame - outer.startFrame : placed.cutStartFrames,
    cutEndFrames: takesOut ? outer.startFrame + outer.lengthFrames - placedEnd : placed.cutEndFrames,
  };
}
