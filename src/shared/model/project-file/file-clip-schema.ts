import { z } from 'zod';
import { curveSchema, maxKeyframes } from '../animation.ts';
import {
  type AnimatedProperty,
  animatedLimits,
  colourSchema,
  fadeShapes,
  fieldKeySchema,
  gainDbSchema,
  layoutPatchSchema,
  layoutSchema,
  maxVolumePoints,
  panSchema,
  textStyleSchema,
} from '../clip.ts';
import { clipIdSchema, compositionIdSchema, linkIdSchema, sequenceIdSchema } from '../ids.ts';
import { ratioSchema } from '../ratio.ts';
import { transitionSchema } from '../transition.ts';
import { fileRatioSchema, fileTimeSchema } from './file-time.ts';

/** A name that may be empty. */
export const fileLabelSchema = z.string().max(200);

/** A key of the media table. */
export const mediaKeySchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'a media key is 1–64 letters, digits, "_", "-" or "."')
  .refine((key) => !(key in Object.prototype), 'this word cannot be a key')
  .meta({ id: 'MediaKey', description: 'A key of the media table.' });

/** What a field holds. */
export const fileValueSchema = z
  .union([z.string().max(5000), z.strictObject({ media: mediaKeySchema })], {
    error: 'a value is words, or { "media": "key" }',
  })
  .meta({ id: 'Value', description: 'What a field holds: words, or media.' });
/** What fields hold, by their keys. */
export const fileValuesSchema = z.record(fieldKeySchema, fileValueSchema);

const audio = z
  .strictObject({
    gainDb: gainDbSchema.optional(),
    isMuted: z.boolean().optional(),
    fadeIn: fileTimeSchema.optional(),
    fadeOut: fileTimeSchema.optional(),
    fadeInShape: z.enum(fadeShapes).optional(),
    fadeOutShape: z.enum(fadeShapes).optional(),
    pan: panSchema.optional().describe('−1 left, 0 middle, 1 right.'),
    volume: z
      .array(z.strictObject({ at: fileTimeSchema, gainDb: gainDbSchema }))
      .max(maxVolumePoints)
      .optional()
      .describe('Volume over the clip: points in order of their time from its start, straight lines in dB between.'),
  })
  .meta({ id: 'Audio', description: 'The clip’s own sound.' });

const { lengthFrames: _, ...transitionShape } = transitionSchema.shape;
/** A transition; what is left out is as usual. */
export const fileTransitionSchema = z
  .strictObject({
    ...transitionShape,
    length: fileTimeSchema,
    alignment: transitionShape.alignment.unwrap().optional().describe('Default: half before, half after the cut.'),
    direction: transitionShape.direction.unwrap().optional(),
    colour: transitionShape.colour.unwrap().optional().describe('What a dip goes through. Default: black.'),
    curve: transitionShape.curve.unwrap().optional(),
    sound: transitionShape.sound
      .unwrap()
      .optional()
      .describe('Whether sound crosses over as well. Default: it is cut.'),
  })
  .meta({ id: 'Transition', description: 'How one picture gives way to the next; it changes no length.' });
export type FileTransition = z.infer<typeof fileTransitionSchema>;

const whatItShows = {
  media: mediaKeySchema.optional(),
  mediaField: fieldKeySchema.optional().describe('A field of the sequence that each option fills with its own media.'),
  text: z.string().max(5000).optional().describe('Words, with {{fields}}.'),
  colour: colourSchema.optional(),
  sequence: sequenceIdSchema.optional(),
  composition: z.strictObject({ id: compositionIdSchema, version: z.int().positive() }).optional(),
};

/** How text looks; what is left out is as usual. */
export const fileStyleSchema = z
  .strictObject(textStyleSchema.shape)
  .meta({ id: 'TextStyle', description: 'Lengths are pixels in a frame whose short side is 1080.' });
const layout = z.strictObject(layoutSchema.shape).meta({
  id: 'Layout',
  description: 'x and y: offset of the centre from the middle of the frame, in frame widths and heights.',
});

const keyframes = (property: AnimatedProperty) =>
  z
    .array(
      z.strictObject({
        at: fileTimeSchema.describe('From the clip’s start.'),
        value: z.number().min(animatedLimits[property][0]).max(animatedLimits[property][1]),
        curve: curveSchema.optional().describe('How it goes on to the next keyframe; a list is a cubic-bezier.'),
      }),
    )
    .min(1)
    .max(maxKeyframes)
    .optional();

