/** What a font file says of the room its characters take. Lengths are parts of an em. */
export interface FontMetrics {
  /** Height of a line, and what its size means in ASS: `sizePx` = em × this. */
  lineHeight: number;
  /** Width of a character without kerning; null when the font cannot draw it. */
  advance: (codePoint: number) => number | null;
}

type GlyphIds = (codePoint: number) => number;

/** Character maps of the two usual kinds (OpenType 1.9, `cmap`, formats 4 and 12); 0 = no such glyph. */
function readGlyphIds(font: DataView, cmap: number): GlyphIds {
  const maps: GlyphIds[] = [];
  for (let index = 0; index < font.getUint16(cmap + 2); index += 1) {
    const at = cmap + font.getUint32(cmap + 4 + index * 8 + 4);
    const format = font.getUint16(at);
    if (format === 4) maps.push(segmentIds(font, at));
    if (format === 12) maps.push(groupIds(font, at));
  }
  return (codePoint) => {
    for (const idOf of maps) {
      const id = idOf(codePoint);
      if (id !== 0) return id;
    }
    return 0;
  };
}

function segmentIds(font: DataView, at: number): GlyphIds {
  const doubled = font.getUint16(at + 6);
  const ends = at + 14;
  const starts = ends + doubled + 2;
  const deltas = starts + doubled;
  const offsets = deltas + doubled;
  return (codePoint) => {
    if (codePoint > 0xffff) return 0;
    for (let segment = 0; segment < doubled; segment += 2) {
      if (font.getUint16(ends + segment) < codePoint) continue;
      const start = font.getUint16(starts + segment);
      if (start > codePoint) return 0;
      const delta = font.getUint16(deltas + segment);
      const offset = font.getUint16(offsets + segment);
      if (offset === 0) return (codePoint + delta) & 0xffff;
      const glyphAt = offsets + segment + offset + (codePoint - start) * 2;
      const id = glyphAt + 2 <= font.byteLength ? font.getUint16(glyphAt) : 0;
      return id === 0 ? 0 : (id + delta) & 0xffff;
    }
    return 0;
  };
}

function groupIds(font: DataView, at: number): GlyphIds {
  const groups = font.getUint32(at + 12);
  return (codePoint) => {
    for (let group = 0; group < groups; group += 1) {
      const from = at + 16 + group * 12;
      if (codePoint < font.getUint32(from)) return 0;
      if (codePoint <= font.getUint32(from + 4)) return font.getUint32(from + 8) + codePoint - font.getUint32(from);
    }
    return 0;
  };
}

function tablesOf(font: DataView): Map<string, number> {
  const tables = new Map<string, number>();
  for (let table = 0; table < font.getUint16(4); table += 1) {
    const at = 12 + table * 16;
    const name = String.fromCharCode(...[0, 1, 2, 3].map((index) => font.getUint8(at + index)));
    tables.set(name, font.getUint32(at + 8));
  }
  return tables;
}

/**
 * Reads a TrueType or OpenType font's widths and line height, as libass takes them: the line is `usWinAscent` and
 * `usWinDescent` of OS/2 high, or what `hhea` says where those are absent. Null when it is not such a font.
 */
export function readFontMetrics(bytes: Uint8Array): FontMetrics | null {
  try {
    const font = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const tables = tablesOf(font);
    const [head, hhea, hmtx, cmap, os2] = ['head', 'hhea', 'hmtx', 'cmap', 'OS/2'].map((name) => tables.get(name));
    if (head === undefined || hhea === undefined || hmtx === undefined || cmap === undefined) return null;
    const unitsPerEm = font.getUint16(head + 18);
    const windows = os2 === undefined ? 0 : font.getUint16(os2 + 74) + font.getUint16(os2 + 76);
    const line = windows || font.getInt16(hhea + 4) - font.getInt16(hhea + 6);
    const count = font.getUint16(hhea + 34);
    const glyphIds = readGlyphIds(font, cmap);
    const known = new Map<number, number | null>();
    return {
      lineHeight: line / unitsPerEm,
      advance: (codePoint) => {
        let width = known.get(codePoint);
        if (width === undefined) {
          const id = glyphIds(codePoint);
          width = id === 0 ? null : font.getUint16(hmtx + Math.min(id, count - 1) * 4) / unitsPerEm;
          known.set(codePoint, width);
        }
        return width;
      },
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
