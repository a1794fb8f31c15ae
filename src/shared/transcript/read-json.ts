import { z } from 'zod';
import { cleanText, malformed, maxCueMs } from '../captions/cue.ts';
import { parsedAs, parseJson } from '../captions/word-json.ts';
import { splitWords, touches } from './split-words.ts';
import { languageSchema, type ReadTranscript, spreadWords, type TranscriptWord } from './transcript.ts';

const seconds = z
  .number()
  .min(0, 'a time is 0 seconds or later')
  .max(maxCueMs / 1000, 'a time is at most 24 hours');
const ms = z.number().min(0, 'a time is 0 ms or later').max(maxCueMs, 'a time is at most 24 hours');
const unit = z.number().nullish();

const wordSchema = z.object({
  word: z.string().optional(),
  text: z.string().optional(),
  start: seconds.nullish(),
  end: seconds.nullish(),
  /** Ours, WhisperX's, faster-whisper's. */
  confidence: unit,
  score: unit,
  probability: unit,
  speaker: z.string().nullish(),
});
const segmentSchema = z.object({
  start: seconds,
  end: seconds,
  text: z.string().optional(),
  words: z.array(wordSchema).nullish(),
  speaker: z.string().nullish(),
});
const secondsSchema = z.object({
  language: z.string().nullish(),
  segments: z.array(segmentSchema).nullish(),
  words: z.array(wordSchema).nullish(),
});

const offsets = z.object({ from: ms, to: ms });
const whisperSchema = z.object({
  result: z.object({ language: z.string().nullish() }).nullish(),
  transcription: z.array(
    z.object({
      offsets,
      text: z.string(),
      speaker: z.string().nullish(),
      tokens: z.array(z.object({ text: z.string(), offsets: offsets.optional(), p: unit })).nullish(),
    }),
  ),
});

const toMs = (value: number): number => Math.round(value * 1000);
const oneLine = (text: string): string => cleanText(text).replaceAll(/\s+/gu, ' ').slice(0, 200).trim();

/** Codes as they are; OpenAI writes names. */
const languageNames: Readonly<Record<string, string>> = {
  ...{ english: 'en', german: 'de', french: 'fr', spanish: 'es', italian: 'it', portuguese: 'pt', dutch: 'nl' },
  ...{ polish: 'pl', turkish: 'tr', russian: 'ru', ukrainian: 'uk', arabic: 'ar', hindi: 'hi', swedish: 'sv' },
  ...{ chinese: 'zh', japanese: 'ja', korean: 'ko', vietnamese: 'vi', indonesian: 'id', czech: 'cs', danish: 'da' },
};

/** A language code from what a file says; null where it says none we know. */
export function languageOf(given: string | null | undefined): string | null {
  const text = (given ?? '').trim().toLowerCase().replaceAll('_', '-');
  const known = Object.hasOwn(languageNames, text) ? languageNames[text] : text;
  return known !== undefined && languageSchema.safeParse(known).success ? known : null;
}

const extras = (confidence: number | null | undefined, speaker: string | null | undefined) => {
  const name = oneLine(speaker ?? '').slice(0, 100);
  return {
    ...(typeof confidence === 'number' && Number.isFinite(confidence)
      ? { confidence: Math.min(1, Math.max(0, confidence)) }
      : {}),
    ...(name === '' ? {} : { speaker: name }),
  };
};

/** Words of a list, whatever they lack; those without times get the room between their neighbours. */
function readWords(
  list: readonly z.infer<typeof wordSchema>[],
  within: { startMs: number; endMs: number; speaker?: string | null | undefined },
  path: string,
): { words: TranscriptWord[]; guessed: number } {
  const words: TranscriptWord[] = [];
  let untimed: string[] = [];
  let guessed = 0;
  const fill = (untilMs: number) => {
    const fromMs = words.at(-1)?.endMs ?? within.startMs;
    const room = spreadWords(untimed.join(' '), fromMs, Math.max(fromMs, untilMs));
    words.push(...room.map((word) => ({ ...word, ...extras(null, within.speaker) })));
    guessed += room.length;
    untimed = [];
  };
  for (const [at, word] of list.entries()) {
    const text = oneLine(word.word ?? word.text ?? '');
    if (text === '') continue;
    const { start, end } = word;
    if (start === null || start === undefined || end === null || end === undefined) {
      untimed.push(text);
      continue;
    }
    if (end < start) throw malformed(`${path}[${at}]`, 'the word ends before it begins. Correct its times.');
    if (untimed.length > 0) fill(toMs(start));
    const confidence = word.confidence ?? word.score ?? word.probability;
    words.push({ text, startMs: toMs(start), endMs: toMs(end), ...extras(confidence, word.speaker ?? within.speaker) });
  }
  if (untimed.length > 0) fill(within.endMs);
  return { words, guessed };
}

