import { z } from 'zod';
import { clipIdSchema, linkIdSchema, markerIdSchema, sequenceIdSchema, trackIdSchema } from './ids.ts';
import { markerSchema } from './project.ts';
import { trackTransitionSchema } from './transition.ts';

const inSequence = { sequenceId: sequenceIdSchema };
const shift = { ...inSequence, clipId: clipIdSchema, deltaFrames: z.int() };

/** Edits of several clips' times at once, of links, transitions and markers. Times are frames of the sequence; positive = later. */
export const timingEditSchemas = [
  /** Moves the cut between a clip and the one that begins where it ends; nothing else moves. */
  z.object({ type: z.literal('clip.roll'), ...shift }),
  /** Shows a later (positive) or earlier part of the source between the same ends. */
  z.object({ type: z.literal('clip.slip'), ...shift }),
  /** Moves a clip; what touches it before and after gives or takes the room. */
  z.object({ type: z.literal('clip.slide'), ...shift }),
  /** Puts clips at other times of the tracks they are on, all at once: none is in another's way on the road. */
  z.object({
    type: z.literal('clip.shift'),
    ...inSequence,
    moves: z
      .array(z.object({ clipId: clipIdSchema, startFrame: z.int().nonnegative() }))
      .min(1)
      .max(5000),
  }),
  /** Gives clips one link, or takes their links away (null). */
  z.object({
    type: z.literal('clip.link'),
    ...inSequence,
    clipIds: z.array(clipIdSchema).min(1).max(1000),
    linkId: linkIdSchema.nullable(),
  }),
  /** Closes the gap of a track that a frame lies in. */
  z.object({ type: z.literal('gap.remove'), ...inSequence, trackId: trackIdSchema, atFrame: z.int().nonnegative() }),
  /** Closes all gaps of a track. */
  z.object({ type: z.literal('track.closeGaps'), ...inSequence, trackId: trackIdSchema }),
  /** Cuts a stretch out of all tracks that are not locked; `isRipple` closes it, otherwise it stays empty. */
  z.object({
    type: z.literal('range.remove'),
    ...inSequence,
    startFrame: z.int().nonnegative(),
    /** First frame that stays. */
    endFrame: z.int().positive(),
    isRipple: z.boolean().default(true),
    /** Ids for pieces that come into being; unused ones are ignored. */
    spareClipIds: z.array(clipIdSchema).max(50).default([]),
  }),
  /** Puts a transition at the cut between two clips that touch, or changes the one there. */
  z.object({ type: z.literal('transition.set'), ...inSequence, transition: trackTransitionSchema }),
  z.object({ type: z.literal('transition.remove'), ...inSequence, toClipId: clipIdSchema }),
  /** Adds a marker, or changes the one of this id. */
  z.object({ type: z.literal('marker.set'), ...inSequence, marker: markerSchema }),
  z.object({ type: z.literal('marker.remove'), ...inSequence, markerId: markerIdSchema }),
] as const;
