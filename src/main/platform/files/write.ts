import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { makeFolder } from './folders.ts';
import { toFileError, toFolderError } from './fs-error.ts';
import { cutToBytes } from './safe-name.ts';

/** Marks our unfinished files, so that {@link cleanTemps} never touches anyone else's. */
const tempMark = '.spotloom-part-';

/**
 * Writes a file so that others see the old content or the new, never a part: temp beside, fsync, rename, fsync of the
 * folder. Makes the folder when missing. Throws `disk-full` or `folder-unwritable`; nothing is left behind then.
 */
export async function atomicWrite(target: string, content: string | Uint8Array, mode?: number): Promise<void> {
  await writeThenRename(target, async (tempPath) => {
    const handle = await open(tempPath, 'wx', mode);
    try {
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
  });
}

/**
 * Lets `write` make a file under a temporary name in the target's folder (same extension, so that ffmpeg picks the same
 * format), then moves it into place, replacing what was there. If `write` throws, the temp is deleted and the target is
 * as before. Returns what `write` returns.
 */
export async function writeThenRename<Result>(
  target: string,
  write: (tempPath: string) => Promise<Result>,
): Promise<Result> {
  const folder = dirname(target);
  const temp = tempPathFor(target);
  try {
    await makeFolder(folder);
  } catch (error) {
    throw toFolderError(error, folder);
  }
  try {
    const result = await write(temp);
    await syncFile(temp);
    await rename(temp, target);
    await syncFolder(folder);
    return result;
  } catch (error) {
    await rm(temp, { force: true, recursive: true }).catch(() => {});
    const other = pathOf(error);
    // What `write` could not read is not a problem of the target.
    if (other !== null && other !== temp && other !== target) throw toFileError(error, other, 'read');
    throw toFileError(error, target, 'write');
  }
}

/** True for the names of our unfinished files. */
export function isUnfinishedName(name: string): boolean {
  return name.includes(tempMark);
}

/** Deletes unfinished files of ours in this folder that have not been touched for an hour. Returns how many. */
export async function cleanTemps(
  folder: string,
  options: { olderThanMs?: number; nowMs?: number } = {},
): Promise<number> {
  const limitMs = (options.nowMs ?? Date.now()) - (options.olderThanMs ?? 3_600_000);
  const names = await readdir(folder).catch(() => []);
  let removed = 0;
  for (const name of names.filter(isUnfinishedName)) {
    const path = join(folder, name);
    const info = await stat(path).catch(() => null);
    if (info === null || info.mtimeMs > limitMs) continue;
    await rm(path, { force: true, recursive: true });
    removed += 1;
  }
  return removed;
}

function pathOf(error: unknown): string | null {
  return error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : null;
}

function tempPathFor(target: string): string {
  const extension = extname(target);
  const suffix = `${tempMark}${randomBytes(6).toString('hex')}${extension}`;
  const stem = basename(target, extension);
  return join(dirname(target), `.${cutToBytes(stem, 254 - Buffer.byteLength(suffix))}${suffix}`);
}

async function syncFile(path: string): Promise<void> {
  // Windows flushes only through a handle that may write.
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch {
    // Windows and some network disks cannot sync a folder; the rename itself is still atomic.
  } finally {
    await handle?.close();
  }
}
