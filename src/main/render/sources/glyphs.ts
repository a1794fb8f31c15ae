import { readFile } from 'node:fs/promises';
import { toFileError } from '#main/platform/files/index.ts';

/** True for code points that a font draws. */
export type HasGlyph = (codePoint: number) => boolean;

/** Reads a TrueType or OpenType font's character map (OpenType 1.9, `cmap`, formats 4 and 12). */
export function readCharacterMap(font: Buffer): HasGlyph {
  const tableCount = font.readUInt16BE(4);
  let cmap = -1;
  for (let table = 0; table < tableCount; table += 1) {
    const at = 12 + table * 16;
    if (font.toString('latin1', at, at + 4) === 'cmap') cmap = font.readUInt32BE(at + 8);
  }
  if (cmap < 0) return () => false;
  const maps: HasGlyph[] = [];
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index += 1) {
    const at = cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4);
    const format = font.readUInt16BE(at);
    if (format === 4) maps.push(segmentMap(font, at));
    if (format === 12) maps.push(groupMap(font, at));
  }
  return (codePoint) => maps.some((has) => has(codePoint));
}

function segmentMap(font: Buffer, at: number): HasGlyph {
  const doubled = font.readUInt16BE(at + 6);
  const ends = at + 14;
  const starts = ends + doubled + 2;
  const deltas = starts + doubled;
  const offsets = deltas + doubled;
  return (codePoint) => {
    if (codePoint > 0xffff) return false;
    for (let segment = 0; segment < doubled; segment += 2) {
      if (font.readUInt16BE(ends + segment) < codePoint) continue;
      const start = font.readUInt16BE(starts + segment);
      if (start > codePoint) return false;
      const delta = font.readUInt16BE(deltas + segment);
      const offset = font.readUInt16BE(offsets + segment);
      if (offset === 0) return ((codePoint + delta) & 0xffff) !== 0;
      const glyphAt = offsets + segment + offset + (codePoint - start) * 2;
      return glyphAt + 2 <= font.length && font.readUInt16BE(glyphAt) !== 0;
    }
    return false;
  };
}

function groupMap(font: Buffer, at: number): HasGlyph {
  const groups = font.readUInt32BE(at + 12);
  return (codePoint) => {
    for (let group = 0; group < groups; group += 1) {
      const from = at + 16 + group * 12;
      if (codePoint < font.readUInt32BE(from)) return false;
      if (codePoint <= font.readUInt32BE(from + 4)) return font.readUInt32BE(from + 8) + codePoint > 0;
    }
    return false;
  };
}

/** Invisible marks that libass never looks up in a font. */
const invisible = /\p{Cc}|\p{Cf}|\p{Z}|\ufe0e|\ufe0f/u;

/** Characters of a text that a font does not have, each once. */
export function missingGlyphs(text: string, has: HasGlyph): string[] {
  const characters = new Set([...text].filter((character) => !invisible.test(character)));
  return [...characters].filter((character) => !has(character.codePointAt(0) ?? 0));
}

/** The character map of a font file. */
export async function loadCharacterMap(path: string): Promise<HasGlyph> {
  try {
    return readCharacterMap(await readFile(path));
  } catch (error) {
    throw toFileError(error, path, 'read');
  }
}
