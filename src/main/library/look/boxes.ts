import type { RangeReader } from './read-ranges.ts';

/** One box of an ISO base media file (ISO/IEC 14496-12): where its content starts and ends. */
export interface Box {
  type: string;
  start: number;
  /** Where its header says it ends; may lie behind the end of a file that was cut off. */
  end: number;
}

/** More boxes than any real file has on one level; ends files made to be endless. */
const mostBoxes = 10_000;

/** The boxes between two offsets. Stops at whatever is no box. */
export async function readBoxes(reader: RangeReader, from: number, to: number): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to && boxes.length < mostBoxes; ) {
    const header = await reader.read(at, 16);
    if (header.length < 8) break;
    const shortSize = header.readUInt32BE(0);
    const isLong = shortSize === 1 && header.length === 16;
    const size = isLong ? Number(header.readBigUInt64BE(8)) : shortSize === 0 ? to - at : shortSize;
    const headerBytes = isLong ? 16 : 8;
    if (size < headerBytes) break;
    boxes.push({ type: header.toString('latin1', 4, 8), start: at + headerBytes, end: at + size });
    at += size;
  }
  return boxes;
}

/** All boxes reached by a path of types, e.g. `['moov', 'trak', 'mdia']`, below a range. */
export async function findBoxes(reader: RangeReader, range: Box, path: readonly string[]): Promise<Box[]> {
  let level: Box[] = [range];
  for (const type of path) {
    const next: Box[] = [];
    for (const box of level) {
      const children = await readBoxes(reader, box.start, Math.min(box.end, reader.sizeBytes));
      next.push(...children.filter((child) => child.type === type));
    }
    level = next.slice(0, 1000);
  }
  return level;
}
