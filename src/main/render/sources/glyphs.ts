import { readFontMetrics } from '#shared/model/index.ts';

/** True for code points that a font draws. */
export type HasGlyph = (codePoint: number) => boolean;

/** What a font draws, by its character map; nothing when it cannot be read. */
export function readCharacterMap(font: Uint8Array): HasGlyph {
  const metrics = readFontMetrics(font);
  return (codePoint) => (metrics?.advance(codePoint) ?? null) !== null;
}

/** Invisible marks that libass never looks up in a font. */
const invisible = /\p{Cc}|\p{Cf}|\p{Z}|\ufe0e|\ufe0f/u;

/** Characters of a text that a font does not have, each once. */
export function missingGlyphs(text: string, has: HasGlyph): string[] {
  const characters = new Set([...text].filter((character) => !invisible.test(character)));
  return [...characters].filter((character) => !has(character.codePointAt(0) ?? 0));
}
