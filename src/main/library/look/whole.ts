import { AppError } from '#shared/errors/index.ts';
import { type Box, findBoxes, readBoxes } from './boxes.ts';
import type { RangeReader } from './read-ranges.ts';

/**
 * Checks a media file against its own headers, which ffprobe does not: is all of it there, and is its content inside it?
 * Throws `media-damaged` for a file that was cut off (an unfinished copy or download) and `external-reference` for a
 * QuickTime file whose media lies elsewhere. Formats without such headers pass.
 */
export async function checkWhole(reader: RangeReader, head: Buffer, name: string): Promise<void> {
  const magic = head.toString('latin1', 0, 12);
  if (/^(ftyp|moov|mdat|wide|free|skip|pnot)$/.test(magic.slice(4, 8))) return checkIsoMedia(reader, name);
  if (magic.startsWith('RIFF') || magic.startsWith('RIFX')) return checkRiff(reader, head, name);
  if (magic.startsWith('\x1a\x45\xdf\xa3')) return checkMatroska(reader, head, name);
  if (magic.startsWith('\x89PNG')) return checkPng(reader, name);
  if (magic.startsWith('\xff\xd8\xff')) return checkJpeg(reader, name);
}

async function checkIsoMedia(reader: RangeReader, name: string): Promise<void> {
  const file: Box = { type: 'file', start: 0, end: reader.sizeBytes };
  const boxes = await readBoxes(reader, 0, reader.sizeBytes);
  const last = boxes.at(-1);
  if (last !== undefined && last.end > reader.sizeBytes) throw cutOff(name, reader.sizeBytes, last.end);
  for (const dref of await findBoxes(reader, file, ['moov', 'trak', 'mdia', 'minf', 'dinf', 'dref'])) {
    // Full box: version and flags, then the number of entries; each entry's flag 1 says "in this file".
    for (const entry of await readBoxes(reader, dref.start + 8, Math.min(dref.end, reader.sizeBytes))) {
      const flags = await reader.read(entry.start, 4);
      if (flags.length === 4 && (flags.readUInt32BE(0) & 1) === 0 && entry.end - entry.start > 4)
        throw pointsElsewhere(name);
    }
  }
}

async function checkRiff(reader: RangeReader, head: Buffer, name: string): Promise<void> {
  if (head.length < 12) return;
  const isBig = head.toString('latin1', 0, 4) === 'RIFX';
  const claimed = (isBig ? head.readUInt32BE(4) : head.readUInt32LE(4)) + 8;
  // Recorders that never went back to write the size leave 0 or all ones.
  if (claimed <= 12 || claimed >= 0xffffff00) return;
  if (claimed > reader.sizeBytes + 1) throw cutOff(name, reader.sizeBytes, claimed);
}

async function checkMatroska(reader: RangeReader, head: Buffer, name: string): Promise<void> {
  const header = readElement(head, 0);
  if (header === null || header.size === null) return;
  const segment = readElement(head, header.contentAt + header.size);
  if (segment === null || segment.size === null || segment.id !== 0x18538067) return;
  const claimed = segment.contentAt + segment.size;
  if (claimed > reader.sizeBytes) throw cutOff(name, reader.sizeBytes, claimed);
}

/** One EBML element header (RFC 8794); size null = unknown (live recording). */
function readElement(bytes: Buffer, at: number): { id: number; size: number | null; contentAt: number } | null {
  const idLength = Math.clz32((bytes[at] ?? 0) << 24) + 1;
  if (idLength > 4 || at + idLength >= bytes.length) return null;
  const id = bytes.readUIntBE(at, idLength);
  const sizeAt = at + idLength;
  const sizeLength = Math.clz32((bytes[sizeAt] ?? 0) << 24) + 1;
  if (sizeLength > 8 || sizeAt + sizeLength > bytes.length) return null;
  let size = (bytes[sizeAt] ?? 0) & (0xff >> sizeLength);
  let isUnknown = size === 0xff >> sizeLength;
  for (let index = 1; index < sizeLength; index += 1) {
    const byte = bytes[sizeAt + index] ?? 0;
    isUnknown &&= byte === 0xff;
    size = size * 256 + byte;
  }
  return { id, size: isUnknown ? null : size, contentAt: sizeAt + sizeLength };
}

async function checkPng(reader: RangeReader, name: string): Promise<void> {
  for (let at = 8, count = 0; count < 100_000; count += 1) {
    const header = await reader.read(at, 8);
    if (header.length < 8) throw cutOff(name, reader.sizeBytes, null);
    const end = at + 12 + header.readUInt32BE(0);
    if (end > reader.sizeBytes) throw cutOff(name, reader.sizeBytes, null);
    if (header.toString('latin1', 4, 8) === 'IEND') return;
    at = end;
  }
}

/** A JPEG must end its scan data (FF D9). Phones append more behind it, so the mark is looked for, not expected last. */
async function checkJpeg(reader: RangeReader, name: string): Promise<void> {
  let at = 2;
  for (let count = 0; count < 1000; count += 1) {
    const marker = await reader.read(at, 4);
    if (marker.length < 4) throw cutOff(name, reader.sizeBytes, null);
    if (marker[0] !== 0xff) return;
    if (marker[1] === 0xff) at += 1;
    else if (marker[1] === 0xda) break;
    else at += 2 + marker.readUInt16BE(2);
  }
  const chunkBytes = 1024 * 1024;
  // From the end: a whole file answers with its first read.
  for (let end = reader.sizeBytes; end > at; end -= chunkBytes - 1) {
    const start = Math.max(at, end - chunkBytes);
    if ((await reader.read(start, end - start)).includes(Buffer.from([0xff, 0xd9]))) return;
  }
  throw cutOff(name, reader.sizeBytes, null);
}

function cutOff(name: string, sizeBytes: number, claimedBytes: number | null): AppError {
  return new AppError(
    'media-damaged',
    `"${name}" is cut off: only a part of it is there. Copy or download it again from its source.`,
    { details: { sizeBytes, claimedBytes } },
  );
}

function pointsElsewhere(name: string): AppError {
  return new AppError(
    'external-reference',
    `"${name}" only points to media in another file or on the network, and Spotloom does not follow such references. Import the file that holds the media.`,
  );
}
