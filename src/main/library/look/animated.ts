import { fromNumber, type Rational, rational } from '#shared/units/index.ts';
import type { RangeReader } from './read-ranges.ts';

/** Frames and length of a moving picture whose demuxer does not tell them. */
export interface AnimationFacts {
  frameCount: number;
  durationSeconds: Rational | null;
  averageRate: Rational | null;
}

/** An animated PNG's frames and their delays (PNG 3rd edition: `acTL`, `fcTL`); null for a still one. */
export async function readApng(reader: RangeReader): Promise<AnimationFacts | null> {
  let frameCount = 0;
  let seconds = 0;
  let isAnimated = false;
  for (let at = 8, count = 0; count < 100_000; count += 1) {
    const header = await reader.read(at, 8);
    if (header.length < 8) break;
    const type = header.toString('latin1', 4, 8);
    if (type === 'IEND' || (type === 'IDAT' && !isAnimated)) break;
    if (type === 'acTL') isAnimated = true;
    if (type === 'fcTL') {
      const delay = await reader.read(at + 8 + 20, 4);
      frameCount += 1;
      if (delay.length === 4) seconds += delay.readUInt16BE(0) / (delay.readUInt16BE(2) || 100);
    }
    at += 12 + header.readUInt32BE(0);
  }
  if (!isAnimated || frameCount < 2) return null;
  return summary(frameCount, seconds);
}

/** True for a WebP whose extended header announces an animation (RIFF container, `VP8X`). */
export function isAnimatedWebp(head: Buffer): boolean {
  return head.toString('latin1', 8, 16) === 'WEBPVP8X' && ((head[20] ?? 0) & 0x02) !== 0;
}

/** True for a WebP with transparency: the `VP8X` flag, or the alpha bit of a lossless picture. */
export function hasWebpAlpha(head: Buffer): boolean {
  const kind = head.toString('latin1', 12, 16);
  if (kind === 'VP8X') return ((head[20] ?? 0) & 0x10) !== 0;
  return kind === 'VP8L' && ((head[24] ?? 0) & 0x10) !== 0;
}

/** Canvas size of an extended WebP. */
export function webpCanvas(head: Buffer): { width: number; height: number } | null {
  if (head.toString('latin1', 8, 16) !== 'WEBPVP8X' || head.length < 30) return null;
  return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
}

/**
 * A still WebP of an animation's first frame: its `ANMF` content in a container of its own, for decoders that know no
 * animation. Null when there is none.
 */
export function firstWebpFrame(file: Buffer): Buffer | null {
  for (let at = 12; at + 8 <= file.length; ) {
    const size = file.readUInt32LE(at + 4);
    if (file.toString('latin1', at, at + 4) === 'ANMF') return wrapWebpFrame(file.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  return null;
}

function wrapWebpFrame(frame: Buffer): Buffer | null {
  if (frame.length < 24) return null;
  const chunks = frame.subarray(16);
  const needsHeader = chunks.toString('latin1', 0, 4) === 'ALPH';
  const extended = Buffer.alloc(needsHeader ? 18 : 0);
  if (needsHeader) {
    extended.write('VP8X', 0, 'latin1');
    extended.writeUInt32LE(10, 4);
    extended[8] = 0x10;
    frame.copy(extended, 12, 6, 12);
  }
  const header = Buffer.alloc(12);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(4 + extended.length + chunks.length, 4);
  header.write('WEBP', 8, 'latin1');
  return Buffer.concat([header, extended, chunks]);
}

function summary(frameCount: number, seconds: number): AnimationFacts {
  const durationSeconds = seconds > 0 ? fromNumber(seconds) : null;
  const averageRate = durationSeconds === null ? null : rational(frameCount * durationSeconds.den, durationSeconds.num);
  return { frameCount, durationSeconds, averageRate };
}
