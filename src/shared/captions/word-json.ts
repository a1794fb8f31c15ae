import { z } from 'zod';
import {
  type CaptionFile,
  type Cue,
  type CueWord,
  captionFile,
  checkCue,
  cleanText,
  malformed,
  maxCueMs,
} from './cue.ts';
import { groupWords } from './group-words.ts';

const seconds = z
  .number()
  .min(0, 'a time is 0 seconds or later')
  .max(maxCueMs / 1000, 'a time is at most 24 hours');
const ms = z.number().min(0, 'a time is 0 ms or later').max(maxCueMs, 'a time is at most 24 hours');

/** A word as OpenAI (`word`) and others (`text`) write it; aligners leave out times of what they did not hear. */
const wordSchema = z.object({
  word: z.string().optional(),
  text: z.string().optional(),
  start: seconds.nullish(),
  end: seconds.nullish(),
});
const secondsSchema = z.object({
  segments: z
    .array(
      z.object({
        start: seconds,
        end: seconds,
        text: z.string(),
        words: z.array(wordSchema).nullish(),
        speaker: z.string().nullish(),
      }),
    )
    .nullish(),
  words: z.array(wordSchema).nullish(),
});

const offsets = z.object({ from: ms, to: ms });
const whisperSchema = z.object({
  transcription: z.array(
    z.object({
      offsets,
      text: z.string(),
      tokens: z.array(z.object({ text: z.string(), offsets: offsets.optional() })).nullish(),
    }),
  ),
});

/** "segments[3].start" */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text === '' ? '' : '.'}${String(part)}`),
    '',
  );
}

/** A value of this shape. Throws `captions-invalid` with the JSON path of the first thing that is not. */
export function parsedAs<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw malformed(pathText(issue?.path ?? []) || 'the top', `${issue?.message ?? 'that is not captions'}.`);
}

/** The value of a JSON text. Throws `captions-invalid` with the line it goes wrong on, as far as the engine tells. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    const at = /position (\d+)/.exec(reason)?.[1];
    const line = at === undefined ? text.split('\n').length : text.slice(0, Number(at)).split('\n').length;
    throw malformed(`line ${line}`, 'this is not valid JSON (a comma, quote or bracket is missing or too many).');
  }
}

const toMs = (value: number): number => Math.round(value * 1000);

function wordsOf(words: readonly z.infer<typeof wordSchema>[], path: string): CueWord[] {
  return words.flatMap((word, at) => {
    const text = cleanText(word.word ?? word.text ?? '').replaceAll('\n', ' ');
    const { start, end } = word;
    if (text === '' || start === null || start === undefined || end === null || end === undefined) return [];
    if (end < start) throw malformed(`${path}[${at}]`, 'the word ends before it begins. Correct its times.');
    return [{ startMs: toMs(start), endMs: toMs(end), text }];
  });
}

/** A cue's words are kept only when every one of them has its time. */
function withWords(cue: Cue, words: readonly CueWord[], wanted: number): Cue {
  return words.length > 0 && words.length === wanted ? { ...cue, words } : cue;
}

function readSeconds(value: unknown): Cue[] {
  const { segments, words } = parsedAs(secondsSchema, value);
  const all = wordsOf(words ?? [], 'words');
  if (!segments || segments.length === 0) return groupWords(all);
  return segments.map((segment, at) => {
    const place = `segments[${at}]`;
    const cue: Cue = {
      startMs: toMs(segment.start),
      endMs: toMs(segment.end),
      text: cleanText(segment.text),
      ...(segment.speaker ? { speaker: cleanText(segment.speaker) } : {}),
    };
    checkCue(cue, place);
    if (segment.words) return withWords(cue, wordsOf(segment.words, `${place}.words`), segment.words.length);
    // OpenAI lists the words beside the sentences: they belong where their middle lies.
    const own = all.filter(({ startMs, endMs }) => {
      const middle = (startMs + endMs) / 2;
      return middle >= cue.startMs && middle < cue.endMs;
    });
    return withWords(cue, own, own.length);
  });
}

type Token = { text: string; offsets?: { from: number; to: number } | undefined };

/** Words of whisper.cpp's pieces: a piece that begins with a space begins a word; "[_BEG_]" and the like are no words. */
function wordsOfTokens(tokens: readonly Token[]): CueWord[] {
  const words: CueWord[] = [];
  for (const { text, offsets: span } of tokens) {
    if (/^\[_.*\]$/.test(text) || text.trim() === '' || !span) continue;
    const last = words.at(-1);
    if (!last || /^\s/.test(text)) words.push({ startMs: span.from, endMs: span.to, text });
    else words[words.length - 1] = { ...last, endMs: Math.max(last.endMs, span.to), text: last.text + text };
  }
  return words.flatMap(({ startMs, endMs, text }) => {
    const whole = cleanText(text);
    return whole === ''
      ? []
      : [{ startMs: Math.round(startMs), endMs: Math.round(Math.max(startMs, endMs)), text: whole }];
  });
}

function readWhisper(value: unknown): Cue[] {
  return parsedAs(whisperSchema, value).transcription.map(({ offsets: span, text, tokens }, at) => {
    const cue = { startMs: Math.round(span.from), endMs: Math.round(span.to), text: cleanText(text) };
    checkCue(cue, `transcription[${at}]`);
    const words = wordsOfTokens(tokens ?? []);
    return withWords(cue, words, words.length);
  });
}

/**
 * Reads word-timed JSON. Accepted shapes:
 * - whisper.cpp (`-oj`, `-ojf`): `{ transcription: [{ offsets: { from, to }, text, tokens?: [{ text, offsets }] }] }`, ms;
 * - OpenAI `verbose_json`, whisperX and our own: `{ segments: [{ start, end, text, words?, speaker? }], words? }`, with
 *   words as `{ word | text, start, end }`, seconds. Words alone, without segments, are grouped into short captions.
 * Throws `captions-invalid` with the line (syntax) or the JSON path (content).
 */
export function readJson(text: string): CaptionFile {
  const value = parseJson(text);
  const has = (key: string) => typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  if (has('transcription')) return captionFile('json', readWhisper(value));
  if (has('segments') || has('words')) return captionFile('json', readSeconds(value));
  throw malformed('the top', 'there is no “transcription”, “segments” or “words”. Is this the right file?');
}

const toSeconds = (value: number): number => value / 1000;

/** Word-timed JSON of these cues: `segments` with their words, seconds; what {@link readJson} reads. */
export function writeJson(cues: readonly Cue[]): string {
  const segments = cues.map(({ startMs, endMs, text, words, speaker }) => ({
    start: toSeconds(startMs),
    end: toSeconds(endMs),
    text,
    ...(speaker === undefined ? {} : { speaker }),
    ...(words === undefined
      ? {}
      : {
          words: words.map((word) => ({ word: word.text, start: toSeconds(word.startMs), end: toSeconds(word.endMs) })),
        }),
  }));
  return `${JSON.stringify({ segments }, null, 2)}\n`;
}
