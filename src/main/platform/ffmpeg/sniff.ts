/** What the first bytes of a file say it is. */
export type Sniffed =
  | { kind: 'playlist'; name: string }
  /** A picture; `demuxer` reads exactly one of it. */
  | { kind: 'picture'; demuxer: string }
  /** Certainly a media container, so a failure to read it means damage. */
  | { kind: 'container' }
  | { kind: 'unknown' };

/** Texts that make ffmpeg open other files or addresses. */
const playlists: readonly [RegExp, string][] = [
  [/^\s*#EXTM3U/, 'M3U playlist'],
  [/^\s*#EXT-X-/, 'M3U playlist'],
  [/^\s*ffconcat\b/, 'ffmpeg concat list'],
  [/^\s*(#[^\n]*\n\s*)*file\s+['"]?\S/, 'ffmpeg concat list'],
  [/^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<MPD[\s>]/, 'DASH manifest'],
  [/^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<(smil|playlist|asx|AssetMap|CompositionPlaylist)[\s>]/i, 'playlist'],
  [/^\s*;FFMETADATA/, 'ffmpeg metadata file'],
  [/^\s*v=0\r?\n/, 'SDP session'],
  [/^\s*\[(playlist|Reference)\]/i, 'playlist'],
  [/^\s*\[InternetShortcut\]/i, 'web shortcut'],
  [/^\s*# VobSub index file/, 'VobSub index'],
];

const pictures: readonly [number, string, string][] = [
  [0, '\x89PNG\r\n\x1a\n', 'png_pipe'],
  [0, '\xff\xd8\xff', 'jpeg_pipe'],
  [0, 'GIF8', 'gif'],
  [8, 'WEBP', 'webp_pipe'],
  [0, 'BM', 'bmp_pipe'],
  [0, 'II*\0', 'tiff_pipe'],
  [0, 'MM\0*', 'tiff_pipe'],
  [0, '\0\0\0\x0cJXL ', 'jpegxl_pipe'],
  [0, '\xff\x0a', 'jpegxl_pipe'],
  [0, '\0\0\0\x0cjP  ', 'j2k_pipe'],
  [0, '8BPS', 'psd_pipe'],
  [0, '\x76\x2f\x31\x01', 'exr_pipe'],
];

const containers: readonly [number, string][] = [
  [4, 'ftyp'],
  [4, 'moov'],
  [4, 'mdat'],
  [4, 'wide'],
  [4, 'free'],
  [4, 'skip'],
  [0, '\x1a\x45\xdf\xa3'],
  [0, 'RIFF'],
  [0, 'RF64'],
  [0, 'OggS'],
  [0, 'FLV'],
  [0, 'fLaC'],
  [0, 'ID3'],
  [0, 'FORM'],
  [0, 'caff'],
  [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11'],
  [0, '\0\0\x01\xba'],
  [0, '\x06\x0e\x2b\x34'],
];

/** Looks at the first bytes (4 KB are plenty). Pure. */
export function sniff(head: Uint8Array): Sniffed {
  const bytes = Buffer.from(head).toString('latin1');
  const hasMagic = (offset: number, magic: string) => bytes.startsWith(magic, offset);
  const picture = pictures.find(([offset, magic]) => hasMagic(offset, magic));
  if (picture !== undefined) return { kind: 'picture', demuxer: picture[2] };
  if (containers.some(([offset, magic]) => hasMagic(offset, magic))) return { kind: 'container' };
  const text = decodeText(head);
  const playlist = playlists.find(([pattern]) => pattern.test(text));
  return playlist === undefined ? { kind: 'unknown' } : { kind: 'playlist', name: playlist[1] };
}

/** Text in whatever encoding its first bytes announce. */
function decodeText(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(head);
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(head);
  return new TextDecoder('utf-8').decode(head);
}
