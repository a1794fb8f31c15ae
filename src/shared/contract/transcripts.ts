import { z } from 'zod';
import { assetIdSchema, jobIdSchema } from '../model/ids.ts';
import {
  languageSchema,
  transcriptOriginSchema,
  transcriptSchema,
  transcriptWordsSchema,
} from '../transcript/transcript.ts';
import { doneSchema, procedure } from './base.ts';

/** A speech model: a file that a recogniser works with. */
export const speechModelSchema = z.object({ path: z.string(), name: z.string(), sizeBytes: z.number() });
export type SpeechModel = z.infer<typeof speechModelSchema>;

/** What can turn sound into words on this machine. */
export const recogniserSchema = z.object({
  /** The whisper.cpp program in use; null when there is none. */
  program: z.string().nullable(),
  /** Models found, the one in use first. */
  models: z.array(speechModelSchema),
  /** What is missing and what to do about it, for people; null when words can be made. */
  problem: z.string().nullable(),
});
export type Recogniser = z.infer<typeof recogniserSchema>;

/** What is said in media: words with times of the source. */
export const transcriptsContract = {
  /** Null when there is none. */
  get: procedure
    .input(z.object({ assetId: assetIdSchema }))
    .output(z.object({ transcript: transcriptSchema.nullable() })),
  /** Those that there are. */
  getMany: procedure
    .input(z.object({ assetIds: z.array(assetIdSchema).max(500) }))
    .output(z.object({ transcripts: z.array(transcriptSchema) })),
  /** Puts words in place of those there are. Throws `not-found`, `invalid-input` for media without sound. */
  set: procedure
    .input(
      z.object({
        assetId: assetIdSchema,
        words: transcriptWordsSchema,
        language: languageSchema.nullable().default(null),
        origin: transcriptOriginSchema.default('imported'),
      }),
    )
    .output(transcriptSchema),
  /**
   * Other words for `count` of them from `index` on; none takes them out. Captions made from them follow in every project.
   * Throws `conflict` when the transcript is another than `baseRevision`.
   */
  correct: procedure
    .input(
      z.object({
        assetId: assetIdSchema,
        baseRevision: z.int().positive(),
        index: z.int().nonnegative(),
        count: z.int().positive().max(10_000),
        text: z.string().max(5000),
      }),
    )
    .output(transcriptSchema),
  /** Captions made from it stay. */
  remove: procedure.input(z.object({ assetId: assetIdSchema })).output(doneSchema),
  /** Looks for whisper.cpp and its models. */
  recogniser: procedure.output(recogniserSchema),
  /**
   * Has words made of the sound of media, by jobs of type `library.transcribe`; the transcript they have is replaced when
   * each is done. `language` null lets the model decide. Throws `capability-missing` when nothing can make words here.
   */
  make: procedure
    .input(
      z.object({ assetIds: z.array(assetIdSchema).min(1).max(500), language: languageSchema.nullable().default(null) }),
    )
    .output(z.object({ jobIds: z.array(jobIdSchema) })),
};
