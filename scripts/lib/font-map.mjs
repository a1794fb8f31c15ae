// Character maps of TrueType files, see https://learn.microsoft.com/typography/opentype/spec/cmap

/**
 * Takes away the Windows map that ends at U+FFFF where there is a whole one beside it: libass uses the first of the two,
 * and would find no emoji. Returns a new file; checksums fit.
 * @param {Buffer} font
 * @returns {Buffer}
 */
export function withWholeMapOnly(font) {
  const file = Buffer.from(font);
  const cmap = tableRecord(file, 'cmap');
  const start = file.readUInt32BE(cmap + 8);
  const maps = [];
  for (let index = 0; index < file.readUInt16BE(start + 2); index += 1) {
    maps.push(file.subarray(start + 4 + index * 8, start + 12 + index * 8).toString('hex'));
  }
  const isWindows = (map, encoding) => map.startsWith(`0003${encoding.toString(16).padStart(4, '0')}`);
  if (!maps.some((map) => isWindows(map, 10))) throw new Error('the font has no whole character map');
  const kept = maps.filter((map) => !isWindows(map, 1));
  file.writeUInt16BE(kept.length, start + 2);
  for (const [index, map] of kept.entries()) file.write(map, start + 4 + index * 8, 'hex');
  file.writeUInt32BE(checksum(file, start, file.readUInt32BE(cmap + 12)), cmap + 4);
  const adjustment = file.readUInt32BE(tableRecord(file, 'head') + 8) + 8;
  file.writeUInt32BE(0, adjustment);
  file.writeUInt32BE((0xb1b0afba - checksum(file, 0, file.length)) >>> 0, adjustment);
  return file;
}

function tableRecord(font, tag) {
  const count = font.readUInt16BE(4);
  for (let index = 0; index < count; index += 1) {
    const record = 12 + index * 16;
    if (font.toString('latin1', record, record + 4) === tag) return record;
  }
  throw new Error(`the font has no ${tag} table`);
}

/** The sum of a table's 32-bit numbers, filled up with zeros. */
function checksum(font, start, length) {
  let sum = 0;
  for (let at = start; at < start + length; at += 4) {
    const rest = Math.min(4, font.length - at);
    sum = (sum + (rest === 4 ? font.readUInt32BE(at) : font.readUIntBE(at, rest) * 256 ** (4 - rest))) >>> 0;
  }
  return sum;
}
