import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';

/** What tells a whole file from one that lost or changed bytes on the disk. */
export const fileMarkSchema = z.object({
  sizeBytes: z.int().nonnegative(),
  /** CRC-32 over all of it: finds every single wrong byte, and is quicker than the disk. */
  crc32: z.int().nonnegative(),
});
export type FileMark = z.infer<typeof fileMarkSchema>;

const chunkBytes = 1024 * 1024;

/** Reads a file to its end and marks it. Throws what the system says. */
export async function markOf(path: string): Promise<FileMark> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(1, (await handle.stat()).size)));
    let mark = { sizeBytes: 0, crc32: 0 };
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, mark.sizeBytes);
      if (bytesRead === 0) return mark;
      mark = { sizeBytes: mark.sizeBytes + bytesRead, crc32: crc32(buffer.subarray(0, bytesRead), mark.crc32) };
    }
  } finally {
    await handle.close();
  }
}

/** True when a file is what was marked, byte for byte; false also when it is gone. */
export async function isIntact(path: string, mark: FileMark): Promise<boolean> {
  const now = await markOf(path).catch(() => null);
  return now !== null && now.sizeBytes === mark.sizeBytes && now.crc32 === mark.crc32;
}
