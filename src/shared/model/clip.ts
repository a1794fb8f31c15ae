import { z } from 'zod';
import { one, rationalSchema, zero } from '../units/index.ts';
import { animationSchema } from './animated-properties.ts';
import { assetIdSchema, clipIdSchema, compositionIdSchema, linkIdSchema, sequenceIdSchema } from './ids.ts';
import { ratioSchema } from './ratio.ts';
import { textExtrasShape, timedWordsSchema } from './text/extras.ts';

/** "#RRGGBB" or "#RRGGBBAA". */
export const colourSchema = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$/, 'a colour is "#RRGGBB" or "#RRGGBBAA"');

/** A field's name: what stands between the braces of `{{headline}}`. */
export const fieldKeySchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'a field is a letter, then letters, digits or "_", at most 40');

/** How a picture is put into the frame. `blur-fill` is `fit` over a blurred, filling copy of itself. */
export const fitSchema = z.enum(['fit', 'fill', 'blur-fill']);
export type Fit = z.infer<typeof fitSchema>;

/**
 * Where and how large a clip's picture is.
 * `x`, `y`: offset of its centre from the frame's centre, in frame widths and heights (0.5 = half a frame to the right / down).
 * `scale`: 1 = as `fit` alone would have it. For text, x and y place the anchor of its alignment.
 */
export const layoutSchema = z.object({
  fit: fitSchema.default('fill'),
  x: z.number().min(-2).max(2).default(0),
  y: z.number().min(-2).max(2).default(0),
  scale: z.number().min(0.01).max(20).default(1),
  /** Clockwise, about the picture's centre; for text about its anchor. */
  rotationDeg: z.number().min(-3600).max(3600).default(0),
  /** 0 (clear) to 1. */
  opacity: z.number().min(0).max(1).default(1),
  /** Parts of the picture's own width and height that are cut off its sides; it stays where it is. */
  cropLeft: z.number().min(0).max(0.95).default(0),
  cropTop: z.number().min(0).max(0.95).default(0),
  cropRight: z.number().min(0).max(0.95).default(0),
  cropBottom: z.number().min(0).max(0.95).default(0),
  /** Stops: each doubles the light. */
  exposure: z.number().min(-3).max(3).default(0),
  /** -1 (grey) to 1 (twice as steep). */
  contrast: z.number().min(-1).max(1).default(0),
  /** 0 = grey, 1 = as it is. */
  saturation: z.number().min(0).max(3).default(1),
  /** -1 (blue) to 1 (orange). */
  temperature: z.number().min(-1).max(1).default(0),
  /** Radius in pixels of a frame whose short side is 1080, at scale 1. */
  blurPx: z.number().min(0).max(200).default(0),
});
export type Layout = z.infer<typeof layoutSchema>;
/** A sparse change of layout, for one ratio. */
export const layoutPatchSchema = z.object({
  fit: fitSchema.optional(),
  x: z.number().min(-2).max(2).optional(),
  y: z.number().min(-2).max(2).optional(),
  scale: z.number().min(0.01).max(20).optional(),
  rotationDeg: z.number().min(-3600).max(3600).optional(),
  opacity: z.number().min(0).max(1).optional(),
  cropLeft: z.number().min(0).max(0.95).optional(),
  cropTop: z.number().min(0).max(0.95).optional(),
  cropRight: z.number().min(0).max(0.95).optional(),
  cropBottom: z.number().min(0).max(0.95).optional(),
  exposure: z.number().min(-3).max(3).optional(),
  contrast: z.number().min(-1).max(1).optional(),
  saturation: z.number().min(0).max(3).optional(),
  temperature: z.number().min(-1).max(1).optional(),
  blurPx: z.number().min(0).max(200).optional(),
});
export type LayoutPatch = z.infer<typeof layoutPatchSchema>;

export {
  type AnimatedProperty,
  type Animation,
  type AnimationPatch,
  animatedLimits,
  animatedProperties,
  animationPatchSchema,
  animationSchema,
} from './animated-properties.ts';

type WithoutDefault<Schema extends z.core.SomeType> = Schema extends z.ZodDefault<infer Inner> ? Inner : Schema;
type PatchShape<Shape extends z.core.$ZodShape> = { [Key in keyof Shape]: z.ZodOptional<WithoutDefault<Shape[Key]>> };

