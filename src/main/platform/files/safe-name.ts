/** Names Windows gives to devices; a file of that name cannot be opened there, whatever its extension. */
const reservedName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;
/** Longest file name on the file systems in use, in bytes of UTF-8. */
const longestNameBytes = 255;

/**
 * Turns any text into a file name that every system takes: no separators, control or direction-changing characters, no
 * reserved names, no leading dash or dot, no trailing dot or space, at most 255 bytes (`reserveBytes` less when
 * something will be appended). The extension survives shortening. Never empty.
 */
export function safeFileName(name: string, options: { reserveBytes?: number; fallback?: string } = {}): string {
  const cleaned = name
    .normalize('NFC')
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]/g, '')
    .replaceAll(/[<>:"/\\|?*]/g, '_')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s.-]+/, '')
    .replace(/[\s.]+$/, '');
  const usable = cleaned === '' ? (options.fallback ?? 'untitled') : cleaned;
  const safe = reservedName.test(usable) ? `_${usable}` : usable;
  return shorten(safe, longestNameBytes - (options.reserveBytes ?? 0));
}

/** The start of a text that fits into so many bytes of UTF-8, without cutting a character in two. */
export function cutToBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let cut = '';
  let size = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    size += Buffer.byteLength(segment);
    if (size > bytes) break;
    cut += segment;
  }
  return cut;
}

function shorten(name: string, bytes: number): string {
  if (Buffer.byteLength(name) <= bytes) return name;
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  const stem = cutToBytes(name.slice(0, name.length - extension.length), bytes - extension.length);
  return stem.replace(/[\s.]+$/, '') + extension;
}
