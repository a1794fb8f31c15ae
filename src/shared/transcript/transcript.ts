import { z } from 'zod';
import { AppError } from '../errors/index.ts';
import { assetIdSchema } from '../model/ids.ts';
import { joinWords, splitWords } from './split-words.ts';

/** Most words one transcript may have: about ten hours of talk. */
export const maxTranscriptWords = 100_000;
/** Latest time a word may have: 24 hours. */
const maxMs = 24 * 60 * 60 * 1000;

/**
 * One word with its own time: whole milliseconds from where the source begins (`clockOrigin`), `endMs` not before `startMs`.
 * What is written without spaces between words (Chinese, Japanese) has pieces of text for words.
 */
export const transcriptWordSchema = z
  .object({
    text: z
      .string()
      .min(1)
      .max(200)
      .regex(/^\S(?:.*\S)?$/u, 'a word has no space at its ends and no line break'),
    startMs: z.int().nonnegative().max(maxMs),
    endMs: z.int().nonnegative().max(maxMs),
    /** How sure the recogniser was, 0 to 1. */
    confidence: z.number().min(0).max(1).optional(),
    /** Who speaks, where it is known. */
    speaker: z.string().min(1).max(100).optional(),
  })
  .refine(({ startMs, endMs }) => endMs >= startMs, 'a word ends where it begins or later');
export type TranscriptWord = z.infer<typeof transcriptWordSchema>;

/** The words of a source, in the order in which they begin. */
export const transcriptWordsSchema = z
  .array(transcriptWordSchema)
  .max(maxTranscriptWords)
  .refine(
    (words) => words.every((word, at) => at === 0 || word.startMs >= (words[at - 1]?.startMs ?? 0)),
    'words stand in the order in which they begin',
  );

/** Where the words come from; `edited` once somebody has corrected one. */
export const transcriptOriginSchema = z.enum(['imported', 'whisper', 'edited']);
export type TranscriptOrigin = z.infer<typeof transcriptOriginSchema>;

/** A language as recognisers write it: "en", "de", "zh", "pt-br". */
export const languageSchema = z.string().regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/, 'a language is a code like "en"');

/** What is said in a media file. It lives on the asset and serves every clip that plays it. */
export const transcriptSchema = z.object({
  assetId: assetIdSchema,
  /** Counts every change; who corrects says which one was seen. */
  revision: z.int().positive(),
  language: languageSchema.nullable(),
  origin: transcriptOriginSchema,
  words: transcriptWordsSchema,
  updatedAtMs: z.number(),
});
export type Transcript = z.infer<typeof transcriptSchema>;

/** Words that were read from a file: not on an asset yet. */
export interface ReadTranscript {
  words: TranscriptWord[];
  language: string | null;
  /** Whole sentences on what was guessed or left out. */
  notes: string[];
}

/** Plain text of some words, for searching and for people. */
export function plainWords(words: readonly TranscriptWord[]): string {
  return joinWords(words.map(({ text }) => text));
}

/**
 * Shares a time out among the words of a text by their letters: for captions, which tell no times of words, and for
 * corrections that change the number of words. Edges are whole ms, and each word begins where the one before ends.
 */
export function spreadWords(text: string, startMs: number, endMs: number): TranscriptWord[] {
  const words = splitWords(text);
  const total = words.reduce((sum, word) => sum + word.length + 1, 0);
  let passed = 0;
  const edge = () => startMs + Math.round(((endMs - startMs) * passed) / Math.max(1, total));
  return words.map((word) => {
    const from = edge();
    passed += word.length + 1;
    return { text: word, startMs: from, endMs: edge() };
  });
}

/**
 * Other words for `count` of them from `index` on. As many words as before keep their times one by one; another number is
 * shared out over the whole time; none takes them out. Corrected words are sure, so that their confidence goes.
 * Throws `invalid-input` for words that are not there.
 */
export function correctWords(
  words: readonly TranscriptWord[],
  { index, count, text }: { index: number; count: number; text: string },
): TranscriptWord[] {
  const old = words.slice(index, index + count);
  const [first, last] = [old[0], old.at(-1)];
  if (!first || !last || old.length !== count)
    throw new AppError('invalid-input', 'These words are not in the transcript any more. Look at it again.');
  const speaker = first.speaker === undefined ? {} : { speaker: first.speaker };
  const texts = splitWords(text);
  const endMs = Math.max(...old.map((word) => word.endMs));
  const fresh =
    texts.length === old.length
      ? old.map((word, at) => ({ ...word, text: texts[at] ?? word.text }))
      : spreadWords(text, first.startMs, endMs).map((word) => ({ ...word, ...speaker }));
  const sure = fresh.map(({ confidence: _unsure, ...word }) => word);
  return [...words.slice(0, index), ...sure, ...words.slice(index + count)];
}
