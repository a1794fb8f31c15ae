import { readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { hashFile, makeFolder, toFileError } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';

/** A file in the output folder that a project file led to, as it was left there. */
export interface OwnedFile {
  /** Within the output folder, "/" between its parts. */
  name: string;
  sha256: string;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

async function sha256Of(path: string): Promise<string | null> {
  const info = await stat(path).catch(() => null);
  return info ? (await hashFile(path)).sha256 : null;
}

/**
 * Moves everything of a work folder to its place in the output folder, replacing what `before` says we left there and
 * leaving equal files untouched. Nothing is moved when somebody else's file is in the way: throws `conflict` naming it.
 */
export async function takeOver(workDir: string, outDir: string, before: readonly OwnedFile[]): Promise<OwnedFile[]> {
  const mine = new Map(before.map(({ name, sha256 }) => [name, sha256]));
  const moves: (OwnedFile & { isThere: boolean })[] = [];
  for (const name of await filesBelow(workDir)) {
    const sha256 = (await sha256Of(join(workDir, name))) ?? '';
    const there = await sha256Of(join(outDir, name));
    const isOurs = there === null || there === sha256 || there === mine.get(name);
    if (!isOurs) {
      const sentence = `“${join(outDir, name)}” is already there, and was not made of this project file or has been changed since. Move it away, or name the files differently.`;
      throw new AppError('conflict', sentence, { details: { path: join(outDir, name) } });
    }
    moves.push({ name, sha256, isThere: there === sha256 });
  }
  for (const { name, isThere } of moves) {
    const target = join(outDir, name);
    try {
      if (isThere) await rm(join(workDir, name));
      else {
        await makeFolder(dirname(target));
        await rename(join(workDir, name), target);
      }
    } catch (error) {
      throw toFileError(error, target, 'write');
    }
  }
  return moves.map(({ name, sha256 }) => ({ name, sha256 }));
}

/** True when every file is still there, as large as it was: their contents are looked at when they are replaced. */
export async function areAllThere(outDir: string, files: readonly OwnedFile[]): Promise<boolean> {
  for (const { name } of files) {
    const info = await stat(join(outDir, name)).catch(() => null);
    if (!info?.isFile()) return false;
  }
  return true;
}
