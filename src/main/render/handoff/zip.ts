import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { freeSpaceBytes, writeThenRename } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';

/** A file that goes into a ZIP under a name of its own. */
export interface ZipEntry {
  path: string;
  /** "/" between its parts. */
  name: string;
}

/** Names and headers of an entry, generously. */
const bytesPerEntry = 1000;
/** Films and pictures do not become smaller. */
const alreadySmall = /\.(mp4|jpg)$/i;

/**
 * Writes a ZIP, streaming, of any size (zip64). It appears whole or not at all. Throws `disk-full` before beginning when it
 * cannot fit, `folder-unwritable`, `file-not-found` (an entry is gone) and `cancelled`.
 */
export async function writeZip(target: string, entries: readonly ZipEntry[], signal: AbortSignal): Promise<void> {
  const sizes = await Promise.all(entries.map(async ({ path }) => (await stat(path).catch(() => null))?.size ?? 0));
  const needed = sizes.reduce((sum, size) => sum + size + bytesPerEntry, 0);
  if ((await freeSpaceBytes(target)) < needed) {
    const sentence = `The ZIP needs about ${Math.ceil(needed / 1e6)} MB, and the disk has less. Free some space, then try again; the files themselves are finished.`;
    throw new AppError('disk-full', sentence, { retry: 'free-space' });
  }
  await writeThenRename(target, async (temp) => {
    const zip = new ZipFile();
    const output = zip.outputStream as NodeJS.ReadableStream & { destroy(error: Error): void };
    zip.on('error', (error: Error) => output.destroy(error));
    for (const { path, name } of entries) zip.addFile(path, name, { compress: !alreadySmall.test(name) });
    zip.end();
    await pipeline(output, createWriteStream(temp, { flags: 'wx' }), { signal });
  });
}
