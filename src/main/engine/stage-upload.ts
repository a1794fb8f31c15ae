import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import type { Library } from '#main/library/index.ts';
import { toFileError } from '#main/platform/files/index.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import type { IncomingFile } from './types.ts';

/**
 * Writes a browser's file into the library's staging area, as fast as the disk takes it. Incomplete ones are deleted:
 * when the page goes away, the disk fills up, or fewer bytes come than were announced.
 */
export async function stageUpload(library: Library, file: IncomingFile): Promise<{ uploadId: string }> {
  const staged = await library.uploads.stage({ name: file.name });
  try {
    const target = createWriteStream(staged.path, { flags: 'wx', flush: true });
    await pipeline(Readable.fromWeb(file.body as WebStream), target, { signal: file.signal });
    if (file.sizeBytes !== null && target.bytesWritten !== file.sizeBytes) {
      throw new AppError('file-changed', `“${file.name}” did not arrive whole. Drop it again.`, { retry: 'retry' });
    }
    staged.commit();
    return { uploadId: staged.uploadId };
  } catch (error) {
    await staged.discard().catch(() => undefined);
    throw file.signal.aborted ? cancelledError() : toFileError(error, staged.path, 'write');
  }
}
