import { extname } from 'node:path';

/** What a file is by its first bytes (and, for text alone, its name). */
export type Content =
  | { is: 'media' }
  | { is: 'heic' }
  | { is: 'caption'; container: 'srt' | 'vtt' | 'ass' | 'json' }
  | { is: 'document'; container: string }
  /** Opens other files or addresses when played. */
  | { is: 'playlist'; name: string }
  | { is: 'svg' }
  | { is: 'text' };

const documentTypes: Readonly<Record<string, string>> = {
  '.txt': 'text',
  '.md': 'text',
  '.json': 'json',
  '.csv': 'csv',
  '.rtf': 'rtf',
};
/** Transcripts with times: whisper.cpp, OpenAI's verbose_json and their kin. */
const wordTimed = /^\s*\{[\s\S]*"(?:transcription|segments|words)"\s*:\s*\[\s*\{[\s\S]*?"(?:start|offsets|timestamps)"/;
/** ISO-BMFF brands whose pictures are HEVC-coded (ISO/IEC 23008-12). */
const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx']);

/** Texts that make a player open something else; the name is for people. */
const pointers: readonly [RegExp, string][] = [
  [/^\s*#EXT(M3U|-X-|INF)/, 'an M3U playlist'],
  [/^\s*ffconcat\b/, 'an ffmpeg file list'],
  [/^\s*(#[^\n]*\n\s*)*file\s+['"]?\S/, 'an ffmpeg file list'],
  [/^\s*;FFMETADATA/, 'an ffmpeg metadata file'],
  [/^\s*v=0\r?\n/, 'an SDP session'],
  [/^\s*\[(playlist|Reference|InternetShortcut)\]/i, 'a playlist or web shortcut'],
  [/^\s*RTSPtext/i, 'an RTSP reference'],
  [/^\s*# VobSub index file/, 'a VobSub index'],
  [/<(MPD|smil|playlist|asx|AssetMap|CompositionPlaylist|SmoothStreamingMedia|embed)[\s>]/i, 'a streaming manifest'],
];

/** Longest leading part that is looked at; a caller reads this much. */
export const headBytes = 64 * 1024;

/** Decides what a file is. Only text is judged by its name as well; media goes on to ffprobe whatever it is called. */
export function classifyContent(head: Buffer, name: string): Content {
  const extension = extname(name).toLowerCase();
  if (head.subarray(0, 1024).includes('%PDF-')) return { is: 'document', container: 'pdf' };
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return zipContent(extension);
  if (isHeic(head)) return { is: 'heic' };
  const text = decodeText(skipId3(head));
  if (text === null) return { is: 'media' };
  if (/<svg[\s>]/i.test(text.slice(0, 4096))) return { is: 'svg' };
  const pointer = pointers.find(([pattern]) => pattern.test(text.slice(0, 8192)));
  if (pointer !== undefined) return { is: 'playlist', name: pointer[1] };
  return textContent(text, extension);
}

function textContent(text: string, extension: string): Content {
  const start = text.replace(/^\uFEFF/, '');
  if (/^\{\\rtf/.test(start)) return { is: 'document', container: 'rtf' };
  if (/^WEBVTT($|[\s])/.test(start)) return { is: 'caption', container: 'vtt' };
  if (/^\s*\[Script Info\]/i.test(start)) return { is: 'caption', container: 'ass' };
  if (extension === '.srt' && /\d:\d\d(?:[,.]\d+)?\s*-->/.test(start)) return { is: 'caption', container: 'srt' };
  if (extension === '.json' && wordTimed.test(start)) return { is: 'caption', container: 'json' };
  const container = documentTypes[extension];
  return container === undefined ? { is: 'text' } : { is: 'document', container };
}

function zipContent(extension: string): Content {
  const isOffice = ['.docx', '.pptx', '.xlsx', '.odt', '.odp'].includes(extension);
  return isOffice ? { is: 'document', container: extension.slice(1) } : { is: 'text' };
}

function isHeic(head: Buffer): boolean {
  if (head.toString('latin1', 4, 8) !== 'ftyp') return false;
  const end = Math.min(head.readUInt32BE(0), head.length, 256);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) brands.push(head.toString('latin1', at, at + 4));
  // Offset 12 is the minor version. "mif1" alone is any still picture; AVIF names itself.
  return brands.some((brand) => heicBrands.has(brand)) && !brands.some((brand) => brand === 'avif' || brand === 'avis');
}

/** ffmpeg looks behind an ID3 tag for what a file is; so a playlist hidden there must be seen here too. */
function skipId3(head: Buffer): Buffer {
  if (head.toString('latin1', 0, 3) !== 'ID3' || head.length < 10) return head;
  const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6, 10);
  const size = 10 + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127);
  return size < head.length ? head.subarray(size) : head;
}

/** The text of the head, or null when it is binary. */
function decodeText(head: Buffer): string | null {
  const sample = head.subarray(0, 16 * 1024);
  if (sample[0] === 0xff && sample[1] === 0xfe) return printable(new TextDecoder('utf-16le').decode(sample));
  if (sample[0] === 0xfe && sample[1] === 0xff) return printable(new TextDecoder('utf-16be').decode(sample));
  if (sample.includes(0)) return null;
  // Old captions are in the encoding of their country; a codec's bits give themselves away by control characters.
  return printable(sample.toString('latin1')) === null ? null : new TextDecoder('utf-8').decode(sample);
}

function printable(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters tell binary from text
  const controls = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/g)?.length ?? 0;
  return controls * 100 > text.length ? null : text;
}
