import { randomBytes } from 'node:crypto';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode, toFileError } from './fs-error.ts';

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
 * Makes a folder when missing and proves that files can be written into it. Throws `folder-unwritable` or `disk-full`.
 */
export async function ensureWritableFolder(folder: string): Promise<void> {
  const trial = join(folder, `.spotloom-trial-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(folder, { recursive: true });
    // Not access(2): it knows nothing of full or read-only network disks, nor of root.
    await writeFile(trial, 'x', { flag: 'wx' });
  } catch (error) {
    // A file where a folder is needed is not "missing".
    const code = systemCode(error);
    const shown =
      code === 'ENOTDIR' || code === 'EEXIST'
        ? Object.assign(new Error(`${code}: ${folder}`), { code: 'EACCES' })
        : error;
    throw toFileError(shown, folder, 'write');
  } finally {
    await rm(trial, { force: true }).catch(() => {});
  }
}
