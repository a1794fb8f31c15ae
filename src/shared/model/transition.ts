import { z } from 'zod';
import type { Frames } from '../units/index.ts';
import { curveSchema } from './animation.ts';
import { colourSchema } from './clip.ts';
import { clipIdSchema } from './ids.ts';

/** How one picture gives way to the next. */
export const transitionKinds = ['crossfade', 'dip', 'slide', 'push', 'wipe', 'zoom'] as const;
export type TransitionKind = (typeof transitionKinds)[number];

/** Where a transition lies: half before and half after the cut, all before it, or all after it. */
export const transitionAlignments = ['centre', 'end', 'start'] as const;
export type TransitionAlignment = (typeof transitionAlignments)[number];

/** The way a picture that slides, pushes, or the edge of a wipe goes. */
export const transitionDirections = ['left', 'right', 'up', 'down'] as const;
export type TransitionDirection = (typeof transitionDirections)[number];

/** What sound does meanwhile: it changes at the cut, or crosses over with equal power for the transition's length. */
export const transitionSounds = ['cut', 'crossfade'] as const;
export type TransitionSound = (typeof transitionSounds)[number];

/**
 * A transition. It changes no length: the clips on both sides go on beyond their ends for its time (their handles), and
 * where the source has nothing there, its first or last frame stands.
 */
export const transitionSchema = z.object({
  kind: z.enum(transitionKinds),
  /** Frames wanted; where the clips are shorter, fewer are shown. */
  lengthFrames: z.int().positive(),
  /** `end` ends at the cut, `start` starts there. */
  alignment: z.enum(transitionAlignments).default('centre'),
  direction: z.enum(transitionDirections).default('left'),
  /** What a dip goes through. */
  colour: colourSchema.default('#000000'),
  /** How its progress follows time. */
  curve: curveSchema.default('linear'),
  sound: z.enum(transitionSounds).default('cut'),
});
export type Transition = z.infer<typeof transitionSchema>;

/** A transition at the cut between two clips of a track that touch. */
export const trackTransitionSchema = transitionSchema.extend({ fromClipId: clipIdSchema, toClipId: clipIdSchema });
export type TrackTransition = z.infer<typeof trackTransitionSchema>;

/** A stretch of frames. */
export interface TransitionSpan {
  startFrame: Frames;
  endFrame: Frames;
}

/** Where a transition at a cut plays, reaching at most so many frames before and after it; null when nothing is left of it. */
export function transitionSpan(
  { alignment, lengthFrames }: Pick<Transition, 'alignment' | 'lengthFrames'>,
  cutFrame: Frames,
  mostBefore: Frames,
  mostAfter: Frames,
): TransitionSpan | null {
  const wanted = { centre: Math.floor(lengthFrames / 2), end: lengthFrames, start: 0 }[alignment];
  const before = Math.min(wanted, mostBefore);
  const after = Math.min(lengthFrames - wanted, mostAfter);
  return before + after < 1 ? null : { startFrame: cutFrame - before, endFrame: cutFrame + after };
}
