// The names a TrueType file calls itself by: what libass and JASSUB match a style's font name against.
// Tables: https://learn.microsoft.com/typography/opentype/spec/name and …/os2

const nameIds = { family: 1, style: 2, fullName: 4, postscriptName: 6, typographicFamily: 16, typographicStyle: 17 };

/**
 * Reads a TTF's names and weight.
 * @param {Buffer} font
 * @returns {{ family: string, style: string, fullName: string, postscriptName: string, typographicFamily: string,
 *   typographicStyle: string, weight: number, isItalic: boolean }} `family` is name 1 ("Inter SemiBold"), the one to
 *   write into ASS; `typographicFamily` groups weights for a menu ("Inter"); weight is 100 to 900
 */
export function readFontNames(font) {
  const names = readNames(font, tableOffset(font, 'name'));
  const os2 = tableOffset(font, 'OS/2');
  const get = (key) => names.get(nameIds[key]);
  return {
    family: get('family'),
    style: get('style'),
    fullName: get('fullName'),
    postscriptName: get('postscriptName'),
    typographicFamily: get('typographicFamily') ?? get('family'),
    typographicStyle: get('typographicStyle') ?? get('style'),
    weight: font.readUInt16BE(os2 + 4),
    isItalic: (font.readUInt16BE(os2 + 62) & 1) === 1,
  };
}

function tableOffset(font, tag) {
  const count = font.readUInt16BE(4);
  for (let index = 0; index < count; index += 1) {
    const record = 12 + index * 16;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new Error(`the font has no ${tag} table`);
}

/** The Windows, Unicode, US English names by id. */
function readNames(font, table) {
  const count = font.readUInt16BE(table + 2);
  const strings = table + font.readUInt16BE(table + 4);
  const names = new Map();
  for (let index = 0; index < count; index += 1) {
    const record = table + 6 + index * 12;
    const [platform, encoding, language, id, length, offset] = [0, 2, 4, 6, 8, 10].map((at) =>
      font.readUInt16BE(record + at),
    );
    if (platform !== 3 || encoding !== 1 || language !== 0x409) continue;
    const bytes = Buffer.from(font.subarray(strings + offset, strings + offset + length));
    names.set(id, bytes.swap16().toString('utf16le'));
  }
  return names;
}
