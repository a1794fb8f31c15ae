import { AppError } from '#shared/errors/index.ts';
import { type Box, findBoxes, readBoxes } from './boxes.ts';
import type { Orientation } from './orientation.ts';
import type { RangeReader } from './read-ranges.ts';

/** What a HEIC photo's header says of its main picture. */
export interface HeicFacts {
  codedWidth: number;
  codedHeight: number;
  orientation: Orientation;
  bitDepth: number;
  hasAlpha: boolean;
}

/**
 * Reads the main picture's size and turn from the `meta` box (ISO/IEC 23008-12: `pitm`, `iprp/ipco`, `ipma`). ffmpeg
 * before 7.1 reads no HEIC; decoding is a job for later, importing must not wait for it. Throws `media-damaged`.
 */
export async function readHeic(reader: RangeReader, name: string): Promise<HeicFacts> {
  const damaged = () =>
    new AppError('media-damaged', `"${name}" is a damaged HEIC photo. Copy it again from its source.`);
  const top = await readBoxes(reader, 0, reader.sizeBytes);
  const meta = top.find((box) => box.type === 'meta');
  if (meta === undefined || (top.at(-1)?.end ?? 0) > reader.sizeBytes) throw damaged();
  const inside: Box = { ...meta, start: meta.start + 4 };
  const primary = await primaryItem(reader, inside);
  const [container] = await findBoxes(reader, inside, ['iprp', 'ipco']);
  const [association] = await findBoxes(reader, inside, ['iprp', 'ipma']);
  if (container === undefined || association === undefined) throw damaged();
  const properties = await readBoxes(reader, container.start, container.end);
  const indexes = associations(await content(reader, association), primary);
  const used = indexes.map((index) => properties[index - 1]).filter((box) => box !== undefined);
  const facts: HeicFacts = {
    codedWidth: 0,
    codedHeight: 0,
    orientation: { rotationDeg: 0, isMirrored: false },
    bitDepth: 8,
    hasAlpha: (await findAlpha(reader, properties)) && properties.length > 0,
  };
  for (const box of used) applyProperty(facts, box.type, await content(reader, box));
  if (facts.codedWidth <= 0 || facts.codedHeight <= 0) throw damaged();
  return facts;
}

function applyProperty(facts: HeicFacts, type: string, bytes: Buffer): void {
  if (type === 'ispe' && bytes.length >= 12) {
    facts.codedWidth = bytes.readUInt32BE(4);
    facts.codedHeight = bytes.readUInt32BE(8);
  }
  // Counter-clockwise quarters.
  if (type === 'irot') {
    const turns = [0, 270, 180, 90] as const;
    facts.orientation = { ...facts.orientation, rotationDeg: turns[(bytes[0] ?? 0) & 3] ?? 0 };
  }
  // Axis 1 flips left to right; axis 0 flips upside down, which is the same and half a turn.
  if (type === 'imir') {
    const extra = ((bytes[0] ?? 0) & 1) === 1 ? 0 : 180;
    facts.orientation = { isMirrored: true, rotationDeg: turned(facts.orientation.rotationDeg, extra) };
  }
  if (type === 'pixi' && bytes.length >= 6) facts.bitDepth = bytes[5] ?? 8;
}

function turned(degrees: number, extra: number): Orientation['rotationDeg'] {
  return ([0, 90, 180, 270] as const).find((turn) => turn === (degrees + extra) % 360) ?? 0;
}

async function primaryItem(reader: RangeReader, meta: Box): Promise<number> {
  const [box] = await findBoxes(reader, meta, ['pitm']);
  if (box === undefined) return 1;
  const bytes = await content(reader, box);
  if (bytes.length < 6) return 1;
  return bytes[0] === 0 ? bytes.readUInt16BE(4) : bytes.length >= 8 ? bytes.readUInt32BE(4) : 1;
}

/** 1-based property indexes of one item, from an `ipma` box. */
function associations(bytes: Buffer, item: number): number[] {
  if (bytes.length < 8) return [];
  const hasLongIds = (bytes[0] ?? 0) >= 1;
  const hasLongIndexes = ((bytes[3] ?? 0) & 1) === 1;
  const count = bytes.readUInt32BE(4);
  let at = 8;
  for (let entry = 0; entry < count && at + 3 <= bytes.length; entry += 1) {
    if (hasLongIds && at + 5 > bytes.length) return [];
    const id = hasLongIds ? bytes.readUInt32BE(at) : bytes.readUInt16BE(at);
    at += hasLongIds ? 4 : 2;
    const length = bytes[at] ?? 0;
    at += 1;
    const width = hasLongIndexes ? 2 : 1;
    if (at + length * width > bytes.length) return [];
    const indexes = Array.from({ length }, (_, index) =>
      hasLongIndexes ? bytes.readUInt16BE(at + index * 2) & 0x7fff : (bytes[at + index] ?? 0) & 0x7f,
    );
    if (id === item) return indexes;
    at += length * width;
  }
  return [];
}

async function findAlpha(reader: RangeReader, properties: readonly Box[]): Promise<boolean> {
  for (const box of properties.filter((one) => one.type === 'auxC')) {
    if ((await content(reader, box)).includes('alpha')) return true;
  }
  return false;
}

async function content(reader: RangeReader, box: Box): Promise<Buffer> {
  return reader.read(box.start, Math.min(box.end - box.start, 1024 * 1024));
}
