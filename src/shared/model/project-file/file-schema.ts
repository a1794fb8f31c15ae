import { z } from 'zod';
import { colourSchema, fieldKeySchema, layoutPatchSchema, layoutSchema, textStyleSchema } from '../clip.ts';
import {
  clipIdSchema,
  compositionIdSchema,
  optionIdSchema,
  pairingRuleIdSchema,
  seamIdSchema,
  sequenceIdSchema,
  slotIdSchema,
  trackIdSchema,
} from '../ids.ts';
import { ratioSchema } from '../ratio.ts';
import { fileRatioSchema, fileTimeSchema } from './file-time.ts';

/** The version of the format that this program writes; it reads all earlier ones. */
export const projectFileVersion = 1;

const name = z.string().min(1).max(200);
const label = z.string().max(200);

/** A key of the media table. */
export const mediaKeySchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'a media key is 1–64 letters, digits, "_", "-" or "."')
  .refine((key) => !(key in Object.prototype), 'this word cannot be a key')
  .meta({ id: 'MediaKey', description: 'A key of the media table.' });

const mediaEntry = z.strictObject({
  path: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe('Path relative to this file, with "/" between folders. Left out: only known by its content.'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'a SHA-256 is 64 lower-case hexadecimal digits')
    .optional()
    .describe('SHA-256 of the content: finds the media again when it has moved.'),
  name: label.optional(),
});

const value = z
  .union([z.string().max(5000), z.strictObject({ media: mediaKeySchema })], {
    error: 'a value is words, or { "media": "key" }',
  })
  .meta({ id: 'Value', description: 'What a field holds: words, or media.' });
const values = z.record(fieldKeySchema, value);

const audio = z
  .strictObject({
    gainDb: z.number().min(-96).max(24).optional(),
    isMuted: z.boolean().optional(),
    fadeIn: fileTimeSchema.optional(),
    fadeOut: fileTimeSchema.optional(),
  })
  .meta({ id: 'Audio', description: 'The clip’s own sound.' });

const whatItShows = {
  media: mediaKeySchema.optional(),
  mediaField: fieldKeySchema.optional().describe('A field of the sequence that each option fills with its own media.'),
  text: z.string().max(5000).optional().describe('Words, with {{fields}}.'),
  colour: colourSchema.optional(),
  sequence: sequenceIdSchema.optional(),
  composition: z.strictObject({ id: compositionIdSchema, version: z.int().positive() }).optional(),
};

const style = z
  .strictObject(textStyleSchema.shape)
  .meta({ id: 'TextStyle', description: 'Lengths are pixels in a frame whose short side is 1080.' });
const layout = z.strictObject(layoutSchema.shape).meta({
  id: 'Layout',
  description: 'x and y: offset of the centre from the middle of the frame, in frame widths and heights.',
});

const howItShows = {
  in: fileTimeSchema
    .optional()
    .describe('Where in its source (or sequence) the clip begins. Default: at its beginning.'),
  out: fileTimeSchema.optional().describe('Where in its source the clip ends: another way to say its length.'),
  speed: fileRatioSchema.optional(),
  style: style.optional(),
  role: z.enum(['title', 'caption']).optional(),
  values: values.optional(),
  layout: layout.optional(),
  overrides: z.partialRecord(ratioSchema, z.strictObject(layoutPatchSchema.shape)).optional(),
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
    name: label.optional(),
    start: fileTimeSchema.optional().describe('Where on its track it begins. Default: where the one before ends.'),
    length: fileTimeSchema.optional().describe('Default: to the end of its source.'),
    ...whatItShows,
    ...howItShows,
  })
  .superRefine(checkKind)
  .meta({
    id: 'Clip',
    description: 'A clip on a track: exactly one of media, mediaField, text, colour, sequence, composition.',
  });
export type FileClip = z.infer<typeof fileClipSchema>;

const anchor = z
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
    name: label.optional(),
    start: anchor.optional().describe('Default: "ad.start".'),
    end: anchor.optional(),
    length: fileTimeSchema.optional(),
    isLooping: z.boolean().optional(),
    ...whatItShows,
    ...howItShows,
  })
  .superRefine(checkKind)
  .meta({ id: 'AnchoredClip', description: 'A clip that accompanies the ad.' });
export type FileAnchoredClip = z.infer<typeof fileAnchoredClipSchema>;

const track = z
  .strictObject({
    id: trackIdSchema.optional(),
    kind: z.enum(['visual', 'audio']).optional(),
    name: label.optional(),
    isHidden: z.boolean().optional(),
    isMuted: z.boolean().optional(),
    isLocked: z.boolean().optional(),
    clips: z.array(fileClipSchema).max(20_000).optional(),
  })
  .meta({ id: 'Track' });
export type FileTrack = z.infer<typeof track>;

const field = z
  .union(
    [
      z.string().max(5000),
      z.strictObject({
        kind: z.enum(['text', 'media']).optional(),
        label: label.optional(),
        default: value.nullable().optional(),
      }),
    ],
    { error: 'a field is its default words, or { "kind", "label", "default" }' },
  )
  .meta({ id: 'Field', description: 'Its default words, or all about it.' });
const fields = z
  .record(fieldKeySchema, field)
  .refine((all) => Object.keys(all).length <= 200, 'a sequence has at most 200 fields');

