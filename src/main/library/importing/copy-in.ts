import { constants } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { freeSpaceBytes, systemCode, toFileError, writeThenRename } from '#main/platform/files/index.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';

/** Kept free for the database and renditions. */
const reserveBytes = 32 * 1024 * 1024;

/** Where a copied-in file lies: the folder is its own, so its name can stay what it was. */
export function copiedPath(mediaDir: string, assetId: string, name: string): string {
  return join(mediaDir, assetId, name);
}

/**
 * Copies a file into the library under a temporary name, flushes and renames it; the copy keeps the original's time.
 * Throws `disk-full` before anything is written when it cannot fit, and leaves nothing behind when it fails.
 */
export async function copyIn(source: string, target: string, folder: string, signal: AbortSignal): Promise<void> {
  const info = await stat(source).catch((error: unknown) => {
    throw toFileError(error, source, 'read');
  });
  const free = await freeSpaceBytes(folder);
  if (info.size + reserveBytes > free) {
    throw new AppError(
      'disk-full',
      `The disk of the library is full: it has no room for this file. Free some space, then import it again.`,
      {
        retry: 'free-space',
        details: { neededBytes: info.size, freeBytes: free },
      },
    );
  }
  try {
    await writeThenRename(target, async (temp) => {
      await copyBytes(source, temp, signal);
      await utimes(temp, info.atime, info.mtime);
    });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Moves a file of ours (an upload) to its place; a rename, as both are in the library folder. */
export async function moveIn(source: string, target: string, folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(source, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(source, target);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw toFileError(error, target, 'write');
  }
}

/** Clones where the file system can (no space, no time), else copies piece by piece so that it can be cancelled. */
async function copyBytes(source: string, target: string, signal: AbortSignal): Promise<void> {
  try {
    await copyFile(source, target, constants.COPYFILE_FICLONE_FORCE);
    return;
  } catch (error) {
    if (systemCode(error) === 'ENOSPC') throw error;
    await rm(target, { force: true });
  }
  const from = await open(source, 'r').catch((error: unknown) => {
    throw toFileError(error, source, 'read');
  });
  try {
    const to = await open(target, 'wx');
    try {
      const buffer = Buffer.allocUnsafe(1024 * 1024);
      for (;;) {
        if (signal.aborted) throw cancelledError();
        const { bytesRead } = await from.read(buffer, 0, buffer.length, null);
        if (bytesRead === 0) return;
        for (let at = 0; at < bytesRead; ) at += (await to.write(buffer, at, bytesRead - at)).bytesWritten;
      }
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}
