import { z } from 'zod';
import { rationalSchema } from '../units/index.ts';
import {
  animationPatchSchema,
  clipAudioPatchSchema,
  clipContentSchema,
  clipSchema,
  fieldKeySchema,
  fieldValueSchema,
  gainDbSchema,
  layoutPatchSchema,
  panSchema,
  textStylePatchSchema,
} from './clip.ts';
import { duckingPatchSchema } from './ducking.ts';
import {
  clipIdSchema,
  linkIdSchema,
  optionIdSchema,
  pairingRuleIdSchema,
  seamIdSchema,
  sequenceIdSchema,
  slotIdSchema,
  trackIdSchema,
} from './ids.ts';
import { loudnessAimSchema } from './loudness-aim.ts';
import { soundRoles } from './placed.ts';
import {
  fieldSchema,
  globalContentSchema,
  globalOptionSchema,
  globalSlotSchema,
  optionContentSchema,
  optionSchema,
  pairingRuleSchema,
  pinnedCompositionSchema,
  projectSchema,
  seamSchema,
  sequenceSchema,
  timedSlotSchema,
  trackSchema,
} from './project.ts';
import { ratioSchema } from './ratio.ts';
import { timedWordsSchema } from './text/extras.ts';
import { timingEditSchemas } from './timing-edits.ts';

const name = z.string().min(1).max(200);
const index = z.int().nonnegative();
/**
 * How a clip makes room on its track: `place` refuses to overlap, `insert` pushes what follows to the right
 * (splitting a clip it lands in), `overwrite` cuts away what it covers.
 */
export const placementModeSchema = z.enum(['place', 'insert', 'overwrite']);
export type PlacementMode = z.infer<typeof placementModeSchema>;

const inSequence = { sequenceId: sequenceIdSchema };
/** Ids for pieces that come into being when a clip has to be split; unused ones are ignored. */
const spareIds = { spareClipIds: z.array(clipIdSchema).max(50).default([]) };

/** Changes of one clip that keep its place. Only what is given changes. */
export const clipPatchSchema = z.object({
  name: z.string().max(200).optional(),
  layout: layoutPatchSchema.optional(),
  audio: clipAudioPatchSchema.optional(),
  /** Text clips. */
  text: z.string().max(5000).optional(),
  style: textStylePatchSchema.optional(),
  /** When each word is said, in frames from the clip's first; [] = spread over the clip. */
  words: timedWordsSchema.optional(),
  /** Media clips: another moment of the source, same length ("slip"). */
  sourceInSeconds: rationalSchema.optional(),
  /** Replaces the content whole, keeping place and length. */
  content: clipContentSchema.optional(),
});
export type ClipPatch = z.infer<typeof clipPatchSchema>;
export type { AnimationPatch } from './clip.ts';

/**
 * One small change of a project: serialisable, self-contained (new ids are inside it), applied by the pure `applyEdit`.
 * Edits are the unit of undo and of the journal; `batch` makes several one.
 */