const timeline = {
  tracks: z.array(track).max(200).optional().describe('From back to front.'),
  fields: fields.optional(),
  length: fileTimeSchema.optional().describe('Fixed length. Default: to the end of the last clip.'),
};

/** A sequence under its own id. */
export const fileSequenceSchema = z
  .strictObject({ id: sequenceIdSchema, name: label.optional(), ...timeline })
  .meta({ id: 'Sequence' });
export type FileSequence = z.infer<typeof fileSequenceSchema>;

const option = z.strictObject({
  id: optionIdSchema.optional(),
  name: name.optional(),
  isNone: z.literal(true).optional().describe('An option that plays nothing.'),
  sequence: sequenceIdSchema.optional().describe('Plays one of `sequences`; several options may share it.'),
  values: values.optional(),
  clips: z.array(fileClipSchema).max(20_000).optional().describe('Pictures one after another, instead of `tracks`.'),
  texts: z
    .array(fileClipSchema)
    .max(20_000)
    .optional()
    .describe('Texts over `clips`; each lasts to the end unless it says.'),
  ...timeline,
});
export type FileOption = z.infer<typeof option>;

/** An option of a timed slot: whole, or just its clips, or one piece of media. */
export const fileOptionSchema = z.union([mediaKeySchema, z.array(fileClipSchema).max(20_000), option], {
  error: (issue) => describeUnion(issue.input),
});

function describeUnion(input: unknown): string | undefined {
  const isRight = typeof input === 'string' || (typeof input === 'object' && input !== null);
  return isRight ? undefined : 'an option is a media key, a list of clips, or an object';
}

const globalOption = z.strictObject({
  id: optionIdSchema.optional(),
  name: name.optional(),
  isNone: z.literal(true).optional(),
  clips: z.array(fileAnchoredClipSchema).max(1000).optional(),
  captionStyle: style.optional(),
  cover: anchor.optional(),
  postCopy: z
    .strictObject({
      primaryText: z.string().max(5000).optional(),
      headline: z.string().max(500).optional(),
      url: z.string().max(2000).optional(),
    })
    .optional(),
});
export type FileGlobalOption = z.infer<typeof globalOption>;

const globalSlot = z.strictObject({
  id: slotIdSchema.optional(),
  name: name.optional(),
  kind: z.enum(['music', 'voice-over', 'logo', 'caption-style', 'cover', 'post-copy']),
  options: z
    .array(z.union([mediaKeySchema, globalOption], { error: (issue) => describeUnion(issue.input) }))
    .max(1000)
    .optional(),
});

const seam = z.strictObject({
  id: seamIdSchema.optional(),
  after: slotIdSchema,
  from: optionIdSchema.optional(),
  to: optionIdSchema.optional(),
  transition: z.union(
    [
      z.literal('cut'),
      z.strictObject({
        kind: z.enum(['crossfade', 'dip', 'slide', 'push', 'wipe', 'zoom']),
        length: fileTimeSchema,
      }),
    ],
    { error: 'a transition is "cut", or { "kind": "crossfade", "length": 0.5 }' },
  ),
  audioOverhang: fileTimeSchema.optional(),
});

const rule = z.strictObject({
  id: pairingRuleIdSchema.optional(),
  exclude: z.array(optionIdSchema).min(2).max(50).optional().describe('Options never played together.'),
  require: z.array(optionIdSchema).min(2).max(50).optional().describe('The first only with one of the others.'),
});

const composition = z.strictObject({
  id: compositionIdSchema,
  version: z.int().positive(),
  name: label.optional(),
  sequence: fileSequenceSchema,
});

/** A whole project file as people may write it. */
export const projectFileSchema = z.strictObject({
  $schema: z.string().max(2000).optional(),
  spotloom: z.literal(projectFileVersion).describe('Version of this format.'),
  name,
  rate: fileRatioSchema.optional().describe('Frames per second of every sequence and export. Default: 30.'),
  media: z
    .record(
      mediaKeySchema,
      z.union([z.string().min(1).max(4096), mediaEntry], { error: 'media is a path, or { "path", "sha256" }' }),
    )
    .refine((all) => Object.keys(all).length <= 10_000, 'a project file names at most 10,000 media')
    .optional()
    .describe('All media used, by a key of your choice.'),
  slots: z
    .array(
      z.strictObject({
        id: slotIdSchema.optional(),
        name: name.optional(),
        role: z.enum(['hook', 'body', 'cta', 'custom']).optional(),
        options: z.array(fileOptionSchema).max(1000).optional(),
      }),
    )
    .max(50)
    .optional()
    .describe('The parts of the ad, which play one after another.'),
  globals: z.array(globalSlot).max(50).optional().describe('What accompanies the whole ad.'),
  sequences: z.array(fileSequenceSchema).max(10_000).optional(),
  seams: z.array(seam).max(5000).optional(),
  pairingRules: z.array(rule).max(1000).optional(),
  compositions: z.array(composition).max(1000).optional(),
});
/** A project file, valid, as written: defaults left out stay left out. */
export type ProjectFile = z.infer<typeof projectFileSchema>;
/** One entry of the media table. */
export type MediaEntry = z.infer<typeof mediaEntry>;