/** A sparse change of an object: every part may be left out and then stays. (`partial()` would fill in defaults.) */
function patchSchemaOf<Shape extends z.core.$ZodShape>(schema: z.ZodObject<Shape>): z.ZodObject<PatchShape<Shape>> {
  const parts = Object.entries(schema.shape).map(([key, part]) => [
    key,
    z.optional(part instanceof z.ZodDefault ? part.unwrap() : part),
  ]);
  return z.object(Object.fromEntries(parts)) as unknown as z.ZodObject<PatchShape<Shape>>;
}

/** Loudness in dB; −96 and below is silence. */
export const gainDbSchema = z.number().min(-96).max(24);
/** Between the sides: −1 left, 0 middle, 1 right. */
export const panSchema = z.number().min(-1).max(1);

/** How a fade rises: `linear` in amplitude, or `equal-power` (a quarter of a sine), which keeps the loudness of two sounds that cross. */
export const fadeShapes = ['linear', 'equal-power'] as const;
const fadeShapeSchema = z.enum(fadeShapes);
export type FadeShape = z.infer<typeof fadeShapeSchema>;

/** A point of a volume curve: at a frame of the clip, this much louder than the clip's gain alone. May lie outside the clip: a longer clip shows it again. */
export const volumePointSchema = z.object({ frame: z.int().min(-1e7).max(1e7), gainDb: gainDbSchema });
export type VolumePoint = z.infer<typeof volumePointSchema>;
/** Most points of one clip's volume curve. */
export const maxVolumePoints = 500;

/** A clip's own sound. Fades are lengths in frames from the clip's start and end. */
export const clipAudioSchema = z.object({
  gainDb: gainDbSchema.default(0),
  isMuted: z.boolean().default(false),
  fadeInFrames: z.int().nonnegative().default(0),
  fadeOutFrames: z.int().nonnegative().default(0),
  fadeInShape: fadeShapeSchema.default('linear'),
  fadeOutShape: fadeShapeSchema.default('linear'),
  pan: panSchema.default(0),
  /** Straight lines in dB between points, level before the first and after the last; none = 0 dB throughout. */
  volume: z
    .array(volumePointSchema)
    .max(maxVolumePoints)
    .refine(
      (points) => points.every(({ frame }, at) => at === 0 || frame > (points[at - 1]?.frame ?? frame)),
      'points of a volume curve stand in order, one per frame',
    )
    .default([]),
});
export type ClipAudio = z.infer<typeof clipAudioSchema>;
/** A sparse change of a clip's sound. */
export const clipAudioPatchSchema = patchSchemaOf(clipAudioSchema);

/** How text looks. Lengths are pixels in a frame whose short side is 1080. */
export const textStyleSchema = z.object({
  /** A family from the fonts shipped, e.g. "Inter", "Montserrat", "Anton". */
  fontFamily: z.string().min(1).max(100).default('Inter'),
  fontWeight: z.int().min(100).max(900).default(700),
  isItalic: z.boolean().default(false),
  sizePx: z.number().min(4).max(800).default(84),
  fill: colourSchema.default('#FFFFFF'),
  outlineColour: colourSchema.default('#000000'),
  outlinePx: z.number().min(0).max(60).default(4),
  shadowColour: colourSchema.default('#00000080'),
  shadowPx: z.number().min(0).max(60).default(0),
  /** A box behind the words; null = none. */
  boxColour: colourSchema.nullable().default(null),
  boxPaddingPx: z.number().min(0).max(120).default(16),
  align: z.enum(['left', 'centre', 'right']).default('centre'),
  /** Lines wrap within this part of the frame's width. */
  maxWidth: z.number().min(0.05).max(1).default(0.86),
  isUppercase: z.boolean().default(false),
  ...textExtrasShape,
});
export type TextStyle = z.infer<typeof textStyleSchema>;
/** A sparse change of how text looks. */
export const textStylePatchSchema = patchSchemaOf(textStyleSchema);

/** A place for media: a certain asset, or a field that each option fills with its own. */
export const mediaPlaceSchema = z.union([z.object({ assetId: assetIdSchema }), z.object({ field: fieldKeySchema })]);
export type MediaPlace = z.infer<typeof mediaPlaceSchema>;

