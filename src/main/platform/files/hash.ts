import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { cancelledError } from '#shared/errors/index.ts';
import { toFileError } from './fs-error.ts';
import type { FileHash } from './types.ts';

/** Large enough that reading and hashing dominate, small enough that the event loop stays free. */
const chunkBytes = 1024 * 1024;

/**
 * SHA-256 of a file's content, streamed. Throws `file-not-found`, `file-unreadable` or `cancelled`. The size is what
 * was read, which is the truth if the file grew meanwhile.
 */
export async function hashFile(
  path: string,
  options: { signal?: AbortSignal; onProgress?: (fraction: number) => void } = {},
): Promise<FileHash> {
  try {
    const handle = await open(path, 'r');
    try {
      const expectedBytes = (await handle.stat()).size;
      const hash = createHash('sha256');
      const buffer = Buffer.allocUnsafe(chunkBytes);
      let sizeBytes = 0;
      for (;;) {
        if (options.signal?.aborted === true) throw cancelledError();
        const { bytesRead } = await handle.read(buffer, 0, chunkBytes, sizeBytes);
        if (bytesRead === 0) break;
        hash.update(buffer.subarray(0, bytesRead));
        sizeBytes += bytesRead;
        options.onProgress?.(Math.min(1, sizeBytes / Math.max(1, expectedBytes)));
      }
      return { sha256: hash.digest('hex'), sizeBytes };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw toFileError(error, path, 'read');
  }
}
