import type { FontFace } from './font-face.ts';
import { readFontMetrics } from './font-metrics.ts';

/** The names a font file calls itself by, as {@link FontFace} has them. */
export type FontNames = Omit<FontFace, 'file' | 'metrics' | 'hash'>;

/** What a file is: a font that texts can be set in, or why it is not, as a sentence with what to do. */
export type ReadFont = { names: FontNames } | { flaw: string };

const familyId = 1;
const styleId = 2;
const typographicFamilyId = 16;

function tag(font: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => font.getUint8(at + index)));
}

function tablesOf(font: DataView): Map<string, number> {
  const tables = new Map<string, number>();
  for (let table = 0; table < font.getUint16(4); table += 1)
    tables.set(tag(font, 12 + table * 16), font.getUint32(12 + table * 16 + 8));
  return tables;
}

/** Names by id (OpenType 1.9, `name`): the Windows ones in English, else in any language. */
function namesOf(font: DataView, table: number): Map<number, string> {
  const strings = table + font.getUint16(table + 4);
  const names = new Map<number, string>();
  const english = new Set<number>();
  for (let index = 0; index < font.getUint16(table + 2); index += 1) {
    const at = table + 6 + index * 12;
    const [platform = 0, encoding = 0, language = 0, id = 0, length = 0, offset = 0] = [0, 2, 4, 6, 8, 10].map((part) =>
      font.getUint16(at + part),
    );
    if (platform !== 3 || (encoding !== 1 && encoding !== 10) || english.has(id)) continue;
    if (names.has(id) && language !== 0x409) continue;
    const units = Array.from({ length: length >> 1 }, (_, unit) => font.getUint16(strings + offset + unit * 2));
    names.set(id, String.fromCharCode(...units).trim());
    if (language === 0x409) english.add(id);
  }
  return names;
}

const kinds: Readonly<Record<string, string>> = {
  wOFF: 'This is a font for web pages (WOFF). Add it as TTF or OTF.',
  wOF2: 'This is a font for web pages (WOFF2). Add it as TTF or OTF.',
  ttcf: 'This file holds several fonts (a collection). Add them as single TTF or OTF files.',
};
const versions: ReadonlySet<string> = new Set(['\u0000\u0001\u0000\u0000', 'true', 'OTTO']);

/** "fsType" of OS/2: 2 alone forbids to put the font into anything that is passed on. */
function forbidsEmbedding(fsType: number): boolean {
  return (fsType & 0xf) === 2;
}

/** Reads what a TrueType or OpenType file says of itself, and whether texts can be set in it. */
export function readFont(bytes: Uint8Array): ReadFont {
  const damaged = { flaw: 'This font is damaged: parts of it are missing. Get it once more from where it comes from.' };
  try {
    const font = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.byteLength < 12) return { flaw: 'This is not a font. Add a TTF or OTF file.' };
    const version = tag(font, 0);
    if (kinds[version]) return { flaw: kinds[version] };
    if (!versions.has(version)) return { flaw: 'This is not a font. Add a TTF or OTF file.' };
    return readSound(font, bytes) ?? damaged;
  } catch (error) {
    if (error instanceof RangeError) return damaged;
    throw error;
  }
}

function readSound(font: DataView, bytes: Uint8Array): ReadFont | null {
  const tables = tablesOf(font);
  if (tables.has('fvar'))
    return {
      flaw: 'This is a variable font, whose weights are not drawn alike everywhere. Add its static files, one per weight.',
    };
  const [name, os2] = [tables.get('name'), tables.get('OS/2')];
  if (name === undefined || os2 === undefined) return null;
  const names = namesOf(font, name);
  const family = names.get(familyId) ?? '';
  if (family === '') return { flaw: 'This font does not say the name of its family, so no text could ask for it.' };
  if (forbidsEmbedding(font.getUint16(os2 + 8)))
    return {
      flaw: 'The makers of this font forbid it to be part of anything that is passed on. Use another one, or ask them for a licence.',
    };
  if (!readFontMetrics(bytes))
    return { flaw: 'This font has no table of its letters that can be read. Add it as TTF or OTF of another source.' };
  return {
    names: {
      family,
      style: names.get(styleId) ?? 'Regular',
      typographicFamily: names.get(typographicFamilyId) ?? family,
      weight: Math.min(900, Math.max(100, font.getUint16(os2 + 4))),
      isItalic: (font.getUint16(os2 + 62) & 1) === 1,
    },
  };
}
