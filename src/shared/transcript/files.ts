import { malformed } from '../captions/cue.ts';
import { decodeCaptions } from '../captions/decode.ts';
import { type CaptionFormat, formatOfCaptions, readCaptions, writeCaptions } from '../captions/index.ts';
import { AppError } from '../errors/index.ts';
import { type CaptionGrouping, groupTranscript } from './group.ts';
import { lenientUtf8 } from './lenient-utf8.ts';
import { readTranscriptJson } from './read-json.ts';
import {
  maxTranscriptWords,
  type ReadTranscript,
  spreadWords,
  type Transcript,
  type TranscriptWord,
} from './transcript.ts';

/** Ways a transcript is written. */
export const transcriptFormats = ['json', 'srt', 'vtt'] as const satisfies readonly CaptionFormat[];
export type TranscriptFormat = (typeof transcriptFormats)[number];

/** Words that follow one another: by their start, none of them beginning before the one it stands behind. */
function inOrder(words: readonly TranscriptWord[]): TranscriptWord[] {
  return words.toSorted((a, b) => a.startMs - b.startMs);
}

/** Captions tell when a sentence is said, not each word: its time is shared out by letters. */
function fromCaptions(bytes: Uint8Array): ReadTranscript {
  const { cues, notes } = readCaptions(bytes);
  const words = cues.flatMap(({ startMs, endMs, text, speaker }) =>
    spreadWords(text, startMs, endMs).map((word) => (speaker ? { ...word, speaker: speaker.slice(0, 100) } : word)),
  );
  return {
    words,
    language: null,
    notes: [...notes, 'Captions tell no times of words: they were shared out by letters.'],
  };
}

/**
 * Reads a transcript from a file of any kind we know, told by its content: word-timed JSON, or captions (SRT, WebVTT, ASS).
 * Throws `captions-invalid`, naming the line or JSON path and what is wrong.
 */
export function readTranscript(bytes: Uint8Array): ReadTranscript {
  const { text, note } = decoded(bytes);
  const isJson = formatOfCaptions(text) === 'json' || /^\s*[{[]/.test(text);
  const read = isJson ? readTranscriptJson(text) : fromCaptions(bytes);
  const words = inOrder(read.words);
  if (words.length === 0) throw malformed('the end', 'there was no word in it. Is this the right file?');
  if (words.length > maxTranscriptWords)
    throw malformed('the end', `there are more than ${maxTranscriptWords} words. Divide the file.`);
  return { words, language: read.language, notes: isJson && note !== null ? [note, ...read.notes] : read.notes };
}

/** Text of the file; whisper.cpp may tear a letter of several bytes between two pieces, which is no other encoding. */
function decoded(bytes: Uint8Array): { text: string; note: string | null } {
  const read = decodeCaptions(bytes);
  if (read.note === null) return read;
  const text = lenientUtf8(bytes);
  return /"transcription"\s*:/.test(text.slice(0, 100_000)) ? { text, note: null } : read;
}

/** Our own word-timed JSON: seconds; what {@link readTranscript} reads without loss. */
function writeJson({ language, words }: Pick<Transcript, 'language' | 'words'>): string {
  const lines = words.map(({ text, startMs, endMs, ...rest }) =>
    JSON.stringify({ word: text, start: startMs / 1000, end: endMs / 1000, ...rest }),
  );
  return `{\n  "language": ${JSON.stringify(language)},\n  "words": [\n    ${lines.join(',\n    ')}\n  ]\n}\n`;
}

/** A transcript as a file. Captions are grouped as `grouping` says. Throws `invalid-input` when there are no words. */
export function writeTranscript(
  transcript: Pick<Transcript, 'language' | 'words'>,
  format: TranscriptFormat,
  grouping?: CaptionGrouping,
): string {
  if (transcript.words.length === 0) throw new AppError('invalid-input', 'There are no words to write.');
  if (format === 'json') return writeJson(transcript);
  return writeCaptions(groupTranscript(transcript.words, grouping), format);
}
