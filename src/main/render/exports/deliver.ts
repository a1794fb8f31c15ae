import { link, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { makeFolder, systemCode, toFileError, toFolderError } from '#main/platform/files/index.ts';
import { alternativeName } from './file-names.ts';

/** Where an export's file is made, beside its destination; the dot and the ending keep people from taking it for finished. */
export function partPath(folder: string, exportId: string): string {
  return join(folder, `.spotloom-${exportId}.part`);
}

/** A path below the export folder as it is stored: "/" between its parts on every system. */
export function nameWithin(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

/** Writes a file's bytes through to the disk. */
export async function flushFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.sync().finally(() => handle.close());
}

/**
 * Gives a finished file its name (or path below the folder) without ever replacing a file: the first free one of
 * "name", "name (2)" … Calls `beforeEach` with the path about to be taken. Returns the path taken. Throws `disk-full`,
 * `folder-unwritable`.
 */
export async function moveIntoPlace(
  part: string,
  folder: string,
  fileName: string,
  beforeEach: (path: string) => void,
): Promise<string> {
  const place = dirname(join(folder, fileName));
  await makeFolder(place).catch((error: unknown) => {
    throw toFolderError(error, place);
  });
  for (let attempt = 1; ; attempt += 1) {
    const target = join(folder, alternativeName(fileName, attempt));
    // Never remembered as ours: see `removeUnfinished`.
    if (attempt <= 10_000 && (await isThere(target))) continue;
    beforeEach(target);
    try {
      await take(part, target);
      return target;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST' || attempt > 10_000) throw toFileError(error, target, 'write');
    }
  }
}

/**
 * Removes what a killed process left of an export: the file it was made in, and on disks without hard links perhaps an
 * empty file at the name it was about to take. There was none before that name was remembered, so it is nobody else's.
 */
export async function removeUnfinished(row: {
  outDir: string;
  id: string;
  placing: { path: string } | null;
}): Promise<void> {
  await rm(partPath(row.outDir, row.id), { force: true }).catch(() => {});
  if (row.placing !== null) await removePlaceholder(row.placing.path).catch(() => {});
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function removePlaceholder(path: string): Promise<void> {
  const info = await lstat(path);
  if (info.isFile() && info.size === 0) await rm(path, { force: true });
}

/** A hard link fails when the name exists, which a rename does not; disks without links get an empty file first. */
async function take(part: string, target: string): Promise<void> {
  try {
    await link(part, target);
    await rm(part, { force: true });
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST' || code === 'ENOSPC' || code === 'ENOENT') throw error;
    const placeholder = await open(target, 'wx');
    await placeholder.close();
    await rename(part, target).catch(async (failure: unknown) => {
      await removePlaceholder(target).catch(() => {});
      throw failure;
    });
  }
}
