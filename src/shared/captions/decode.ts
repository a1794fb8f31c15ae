import { malformed } from './cue.ts';

/** Text of a file, and what had to be guessed to read it (null = nothing). */
export interface Decoded {
  text: string;
  note: string | null;
}

/** Largest caption file that is read. */
export const maxCaptionBytes = 20 * 1024 * 1024;

/** Windows-1252 where it differs from Unicode (0x80 to 0x9F); gaps stand for themselves. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const chunk = 8192;

function fromUnits(units: readonly number[]): string {
  let text = '';
  for (let at = 0; at < units.length; at += chunk) text += String.fromCharCode(...units.slice(at, at + chunk));
  return text;
}

function utf16(bytes: Uint8Array, isLittle: boolean): string {
  const units: number[] = [];
  for (let at = 2; at + 1 < bytes.length; at += 2) {
    const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
    units.push(isLittle ? first | (second << 8) : (first << 8) | second);
  }
  return fromUnits(units);
}

/** Bits of a character's first byte, and how many bytes follow; null when no character begins so. */
function leading(byte: number): { bits: number; following: number; least: number } | null {
  if (byte < 0x80) return { bits: byte, following: 0, least: 0 };
  if (byte >= 0xc2 && byte <= 0xdf) return { bits: byte & 0x1f, following: 1, least: 0x80 };
  if (byte >= 0xe0 && byte <= 0xef) return { bits: byte & 0x0f, following: 2, least: 0x800 };
  if (byte >= 0xf0 && byte <= 0xf4) return { bits: byte & 0x07, following: 3, least: 0x10000 };
  return null;
}

/** Strict UTF-8; null when a byte does not fit. */
function utf8(bytes: Uint8Array, from: number): string | null {
  const units: number[] = [];
  let at = from;
  while (at < bytes.length) {
    const lead = leading(bytes[at] ?? 0);
    if (!lead) return null;
    let code = lead.bits;
    for (let n = 1; n <= lead.following; n += 1) {
      const byte = bytes[at + n];
      if (byte === undefined || (byte & 0xc0) !== 0x80) return null;
      code = (code << 6) | (byte & 0x3f);
    }
    if (code < lead.least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
    if (code < 0x10000) units.push(code);
    else units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
    at += lead.following + 1;
  }
  return fromUnits(units);
}

/**
 * The text of a caption file: UTF-8, UTF-16 with its byte order mark, otherwise Windows-1252, which is said in `note`.
 * Throws `captions-invalid` for files that are empty, too large or not text.
 */
export function decodeCaptions(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) throw malformed('the start', 'the file is empty.');
  if (bytes.length > maxCaptionBytes) throw malformed('the end', 'the file is larger than 20 MB. Divide it.');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: utf16(bytes, true), note: null };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: utf16(bytes, false), note: null };
  const zero = bytes.indexOf(0);
  if (zero >= 0)
    throw malformed(`byte ${zero + 1}`, 'this is not text. Save the captions as UTF-8 text and import them again.');
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = utf8(bytes, hasMark ? 3 : 0);
  if (text !== null) return { text, note: null };
  const units = Array.from(bytes, (byte) =>
    byte >= 0x80 && byte <= 0x9f ? windows1252.charCodeAt(byte - 0x80) : byte,
  );
  return {
    text: fromUnits(units),
    note: 'The file is not UTF-8, so it was read as Windows-1252 (Western European). If letters look wrong, save it as UTF-8.',
  };
}
