import { stat } from 'node:fs/promises';
import { toFileError } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { FileStamp, SourceFacts } from '../sources/sources.ts';

/** A file's size and time. Throws `file-not-found` or `file-unreadable`. */
export async function stampOf(path: string): Promise<FileStamp> {
  try {
    const info = await stat(path);
    return { sizeBytes: info.size, modifiedMs: info.mtimeMs, changedMs: info.ctimeMs };
  } catch (error) {
    throw toFileError(error, path, 'read');
  }
}

/**
 * True when two looks at a file saw the same one; some disks keep times to two seconds only when copied. Programs that
 * replace a file can put its time back, but not the moment at which they did: it counts where both looks know it.
 */
export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  const isUntouched = a.changedMs === undefined || b.changedMs === undefined || a.changedMs === b.changedMs;
  return a.sizeBytes === b.sizeBytes && Math.abs(a.modifiedMs - b.modifiedMs) < 1 && isUntouched;
}

/** Throws `file-changed` when the file is not the one that was planned with, `file-not-found` when it is gone. */
export async function checkStamp(source: Pick<SourceFacts, 'path' | 'name' | 'stamp' | 'assetId'>): Promise<void> {
  const now = await stampOf(source.path);
  if (!isSameStamp(now, source.stamp)) throw changedError(source);
}

/** The error for a file that is not what it was. */
export function changedError(source: Pick<SourceFacts, 'path' | 'name' | 'assetId'>): AppError {
  return new AppError(
    'file-changed',
    `“${source.name}” has changed on disk since it was imported. Import it again or relink it, then export again.`,
    { retry: 'relink', details: { assetId: source.assetId, path: source.path } },
  );
}