export const simpleEditSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('project.rename'), name }),
  /** Everything at once, as another text of its project file says; the project keeps its id. */
  z.object({ type: z.literal('project.replace'), project: projectSchema }),
  z.object({ type: z.literal('project.setRate'), rate: rationalSchema }),
  z.object({ type: z.literal('project.setDucking'), patch: duckingPatchSchema }),
  z.object({ type: z.literal('project.setLoudness'), loudnessLufs: loudnessAimSchema }),
  // timed slots and options
  z.object({ type: z.literal('slot.add'), slot: timedSlotSchema, index: index.optional() }),
  z.object({ type: z.literal('slot.remove'), slotId: slotIdSchema }),
  z.object({ type: z.literal('slot.rename'), slotId: slotIdSchema, name }),
  z.object({ type: z.literal('slot.move'), slotId: slotIdSchema, index }),
  z.object({ type: z.literal('option.add'), slotId: slotIdSchema, option: optionSchema, index: index.optional() }),
  z.object({ type: z.literal('option.remove'), optionId: optionIdSchema }),
  z.object({ type: z.literal('option.rename'), optionId: optionIdSchema, name }),
  z.object({ type: z.literal('option.move'), optionId: optionIdSchema, slotId: slotIdSchema, index }),
  /** A copy that shares the sequence: change its field values to make it differ. */
  z.object({
    type: z.literal('option.duplicate'),
    optionId: optionIdSchema,
    newOptionId: optionIdSchema,
    name: name.optional(),
  }),
  /** Gives a timed option its own copy of the sequence it shares. */
  z.object({ type: z.literal('option.detach'), optionId: optionIdSchema, newSequenceId: sequenceIdSchema }),
  z.object({ type: z.literal('option.setContent'), optionId: optionIdSchema, content: optionContentSchema }),
  /** null takes the value away, so that the field's default holds again. */
  z.object({
    type: z.literal('option.setValue'),
    optionId: optionIdSchema,
    key: fieldKeySchema,
    value: fieldValueSchema.nullable(),
  }),
  // global slots
  z.object({ type: z.literal('global.add'), slot: globalSlotSchema, index: index.optional() }),
  z.object({ type: z.literal('global.remove'), slotId: slotIdSchema }),
  z.object({ type: z.literal('global.rename'), slotId: slotIdSchema, name }),
  z.object({
    type: z.literal('global.setMix'),
    slotId: slotIdSchema,
    patch: z.object({ gainDb: gainDbSchema.optional(), pan: panSchema.optional() }),
  }),
  z.object({
    type: z.literal('global.addOption'),
    slotId: slotIdSchema,
    option: globalOptionSchema,
    index: index.optional(),
  }),
  z.object({ type: z.literal('global.setContent'), optionId: optionIdSchema, content: globalContentSchema }),
  // sequences
  z.object({ type: z.literal('sequence.add'), sequence: sequenceSchema }),
  /** Refused while an option or clip uses it. */
  z.object({ type: z.literal('sequence.remove'), ...inSequence }),
  z.object({ type: z.literal('sequence.rename'), ...inSequence, name: z.string().max(200) }),
  z.object({ type: z.literal('sequence.setLength'), ...inSequence, lengthFrames: z.int().positive().nullable() }),
  z.object({ type: z.literal('track.add'), ...inSequence, track: trackSchema, index: index.optional() }),
  z.object({ type: z.literal('track.remove'), ...inSequence, trackId: trackIdSchema }),
  z.object({ type: z.literal('track.move'), ...inSequence, trackId: trackIdSchema, index }),
  z.object({
    type: z.literal('track.set'),
    ...inSequence,
    trackId: trackIdSchema,
    patch: z.object({
      name: z.string().max(200).optional(),
      isHidden: z.boolean().optional(),
      isMuted: z.boolean().optional(),
      isSolo: z.boolean().optional(),
      isLocked: z.boolean().optional(),
      gainDb: gainDbSchema.optional(),
      pan: panSchema.optional(),
      role: z.enum(soundRoles).nullable().optional(),
    }),
  }),
  z.object({ type: z.literal('field.set'), ...inSequence, field: fieldSchema }),
  z.object({ type: z.literal('field.remove'), ...inSequence, key: fieldKeySchema }),
  // clips of a sequence
  z.object({
    type: z.literal('clip.add'),
    ...inSequence,
    trackId: trackIdSchema,
    clip: clipSchema,
    mode: placementModeSchema.default('place'),
    ...spareIds,
  }),
  /** `isRipple` closes the gap on the clip's track. */
  z.object({
    type: z.literal('clip.remove'),
    ...inSequence,
    clipIds: z.array(clipIdSchema).min(1),
    isRipple: z.boolean().default(false),
  }),
  z.object({
    type: z.literal('clip.move'),
    ...inSequence,
    clipId: clipIdSchema,
    trackId: trackIdSchema,
    startFrame: z.int().nonnegative(),
    mode: placementModeSchema.default('place'),
    ...spareIds,
  }),
  /** Puts a clip at another place in its track's order and closes all gaps of that track from there on. */
  z.object({ type: z.literal('clip.reorder'), ...inSequence, clipId: clipIdSchema, index }),
  /** Moves one edge by `deltaFrames` (positive = later). `isRipple` moves what follows with it; otherwise it may not overlap. */
  z.object({
    type: z.literal('clip.trim'),
    ...inSequence,
    clipId: clipIdSchema,
    edge: z.enum(['start', 'end']),
    deltaFrames: z.int(),
    isRipple: z.boolean().default(false),
  }),
  /** `atFrame` is a frame of the sequence strictly inside the clip: the first of the new clip. */
  z.object({
    type: z.literal('clip.split'),
    ...inSequence,
    clipId: clipIdSchema,
    atFrame: z.int().positive(),
    newClipId: clipIdSchema,
    /** Link of the new clip when the clip has one: the same for all that are split together. Null = it goes alone. */
    newLinkId: linkIdSchema.nullable().default(null),
  }),
  z.object({ type: z.literal('clip.set'), ...inSequence, clipId: clipIdSchema, patch: clipPatchSchema }),
  /** Keeps the source range and changes the length accordingly. */
  z.object({
    type: z.literal('clip.setSpeed'),
    ...inSequence,
    clipId: clipIdSchema,
    speed: rationalSchema,
    isRipple: z.boolean().default(true),
  }),
  /** Layout in one ratio only; null removes the override. */
  z.object({
    type: z.literal('clip.setOverride'),
    ...inSequence,
    clipId: clipIdSchema,
    ratio: ratioSchema,
    patch: layoutPatchSchema.nullable(),
  }),
  /** Keyframes of some properties, whole; null takes a property's away. */
  z.object({ type: z.literal('clip.animate'), ...inSequence, clipId: clipIdSchema, changes: animationPatchSchema }),
  ...timingEditSchemas,
  // the rest
  z.object({ type: z.literal('seam.set'), seam: seamSchema }),
  z.object({ type: z.literal('seam.remove'), seamId: seamIdSchema }),
  z.object({ type: z.literal('pairing.set'), rule: pairingRuleSchema }),
  z.object({ type: z.literal('pairing.remove'), ruleId: pairingRuleIdSchema }),
  /** Pins a version of a composition: adds it, or replaces an older one everywhere (`update`). */
  z.object({
    type: z.literal('composition.pin'),
    composition: pinnedCompositionSchema,
    replacesVersion: z.int().positive().nullable().default(null),
  }),
]);
export type SimpleEdit = z.infer<typeof simpleEditSchema>;

/** An edit, or several that succeed, fail and are undone together. `label` is what undo shows: "Trim clip". */
export const editSchema = z.union([
  simpleEditSchema,
  z.object({
    type: z.literal('batch'),
    label: z.string().min(1).max(100),
    edits: z.array(simpleEditSchema).min(1).max(1000),
  }),
]);
export type Edit = z.infer<typeof editSchema>;
/** What callers may write: defaults left out. */
export type EditInput = z.input<typeof editSchema>;
export type SimpleEditInput = z.input<typeof simpleEditSchema>;