/** What an option puts into a field: words, or an asset. */
export const fieldValueSchema = z.union([
  z.object({ text: z.string().max(5000) }),
  z.object({ assetId: assetIdSchema }),
]);
export type FieldValue = z.infer<typeof fieldValueSchema>;
/** Values by field name. */
export const fieldValuesSchema = z.record(fieldKeySchema, fieldValueSchema);
export type FieldValues = z.infer<typeof fieldValuesSchema>;

/** Footage, a still or sound. `sourceInSeconds` counts from where the source begins (`clockOrigin`); the clip shows source time in + k/rate · speed at its frame k. */
export const mediaContentSchema = z.object({
  kind: z.literal('media'),
  media: mediaPlaceSchema,
  sourceInSeconds: rationalSchema.default(zero),
  /** 1 = as shot, 2 = twice as fast; above 0, at most 100. Sound keeps its pitch. */
  speed: rationalSchema
    .default(one)
    .refine((s) => s.num > 0 && s.num / s.den >= 0.05 && s.num / s.den <= 100, 'speed is 0.05 to 100'),
  /** A freeze frame: the picture at `sourceInSeconds` throughout, without sound, whatever the speed. */
  isFrozen: z.boolean().optional(),
});
/**
 * Where the words of a caption come from: what is said between two moments of a source (ms, `clockOrigin`), and what that
 * was when it was taken over. A caption whose words differ from `text` was edited by hand.
 */
export const transcriptLinkSchema = z.object({
  assetId: assetIdSchema,
  startMs: z.int().nonnegative(),
  endMs: z.int().nonnegative(),
  text: z.string().max(5000),
});
export type TranscriptLink = z.infer<typeof transcriptLinkSchema>;
/** Words, with `{{fields}}`. "\n" starts a new line. */
export const textContentSchema = z.object({
  kind: z.literal('text'),
  text: z.string().max(5000),
  style: textStyleSchema.prefault({}),
  /** `caption` text takes its look from the caption-style slot. */
  role: z.enum(['title', 'caption']).default('title'),
  /** When each word is said; empty = spread over the clip by their letters. */
  words: timedWordsSchema.default([]),
  /** Captions made from a transcript follow its corrections. Changes no picture. */
  transcript: transcriptLinkSchema.optional(),
});
/** A plain colour over the whole frame. */
export const colourContentSchema = z.object({ kind: z.literal('colour'), colour: colourSchema });
/** Another sequence of the same project, with values for its fields. */
export const sequenceContentSchema = z.object({
  kind: z.literal('sequence'),
  sequenceId: sequenceIdSchema,
  /** Frame of that sequence at which the clip begins. */
  inFrame: z.int().nonnegative().default(0),
  values: fieldValuesSchema.default({}),
});
/** A composition of the library, pinned to a version that the project carries with it. */
export const compositionContentSchema = z.object({
  kind: z.literal('composition'),
  compositionId: compositionIdSchema,
  version: z.int().positive(),
  inFrame: z.int().nonnegative().default(0),
  values: fieldValuesSchema.default({}),
});

/** What a clip shows or sounds. */
export const clipContentSchema = z.discriminatedUnion('kind', [
  mediaContentSchema,
  textContentSchema,
  colourContentSchema,
  sequenceContentSchema,
  compositionContentSchema,
]);
export type ClipContent = z.infer<typeof clipContentSchema>;
export type MediaContent = z.infer<typeof mediaContentSchema>;
export type TextContent = z.infer<typeof textContentSchema>;

/** A piece on a track: from `startFrame` for `lengthFrames` of its sequence. */
export const clipSchema = z.object({
  id: clipIdSchema,
  name: z.string().max(200).default(''),
  startFrame: z.int().nonnegative(),
  lengthFrames: z.int().positive(),
  content: clipContentSchema,
  layout: layoutSchema.prefault({}),
  /** Layout that differs in one ratio. */
  overrides: z.partialRecord(ratioSchema, layoutPatchSchema).default({}),
  animation: animationSchema.default({}),
  audio: clipAudioSchema.prefault({}),
  /** Clips of the sequence with the same link are selected, moved, trimmed and split together; null = none. */
  linkId: linkIdSchema.nullable().default(null),
});
export type Clip = z.infer<typeof clipSchema>;