function note(guessed: number, spread: number): string[] {
  return [
    guessed > 0 &&
      `${guessed === 1 ? '1 word has' : `${guessed} words have`} no time in the file and got the room there is.`,
    spread > 0 &&
      `${spread === 1 ? '1 sentence has' : `${spread} sentences have`} no times of words: its time was shared out by letters.`,
  ].filter((sentence) => typeof sentence === 'string');
}

function readSeconds(value: unknown): ReadTranscript {
  const { segments, words: beside, language } = parsedAs(secondsSchema, value);
  let guessed = 0;
  let spread = 0;
  const take = (read: { words: TranscriptWord[]; guessed: number }) => {
    guessed += read.guessed;
    return read.words;
  };
  // OpenAI lists the words beside the sentences; they say more.
  if (beside && beside.length > 0) {
    const endMs = toMs(Math.max(0, ...beside.map(({ end }) => end ?? 0)));
    const words = take(readWords(beside, { startMs: 0, endMs }, 'words'));
    return { words, language: languageOf(language), notes: note(guessed, 0) };
  }
  const words = (segments ?? []).flatMap((segment, at) => {
    const { start, end, speaker } = segment;
    const path = `segments[${at}]`;
    if (end < start) throw malformed(path, 'it ends before it begins. Correct its times.');
    const within = { startMs: toMs(start), endMs: toMs(end), speaker };
    if (segment.words && segment.words.length > 0) return take(readWords(segment.words, within, `${path}.words`));
    const shared = spreadWords(segment.text ?? '', within.startMs, within.endMs);
    spread += shared.length > 1 ? 1 : 0;
    return shared.map((word) => ({ ...word, ...extras(null, speaker) }));
  });
  return { words, language: languageOf(language), notes: note(guessed, spread) };
}

type Token = NonNullable<z.infer<typeof whisperSchema>['transcription'][number]['tokens']>[number];

/**
 * Words of whisper.cpp's pieces: one that begins with a space begins a word; "[_BEG_]" and the like are none. A letter of
 * several bytes may be torn between two pieces: the sentence has it whole, so that its words are taken where they match.
 */
function wordsOfTokens(tokens: readonly Token[], sentence: string): TranscriptWord[] {
  const pieces: { text: string; from: number; to: number; p: number[] }[] = [];
  for (const { text, offsets: span, p } of tokens) {
    if (/^\[_.*\]$/.test(text) || text.trim() === '' || !span) continue;
    const last = pieces.at(-1);
    const sure = typeof p === 'number' ? [p] : [];
    if (!last || /^\s/u.test(text) || touches(last.text.trimEnd(), text))
      pieces.push({ text, from: span.from, to: Math.max(span.from, span.to), p: sure });
    else {
      last.text += text;
      last.to = Math.max(last.to, span.to);
      last.p.push(...sure);
    }
  }
  const whole = splitWords(sentence);
  const isTorn = pieces.some(({ text }) => text.includes('\uFFFD'));
  if (isTorn && whole.length !== pieces.length) return [];
  return pieces.flatMap(({ text: piece, from, to, p }, at) => {
    const text = isTorn ? (whole[at] ?? '') : oneLine(piece);
    const confidence = p.length === 0 ? null : Math.min(...p);
    return text === '' ? [] : [{ text, startMs: Math.round(from), endMs: Math.round(to), ...extras(confidence, null) }];
  });
}

function readWhisper(value: unknown): ReadTranscript {
  const { result, transcription } = parsedAs(whisperSchema, value);
  let spread = 0;
  const words = transcription.flatMap(({ offsets: span, text, tokens, speaker }, at) => {
    if (span.to < span.from) throw malformed(`transcription[${at}]`, 'it ends before it begins. Correct its times.');
    const own = wordsOfTokens(tokens ?? [], text);
    if (own.length > 0) return own.map((word) => ({ ...word, ...extras(null, speaker) }));
    const shared = spreadWords(cleanText(text), Math.round(span.from), Math.round(span.to));
    spread += shared.length > 1 ? 1 : 0;
    return shared.map((word) => ({ ...word, ...extras(null, speaker) }));
  });
  return { words, language: languageOf(result?.language), notes: note(0, spread) };
}

/**
 * Reads word-timed JSON: ours, whisper.cpp's (`-oj`, `-ojf`), OpenAI's `verbose_json`, WhisperX's and their kin. Throws
 * `captions-invalid` with the line (syntax) or the JSON path (content).
 */
export function readTranscriptJson(text: string): ReadTranscript {
  const value = parseJson(text);
  const has = (key: string) => typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  if (has('transcription')) return readWhisper(value);
  if (has('segments') || has('words')) return readSeconds(value);
  throw malformed('the top', 'there is no “transcription”, “segments” or “words”. Is this the right file?');
}
