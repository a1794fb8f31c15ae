import { z } from 'zod';
import { one, rationalSchema } from '../units/index.ts';
import {
  animationSchema,
  clipAudioSchema,
  clipContentSchema,
  clipSchema,
  fieldKeySchema,
  fieldValueSchema,
  fieldValuesSchema,
  gainDbSchema,
  layoutPatchSchema,
  layoutSchema,
  panSchema,
  textStyleSchema,
} from './clip.ts';
import { duckingSchema } from './ducking.ts';
import {
  clipIdSchema,
  compositionIdSchema,
  markerIdSchema,
  optionIdSchema,
  pairingRuleIdSchema,
  projectIdSchema,
  seamIdSchema,
  sequenceIdSchema,
  slotIdSchema,
  trackIdSchema,
} from './ids.ts';
import { loudnessAimSchema } from './loudness-aim.ts';
import { soundRoles } from './placed.ts';
import { ratioSchema } from './ratio.ts';
import { trackTransitionSchema, transitionSchema } from './transition.ts';

const nameSchema = z.string().min(1).max(200);

/** A lane of clips that never overlap, sorted by start. Visual tracks are drawn in order: the first is at the back. */
export const trackSchema = z.object({
  id: trackIdSchema,
  kind: z.enum(['visual', 'audio']),
  name: z.string().max(200).default(''),
  /** No picture (visual) of this track. */
  isHidden: z.boolean().default(false),
  /** No sound of this track. */
  isMuted: z.boolean().default(false),
  /** While any track of the sequence is solo, only solo ones are heard; `isMuted` still holds. */
  isSolo: z.boolean().default(false),
  isLocked: z.boolean().default(false),
  /** Of all its sound, besides each clip's own. */
  gainDb: gainDbSchema.default(0),
  pan: panSchema.default(0),
  /** What its sound is; null = what the sequence is in its place, and at the top a voice. */
  role: z.enum(soundRoles).nullable().default(null),
  clips: z.array(clipSchema).default([]),
  /** At cuts of a visual track, one at most at each. */
  transitions: z.array(trackTransitionSchema).default([]),
});
export type Track = z.infer<typeof trackSchema>;

/** A replaceable place of a sequence: a word in text (`{{key}}`) or a picture. */
export const fieldSchema = z.object({
  key: fieldKeySchema,
  kind: z.enum(['text', 'media']),
  label: z.string().max(200).default(''),
  /** Used where an option says nothing; null = nothing. */
  default: fieldValueSchema.nullable().default(null),
});
export type Field = z.infer<typeof fieldSchema>;

/** Colours a marker may have. */
export const markerColours = ['green', 'red', 'orange', 'yellow', 'blue', 'purple'] as const;

/** A remark at a frame of a sequence. It is seen while editing only, and moves along when the main track ripples. */
export const markerSchema = z.object({
  id: markerIdSchema,
  frame: z.int().nonnegative(),
  colour: z.enum(markerColours).default('green'),
  note: z.string().max(1000).default(''),
});
export type Marker = z.infer<typeof markerSchema>;

/** Tracks of clips with a length. */
export const sequenceSchema = z.object({
  id: sequenceIdSchema,
  name: z.string().max(200).default(''),
  tracks: z.array(trackSchema).default([]),
  fields: z.array(fieldSchema).default([]),
  /** Fixed length in frames; null = to the end of its last clip. */
  lengthFrames: z.int().positive().nullable().default(null),
  /** In order of their frames. */
  markers: z.array(markerSchema).max(1000).default([]),
});
export type Sequence = z.infer<typeof sequenceSchema>;

/** What a timed option plays: a sequence with values for its fields, or nothing. */
export const optionContentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sequence'), sequenceId: sequenceIdSchema, values: fieldValuesSchema.default({}) }),
  z.object({ kind: z.literal('none') }),
]);
export type OptionContent = z.infer<typeof optionContentSchema>;

/** One alternative in a timed slot. */
export const optionSchema = z.object({ id: optionIdSchema, name: nameSchema, content: optionContentSchema });
export type Option = z.infer<typeof optionSchema>;

/** A slot that plays in its turn: Hook, Body, CTA, or the user's own. */
export const timedSlotSchema = z.object({
  id: slotIdSchema,
  name: nameSchema,
  role: z.enum(['hook', 'body', 'cta', 'custom']).default('custom'),
  options: z.array(optionSchema).default([]),
});
export type TimedSlot = z.infer<typeof timedSlotSchema>;

/**
 * A moment relative to the ad or to a timed slot of whichever variant is playing.
 * A slot whose option is `none` has its start and end at the same moment.
 */
export const anchorSchema = z.object({
  /** A timed slot's id, or "ad" for the whole. */
  to: z.union([z.literal('ad'), slotIdSchema]),
  edge: z.enum(['start', 'end']),
  offsetFrames: z.int().default(0),
});
export type Anchor = z.infer<typeof anchorSchema>;

