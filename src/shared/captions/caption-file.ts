import { assertNever } from '../errors/index.ts';
import { type TextStyle, textStyleSchema } from '../model/index.ts';
import { readAss } from './ass-read.ts';
import { writeAss } from './ass-write.ts';
import { type CaptionFile, type CaptionFormat, type Cue, malformed } from './cue.ts';
import { decodeCaptions } from './decode.ts';
import { readSrt, writeSrt } from './srt.ts';
import { readVtt, writeVtt } from './vtt.ts';
import { readJson, writeJson } from './word-json.ts';

/** What a text is by its own words; a file's name may lie. Null when it is none of our kinds. */
export function formatOfCaptions(text: string): CaptionFormat | null {
  if (/^WEBVTT(\s|$)/.test(text)) return 'vtt';
  if (/^\s*\[Script Info\]/im.test(text) && /^\s*(\[Events\]|Dialogue:)/im.test(text)) return 'ass';
  if (/^\s*[{[]/.test(text) && !/^\s*\[[^\]\n]*\]\s*$/m.test(text.slice(0, 200))) return 'json';
  return text.includes('-->') ? 'srt' : null;
}

/**
 * Reads a caption file of any kind we know, told by its content. Throws `captions-invalid`, naming the line or JSON path and
 * what is wrong; guesses and omissions are sentences in `notes`.
 */
export function readCaptions(bytes: Uint8Array): CaptionFile {
  const { text, note } = decodeCaptions(bytes);
  const format = formatOfCaptions(text);
  const file = format === null ? null : readText(text, format);
  if (!file) throw malformed('line 1', 'this is no SRT, WebVTT, ASS, SSA or word-timed JSON file.');
  return note === null ? file : { ...file, notes: [note, ...file.notes] };
}

function readText(text: string, format: CaptionFormat): CaptionFile {
  switch (format) {
    case 'srt':
      return readSrt(text);
    case 'vtt':
      return readVtt(text);
    case 'ass':
      return readAss(text);
    case 'json':
      return readJson(text);
    default:
      return assertNever(format);
  }
}

/** A caption file of these cues; `style` is said where the format can (ASS). */
export function writeCaptions(cues: readonly Cue[], format: CaptionFormat, style?: TextStyle): string {
  switch (format) {
    case 'srt':
      return writeSrt(cues);
    case 'vtt':
      return writeVtt(cues);
    case 'ass':
      return writeAss(cues, style ?? textStyleSchema.parse({}));
    case 'json':
      return writeJson(cues);
    default:
      return assertNever(format);
  }
}
