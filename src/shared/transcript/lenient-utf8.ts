/** How many bytes follow the first of a character; null when no character begins so. */
function following(byte: number): number | null {
  if (byte < 0x80) return 0;
  if (byte >= 0xc2 && byte <= 0xdf) return 1;
  if (byte >= 0xe0 && byte <= 0xef) return 2;
  return byte >= 0xf0 && byte <= 0xf4 ? 3 : null;
}

/** UTF-8 in which bytes that fit nowhere become U+FFFD, as browsers read it. */
export function lenientUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const more = following(byte);
    let code = more === 0 ? byte : byte & (0x3f >> (more ?? 0));
    let taken = 1;
    while (more !== null && taken <= more) {
      const next = bytes[at + taken];
      if (next === undefined || (next & 0xc0) !== 0x80) break;
      code = (code << 6) | (next & 0x3f);
      taken += 1;
    }
    const isWhole = more !== null && taken === more + 1 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    text += isWhole ? String.fromCodePoint(code) : '\uFFFD';
    at += taken;
  }
  return text;
}