const animation = z
  .strictObject({
    x: keyframes('x'),
    y: keyframes('y'),
    scale: keyframes('scale'),
    rotationDeg: keyframes('rotationDeg'),
    opacity: keyframes('opacity'),
    cropLeft: keyframes('cropLeft'),
    cropTop: keyframes('cropTop'),
    cropRight: keyframes('cropRight'),
    cropBottom: keyframes('cropBottom'),
    exposure: keyframes('exposure'),
    contrast: keyframes('contrast'),
    saturation: keyframes('saturation'),
    temperature: keyframes('temperature'),
    blurPx: keyframes('blurPx'),
  } satisfies Record<AnimatedProperty, z.ZodType>)
  .meta({ id: 'Animation', description: 'Keyframes of properties of the layout, in order of their time.' });

const word = z
  .strictObject({ text: z.string().min(1).max(200), start: fileTimeSchema, end: fileTimeSchema })
  .meta({ id: 'Word', description: 'A word and when it is said.' });

const howItShows = {
  in: fileTimeSchema
    .optional()
    .describe('Where in its source (or sequence) the clip begins. Default: at its beginning.'),
  out: fileTimeSchema.optional().describe('Where in its source the clip ends: another way to say its length.'),
  speed: fileRatioSchema.optional(),
  isFrozen: z.boolean().optional().describe('A freeze frame: the picture at `in` throughout, without sound.'),
  style: fileStyleSchema.optional(),
  role: z.enum(['title', 'caption']).optional(),
  transcript: z
    .strictObject({
      media: mediaKeySchema,
      fromMs: z.int().nonnegative(),
      toMs: z.int().nonnegative(),
      text: z.string().max(5000),
    })
    .optional()
    .describe('Of captions: which part of what is said in media they show, and what that was when they took it over.'),
  words: z
    .array(word)
    .max(2000)
    .optional()
    .describe('When each word of a text is said, counted from the clip’s beginning. Default: spread over the clip.'),
  values: fileValuesSchema.optional(),
  layout: layout.optional(),
  overrides: z.partialRecord(ratioSchema, z.strictObject(layoutPatchSchema.shape)).optional(),
  animation: animation.optional(),
  audio: audio.optional(),
};

const kindsOfClip = Object.keys(whatItShows) as (keyof typeof whatItShows)[];

function checkKind(clip: object, context: z.RefinementCtx): void {
  const given = kindsOfClip.filter((key) => (clip as Record<string, unknown>)[key] !== undefined);
  if (given.length === 1) return;
  context.addIssue({
    code: 'custom',
    message: `a clip has exactly one of ${kindsOfClip.join(', ')}${given.length > 1 ? `; this has ${given.join(' and ')}` : ''}`,
  });
}

/** A clip on a track. */
export const fileClipSchema = z
  .strictObject({
    id: clipIdSchema.optional(),
    name: fileLabelSchema.optional(),
    start: fileTimeSchema.optional().describe('Where on its track it begins. Default: where the one before ends.'),
    length: fileTimeSchema.optional().describe('Default: to the end of its source.'),
    link: linkIdSchema.optional().describe('Clips of the sequence with the same link are edited together.'),
    transition: fileTransitionSchema.optional().describe('From the clip before, which it touches.'),
    ...whatItShows,
    ...howItShows,
  })
  .superRefine(checkKind)
  .meta({
    id: 'Clip',
    description: 'A clip on a track: exactly one of media, mediaField, text, colour, sequence, composition.',
  });
export type FileClip = z.infer<typeof fileClipSchema>;

/** A moment of the ad or of a slot. */
export const fileAnchorSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.(?:start|end)(?:[+-](?:\d{1,12}f|\d{1,9}(?:\.\d{1,9})?|\d{1,15}\/[1-9]\d{0,11}))?$/,
    'an anchor is "ad.start", "hook.end", "cta.start+0.5" or "cta.start-12f"',
  )
  .meta({ id: 'Anchor', description: 'A moment of the ad or of a slot: "ad.start", "hook.end", "cta.start+0.5".' });

/** A clip of a global slot. */
export const fileAnchoredClipSchema = z
  .strictObject({
    id: clipIdSchema.optional(),
    name: fileLabelSchema.optional(),
    start: fileAnchorSchema.optional().describe('Default: "ad.start".'),
    end: fileAnchorSchema.optional(),
    length: fileTimeSchema.optional(),
    isLooping: z.boolean().optional(),
    ...whatItShows,
    ...howItShows,
  })
  .superRefine(checkKind)
  .meta({ id: 'AnchoredClip', description: 'A clip that accompanies the ad.' });
export type FileAnchoredClip = z.infer<typeof fileAnchoredClipSchema>;
