import { type FileHandle, open } from 'node:fs/promises';
import { toFileError } from '#main/platform/files/index.ts';

/** Reads pieces of one open file; reading past the end gives fewer bytes. */
export interface RangeReader {
  readonly sizeBytes: number;
  read(offset: number, length: number): Promise<Buffer>;
}

/** Opens a file for reading pieces and closes it afterwards. Throws file errors as AppErrors. */
export async function withRanges<Result>(
  path: string,
  work: (reader: RangeReader) => Promise<Result>,
): Promise<Result> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const opened = handle;
    const { size } = await handle.stat();
    return await work({
      sizeBytes: size,
      async read(offset, length) {
        if (offset < 0 || offset >= size || length <= 0) return Buffer.alloc(0);
        const buffer = Buffer.alloc(Math.min(length, size - offset));
        const { bytesRead } = await opened.read(buffer, 0, buffer.length, offset);
        return buffer.subarray(0, bytesRead);
      },
    });
  } catch (error) {
    throw toFileError(error, path, 'read');
  } finally {
    await handle?.close();
  }
}
