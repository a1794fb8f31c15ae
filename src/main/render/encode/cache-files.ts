import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { isUnfinishedName, systemCode, toFileError } from '#main/platform/files/index.ts';

/** How full a cache is. */
export interface CacheState {
  usedBytes: number;
  /** Segments and sounds. */
  files: number;
}

/** What may go. */
export interface PruneOptions {
  /** The folder of all layouts, and the name of the present one. */
  folder: string;
  layout: string;
  /** Bytes that may stay; 0 = nothing. */
  limitBytes: number;
  /** Files used since then stay whatever the limit. */
  usedBeforeMs: number;
  /** Half-made files younger than this may be growing just now. */
  unfinishedBeforeMs: number;
  /** Fingerprints that are being used by this process. */
  isHeld: (fingerprint: string) => boolean;
}

/** One entry: a file with the notes that go with it (same name, `.json`). */
interface Entry {
  path: string;
  sizeBytes: number;
  usedMs: number;
  notesPath: string | null;
}

const nameOf = (path: string): string => basename(path, extname(path));

async function entriesIn(folder: string): Promise<Entry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw toFileError(error, folder, 'read');
  });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const notes = new Set(paths.filter((path) => path.endsWith('.json') && !isUnfinishedName(basename(path))));
  const entries: Entry[] = [];
  for (const path of paths) {
    if (notes.has(path)) continue;
    const info = await stat(path).catch(() => null);
    const notesPath = join(dirname(path), `${nameOf(path)}.json`);
    if (!info) continue;
    entries.push({
      ...{ path, sizeBytes: info.size, usedMs: info.mtimeMs },
      notesPath: notes.delete(notesPath) ? notesPath : null,
    });
  }
  // Notes whose file is gone are of no use to anybody.
  for (const path of notes) entries.push({ path, sizeBytes: 0, usedMs: 0, notesPath: null });
  return entries;
}

/** Adds up what lies in a cache. */
export async function cacheState(folder: string): Promise<CacheState> {
  const entries = (await entriesIn(folder)).filter(({ path }) => !isUnfinishedName(basename(path)));
  return { usedBytes: entries.reduce((sum, entry) => sum + entry.sizeBytes, 0), files: entries.length };
}

/**
 * Deletes the least recently used until at most `limitBytes` are left; what other layouts left and what killed processes
 * left half-made goes in any case, what is held stays in any case. Returns the bytes freed.
 */
export async function pruneCache(options: PruneOptions): Promise<number> {
  const { folder, layout, limitBytes, usedBeforeMs, unfinishedBeforeMs, isHeld } = options;
  const entries = (await entriesIn(folder)).sort((a, b) => a.usedMs - b.usedMs);
  let total = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  let freed = 0;
  for (const entry of entries) {
    const isUnfinished = isUnfinishedName(basename(entry.path));
    const isOld = relative(folder, entry.path).split(sep)[0] !== layout;
    if (isUnfinished ? entry.usedMs >= unfinishedBeforeMs : entry.usedMs >= usedBeforeMs) continue;
    const isWaste = isUnfinished || isOld || entry.path.endsWith('.json');
    if (isHeld(nameOf(entry.path)) || (total <= limitBytes && !isWaste)) continue;
    if (!(await removeEntry(entry))) continue;
    total -= entry.sizeBytes;
    freed += entry.sizeBytes;
  }
  return freed;
}

/** False when the system does not let go of it: on Windows somebody reads it. */
async function removeEntry({ path, notesPath }: Entry): Promise<boolean> {
  try {
    // The notes go first: a file without them is as good as absent.
    if (notesPath !== null) await rm(notesPath, { force: true });
    await rm(path, { force: true });
    return true;
  } catch {
    return false;
  }
}
