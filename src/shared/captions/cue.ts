import { AppError } from '../errors/index.ts';
import type { TextStyle, TranscriptLink } from '../model/index.ts';
import type { Ms } from '../units/index.ts';

/** A word with its own time, on the clock of its file. */
export interface CueWord {
  startMs: Ms;
  endMs: Ms;
  text: string;
}

/** One caption: words on screen from `startMs` until `endMs` (never before it) of the file's clock, whole milliseconds. */
export interface Cue {
  startMs: Ms;
  endMs: Ms;
  /** Plain words; "\n" between lines, no line empty. */
  text: string;
  /** In order, where the file tells when each word is said. */
  words?: readonly CueWord[];
  /** Who speaks, where the file says so. */
  speaker?: string;
  /** Which part of a transcript it says, where it was made from one. */
  transcript?: TranscriptLink;
}

/** The kinds of caption file read and written. */
export const captionFormats = ['srt', 'vtt', 'ass', 'json'] as const;
/** SubRip, WebVTT, Advanced SubStation (SSA is read as well), word-timed JSON. */
export type CaptionFormat = (typeof captionFormats)[number];

/** What a caption file holds. */
export interface CaptionFile {
  format: CaptionFormat;
  /** By start, then by end; they may overlap. */
  cues: Cue[];
  /** How its captions look, as far as it says so in our terms (ASS: the style that most of them use). */
  style: Partial<TextStyle> | null;
  /** Whole sentences on what was guessed or left out; empty when nothing was. */
  notes: string[];
}

/** Most captions a file may have. */
export const maxCues = 20_000;
/** Longest text of one caption: what a text clip may hold. */
export const maxCueCharacters = 5000;
/** Latest time a caption may have: 24 hours. */
export const maxCueMs = 24 * 60 * 60 * 1000;

/** What is wrong with a caption file, and where: "line 12" or a JSON path. Code `captions-invalid`. */
export function malformed(place: string, what: string): AppError {
  return new AppError('captions-invalid', `This caption file cannot be read. At ${place}: ${what}`, {
    details: { place, what },
  });
}

/** What stands on a line, short enough for a message. */
export function quoted(text: string): string {
  const shown = text.trim();
  return `“${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}”`;
}

/** Words as a cue holds them: no control characters, lines trimmed, empty ones left out. */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?|\u2028|\u2029/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/(?!\n)\p{Cc}|\uFEFF/gu, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Checks a cue's times and length; `place` says where it stands. Throws `captions-invalid`. */
export function checkCue({ startMs, endMs, text }: Cue, place: string): void {
  if (endMs < startMs) throw malformed(place, 'the caption ends before it begins. Correct its times.');
  if (endMs > maxCueMs) throw malformed(place, 'the time is beyond 24 hours. Correct it.');
  if (text.length > maxCueCharacters)
    throw malformed(place, `the caption has more than ${maxCueCharacters} characters. Divide it.`);
}

/** Puts a file together: cues in order, empty ones left out and told. Throws `captions-invalid` when none is left. */
export function captionFile(
  format: CaptionFormat,
  cues: readonly Cue[],
  rest: { style?: Partial<TextStyle> | null; notes?: readonly string[] } = {},
): CaptionFile {
  const kept = cues.filter(({ text }) => text !== '');
  if (kept.length === 0) throw malformed('the end', 'there was no caption with words in it. Is this the right file?');
  if (kept.length > maxCues) throw malformed('the end', `there are more than ${maxCues} captions. Divide the file.`);
  const empty = cues.length - kept.length;
  const notes = [...(rest.notes ?? [])];
  if (empty > 0) notes.push(empty === 1 ? 'One caption had no words.' : `${empty} captions had no words.`);
  const inOrder = kept.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  return { format, cues: inOrder, style: rest.style ?? null, notes };
}
