import { z } from 'zod';
import { fieldKeySchema, gainDbSchema, panSchema } from '../clip.ts';
import { duckingPatchSchema } from '../ducking.ts';
import {
  compositionIdSchema,
  markerIdSchema,
  optionIdSchema,
  pairingRuleIdSchema,
  seamIdSchema,
  sequenceIdSchema,
  slotIdSchema,
  trackIdSchema,
} from '../ids.ts';
import { loudnessAimSchema } from '../loudness-aim.ts';
import { soundRoles } from '../placed.ts';
import { markerColours } from '../project.ts';
import {
  fileAnchorSchema as anchor,
  fileAnchoredClipSchema,
  fileClipSchema,
  fileTransitionSchema,
  fileLabelSchema as label,
  mediaKeySchema,
  fileStyleSchema as style,
  fileValueSchema as value,
  fileValuesSchema as values,
} from './file-clip-schema.ts';
import { fileRatioSchema, fileTimeSchema } from './file-time.ts';

export type { FileAnchoredClip, FileClip } from './file-clip-schema.ts';

/** The version of the format that this program writes; it reads all earlier ones. */
export const projectFileVersion = 1;

const name = z.string().min(1).max(200);

/** A word of a transcript on a line of its own: start and end in ms of the source, the word, after a tab who says it. */
const wordLine = z
  .string()
  .max(400)
  .regex(/^\d{1,8} \d{1,8} \S(?:.*\S)?$/, 'a word is written "500 900 Hello": start and end in ms, then the word')
  .refine((line) => {
    const [start = '', end = ''] = line.split(' ', 2);
    return Number(end) >= Number(start) && Number(end) <= 86_400_000;
  }, 'a word ends where it begins or later, within 24 hours');

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
  transcript: z
    .strictObject({
      language: z
        .string()
        .regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/, 'a language is a code like "en"')
        .optional(),
      words: z.array(wordLine).max(100_000),
    })
    .optional()
    .describe('What is said in it. Taken over where the library has no transcript of this media.'),
});

const track = z
  .strictObject({
    id: trackIdSchema.optional(),
    kind: z.enum(['visual', 'audio']).optional(),
    name: label.optional(),
    isHidden: z.boolean().optional(),
    isMuted: z.boolean().optional(),
    isSolo: z.boolean().optional().describe('While a track is solo, only solo ones are heard.'),
    isLocked: z.boolean().optional(),
    gainDb: gainDbSchema.optional(),
    pan: panSchema.optional(),
    role: z.enum(soundRoles).optional().describe('What its sound is. Default: as what surrounds it, else a voice.'),
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

const marker = z
  .strictObject({
    id: markerIdSchema.optional(),
    at: fileTimeSchema.optional().describe('Default: at the beginning.'),
    colour: z.enum(markerColours).optional(),
    note: z.string().max(1000).optional(),
  })
  .meta({ id: 'Marker', description: 'A remark at a moment of the sequence, seen while editing only.' });

const timeline = {
  tracks: z.array(track).max(200).optional().describe('From back to front.'),
  fields: fields.optional(),
  length: fileTimeSchema.optional().describe('Fixed length. Default: to the end of the last clip.'),
  markers: z.array(marker).max(1000).optional(),
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
  gainDb: gainDbSchema.optional(),
  pan: panSchema.optional(),
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
  transition: z.union([z.literal('cut'), fileTransitionSchema], {
    error: 'a transition is "cut", or { "kind": "crossfade", "length": 0.5 }',
  }),
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

const font = z.strictObject({
  family: name.describe('For people who read the file; the font says it itself.'),
  data: z
    .string()
    .max(42_000_000)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'a font is written in base64'),
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
  fonts: z
    .array(font)
    .max(40)
    .optional()
    .describe('Fonts that are not shipped, whole: they are taken into the library with the project.'),
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
  ducking: z
    .strictObject(duckingPatchSchema.shape)
    .optional()
    .describe('How music gives way to voices. Levels in dB, times in milliseconds.'),
  loudnessLufs: loudnessAimSchema
    .unwrap()
    .optional()
    .describe('Integrated loudness that exports are brought to, LUFS. Left out: what their preset says.'),
});
/** A project file, valid, as written: defaults left out stay left out. */
export type ProjectFile = z.infer<typeof projectFileSchema>;
/** One entry of the media table. */
export type MediaEntry = z.infer<typeof mediaEntry>;