/** A clip of a global slot, placed by anchors so that it fits variants of any length. */
export const anchoredClipSchema = z.object({
  id: clipIdSchema,
  name: z.string().max(200).default(''),
  start: anchorSchema,
  /** Null = it lasts `lengthFrames`. */
  end: anchorSchema.nullable().default(null),
  /** Length when there is no end anchor; null = to the end of its source (or of the ad). */
  lengthFrames: z.int().positive().nullable().default(null),
  /** Starts over when its source ends before its place does. */
  isLooping: z.boolean().default(false),
  content: clipContentSchema,
  layout: layoutSchema.prefault({}),
  overrides: z.partialRecord(ratioSchema, layoutPatchSchema).default({}),
  animation: animationSchema.default({}),
  audio: clipAudioSchema.prefault({}),
});
export type AnchoredClip = z.infer<typeof anchoredClipSchema>;

/** What a global option brings. */
export const globalContentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('clips'), clips: z.array(anchoredClipSchema) }),
  z.object({ kind: z.literal('caption-style'), style: textStyleSchema }),
  z.object({ kind: z.literal('cover'), at: anchorSchema }),
  z.object({
    kind: z.literal('post-copy'),
    primaryText: z.string().max(5000),
    headline: z.string().max(500),
    url: z.string().max(2000),
  }),
  z.object({ kind: z.literal('none') }),
]);
export type GlobalContent = z.infer<typeof globalContentSchema>;

/** One alternative in a global slot. */
export const globalOptionSchema = z.object({ id: optionIdSchema, name: nameSchema, content: globalContentSchema });
export type GlobalOption = z.infer<typeof globalOptionSchema>;

/** A slot that accompanies the whole ad. `music`, `voice-over` and `logo` hold clips; the rest hold what their name says. */
export const globalSlotSchema = z.object({
  id: slotIdSchema,
  name: nameSchema,
  kind: z.enum(['music', 'voice-over', 'logo', 'caption-style', 'cover', 'post-copy']),
  options: z.array(globalOptionSchema).default([]),
  /** Of all its sound, besides each clip's own. */
  gainDb: gainDbSchema.default(0),
  pan: panSchema.default(0),
});
export type GlobalSlot = z.infer<typeof globalSlotSchema>;

/** What happens between the options of two neighbouring timed slots; never changes length. */
export const seamSchema = z.object({
  id: seamIdSchema,
  /** The slot before the boundary. */
  afterSlotId: slotIdSchema,
  /** Only between these two options; null = every pair at this boundary. The pair's own seam wins. */
  pair: z.object({ from: optionIdSchema, to: optionIdSchema }).nullable().default(null),
  transition: z.discriminatedUnion('kind', [z.object({ kind: z.literal('cut') }), transitionSchema]),
  /** Sound of the earlier option runs on over the cut by this much (L), or of the later begins early (J, negative). */
  audioOverhangFrames: z.int().default(0),
});
export type Seam = z.infer<typeof seamSchema>;

/** Excludes combinations: `exclude` forbids all its options together; `require` allows the first only with one of the others. */
export const pairingRuleSchema = z.object({
  id: pairingRuleIdSchema,
  kind: z.enum(['exclude', 'require']),
  optionIds: z.array(optionIdSchema).min(2).max(50),
});
export type PairingRule = z.infer<typeof pairingRuleSchema>;

/** A library composition as this project pinned it. */
export const pinnedCompositionSchema = z.object({
  compositionId: compositionIdSchema,
  version: z.int().positive(),
  name: z.string().max(200).default(''),
  sequence: sequenceSchema,
});
export type PinnedComposition = z.infer<typeof pinnedCompositionSchema>;

/** One ad with all its alternatives. Immutable: edits make a new one. */
export const projectSchema = z.object({
  id: projectIdSchema,
  name: nameSchema,
  /** Frames per second of every sequence and export. */
  rate: rationalSchema
    .refine((r) => r.num / r.den >= 1 && r.num / r.den <= 120, 'a rate is 1 to 120 frames per second')
    .prefault({ num: 30, den: 1 }),
  slots: z.array(timedSlotSchema).max(50).default([]),
  globals: z.array(globalSlotSchema).max(50).default([]),
  sequences: z.array(sequenceSchema).default([]),
  seams: z.array(seamSchema).default([]),
  pairingRules: z.array(pairingRuleSchema).default([]),
  compositions: z.array(pinnedCompositionSchema).default([]),
  ducking: duckingSchema.prefault({}),
  loudnessLufs: loudnessAimSchema.default(null),
});
export type Project = z.infer<typeof projectSchema>;

/** The usual speed of footage. */
export const normalSpeed = one;
