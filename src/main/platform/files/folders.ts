import { randomBytes } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { mkdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode, toFileError, toFolderError } from './fs-error.ts';

/** Bytes this person may still write on the disk of `path`; the path itself need not exist yet. */
export async function freeSpaceBytes(path: string): Promise<number> {
  for (let at = path; ; at = dirname(at)) {
    try {
      const { bavail, bsize } = await statfs(at);
      return bavail * bsize;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT' || dirname(at) === at) throw toFileError(error, path, 'read');
    }
  }
}

/**
 * Makes a folder and those above it when missing. Not `mkdir(…, { recursive: true })`: that never returns where the
 * system says ENOENT although the folder above exists (/proc, some mounts).
 */
export async function makeFolder(folder: string): Promise<void> {
  const isThere = async () => (await stat(folder).catch(() => null))?.isDirectory() === true;
  try {
    await mkdir(folder);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST' && (await isThere())) return;
    const parent = dirname(folder);
    if (code !== 'ENOENT' || parent === folder) throw error;
    if (!(await exists(parent))) await makeFolder(parent);
    // Somebody else may have made it meanwhile.
    await mkdir(folder).catch(async (second: unknown) => {
      if (!(await isThere())) throw second;
    });
  }
}

/** As {@link makeFolder}, for the few places that open something before the engine runs. */
export function makeFolderSync(folder: string): void {
  const isThere = () => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  try {
    mkdirSync(folder);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST' && isThere()) return;
    const parent = dirname(folder);
    if (code !== 'ENOENT' || parent === folder) throw error;
    if (statSync(parent, { throwIfNoEntry: false }) === undefined) makeFolderSync(parent);
    try {
      mkdirSync(folder);
    } catch (second) {
      if (!isThere()) throw second;
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Makes a folder when missing and proves that files can be written into it. Throws `folder-unwritable` or `disk-full`.
 */
export async function ensureWritableFolder(folder: string): Promise<void> {
  const trial = join(folder, `.spotloom-part-trial-${randomBytes(6).toString('hex')}`);
  try {
    await makeFolder(folder);
    // Not access(2): it knows nothing of full or read-only network disks, nor of root.
    await writeFile(trial, 'x', { flag: 'wx' });
  } catch (error) {
    throw toFolderError(error, folder);
  } finally {
    await rm(trial, { force: true }).catch(() => {});
  }
}
