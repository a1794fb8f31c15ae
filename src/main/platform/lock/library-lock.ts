import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type ExclusiveFile, holdExclusively, isHeld } from '#main/platform/db/index.ts';
import { AppError } from '#shared/errors/index.ts';

const holderSchema = z.object({ pid: z.number().int(), face: z.string(), sinceMs: z.number() });

/** Who holds a library; only for showing. */
export type LibraryHolder = z.infer<typeof holderSchema>;

/** Held until released, or until the process ends, however it ends. */
export interface LibraryLock {
  release(): void;
}

/**
 * Makes this process the library's first: the one that serves the studio and cleans up at start (temps, cache limits).
 * Others may work on the same library meanwhile (`spotloom import` beside the open studio): the database and the job
 * queue are made for several processes, so nothing else needs this lock. Returns null when another one is first.
 */
export function tryLockLibrary(lockFile: string, holder: { face: string; nowMs: number }): LibraryLock | null {
  const held: ExclusiveFile | null = holdExclusively(lockFile);
  if (held === null) return null;
  const note: LibraryHolder = { pid: process.pid, face: holder.face, sinceMs: holder.nowMs };
  try {
    // Beside the lock, not in it: a locked file cannot be read on Windows.
    writeFileSync(noteFile(lockFile), JSON.stringify(note));
  } catch {
    // The lock is what counts.
  }
  return { release: () => held.release() };
}

/** As {@link tryLockLibrary}, but throws `library-locked` and says who holds it. */
export function lockLibrary(lockFile: string, holder: { face: string; nowMs: number }): LibraryLock {
  const lock = tryLockLibrary(lockFile, holder);
  if (lock !== null) return lock;
  const other = libraryHolder(lockFile);
  const who = other === null ? 'Another Spotloom' : `Spotloom (${other.face}, process ${other.pid})`;
  throw new AppError('library-locked', `${who} has this library open. Use that one, or close it and try again.`, {
    retry: 'retry',
    ...(other === null ? {} : { details: { ...other } }),
  });
}

/** Who holds the library now; null if nobody does or nobody knows who. */
export function libraryHolder(lockFile: string): LibraryHolder | null {
  if (!isHeld(lockFile)) return null;
  try {
    return holderSchema.parse(JSON.parse(readFileSync(noteFile(lockFile), 'utf8')));
  } catch {
    return null;
  }
}

function noteFile(lockFile: string): string {
  return `${lockFile}.json`;
}
