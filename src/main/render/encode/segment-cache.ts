import { copyFile, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '#main/platform/clock/index.ts';
import { atomicWrite, isUnfinishedName, makeFolder, systemCode, toFileError } from '#main/platform/files/index.ts';

/** What is known of a cached segment; written only after it was decoded once and found right. */
const verdictSchema = z.object({
  frames: z.int().positive(),
  sizeBytes: z.int().positive(),
  /** MD5 of each packet, in file order. */
  packets: z.array(z.string()),
  /** The frame of the segment that each packet shows. */
  shows: z.array(z.int()),
  /** Hash of each decoded frame, in the order shown. */
  pictures: z.array(z.string()),
  /** Fingerprint of the segment it was decoded right behind; the join of the two was judged then. */
  follows: z.string().nullable(),
  /** Hash of the decoder's set-up; joined segments must agree. */
  setup: z.string(),
});
export type SegmentVerdict = z.infer<typeof verdictSchema>;

/** A segment that can be joined. */
export interface CachedSegment extends SegmentVerdict {
  path: string;
}

/** The layout's version; another one is another folder. */
const layout = 'v1';
/** Files younger than this are never pruned: someone may be about to use them. */
const safeAgeMs = 600_000;

/** Encoded segments and sounds on disk, by fingerprint. Shared by all projects and processes of a library. */
export interface SegmentCache {
  /** The segment, or null when it is not there, not whole, or without verdict. Marks it as used. */
  find(fingerprint: string): Promise<CachedSegment | null>;
  /** True when {@link find} would probably find it; looks at names only. */
  has(fingerprint: string): Promise<boolean>;
  /** Takes a finished file into the cache. Two processes that make the same one do no harm: their bytes are equal. */
  put(fingerprint: string, file: string, verdict: SegmentVerdict): Promise<CachedSegment>;
  /** Forgets a segment that turned out to be damaged. */
  drop(fingerprint: string): Promise<void>;
  /** Path of a cached sound or stem (`extension` "m4a" or "f32"). */
  soundPath(fingerprint: string, extension: string): string;
  /** Removes the least recently used until at most `limitBytes` are left; returns the bytes freed. */
  prune(limitBytes: number): Promise<number>;
  /** Removes everything; returns the bytes freed. */
  clear(): Promise<number>;
}

/** The cache in a folder (`LibraryPaths.segments`). Creates nothing until something is put. */
export function createSegmentCache(options: { folder: string; clock: Clock }): SegmentCache {
  const root = join(options.folder, layout);
  const base = (fingerprint: string) => join(root, 'video', fingerprint.slice(0, 2), fingerprint);

  async function find(fingerprint: string): Promise<CachedSegment | null> {
    const path = `${base(fingerprint)}.mp4`;
    try {
      const verdict = verdictSchema.parse(JSON.parse(await readFile(`${base(fingerprint)}.json`, 'utf8')));
      const { size } = await stat(path);
      if (size !== verdict.sizeBytes) return null;
      await touch(path, options.clock.nowMs());
      return { ...verdict, path };
    } catch {
      return null;
    }
  }

  return {
    find,
    async has(fingerprint) {
      return stat(`${base(fingerprint)}.json`).then(
        () => true,
        () => false,
      );
    },
    async put(fingerprint, file, verdict) {
      const path = `${base(fingerprint)}.mp4`;
      try {
        await makeFolder(dirname(path));
        await moveFile(file, path);
        await atomicWrite(`${base(fingerprint)}.json`, JSON.stringify(verdict));
      } catch (error) {
        throw toFileError(error, path, 'write');
      }
      return { ...verdict, path };
    },
    async drop(fingerprint) {
      await rm(`${base(fingerprint)}.json`, { force: true });
      await rm(`${base(fingerprint)}.mp4`, { force: true });
    },
    soundPath: (fingerprint, extension) => join(root, 'sound', fingerprint.slice(0, 2), `${fingerprint}.${extension}`),
    prune: (limitBytes) => prune(root, limitBytes, options.clock.nowMs() - safeAgeMs),
    clear: () => prune(options.folder, 0, Number.POSITIVE_INFINITY),
  };
}

/** Renames, or copies where the cache lies on another disk than the working files. */
async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (systemCode(error) !== 'EXDEV') throw error;
    const beside = `${to}.part`;
    await copyFile(from, beside);
    await rename(beside, to);
  }
}

async function touch(path: string, nowMs: number): Promise<void> {
  await utimes(path, nowMs / 1000, nowMs / 1000).catch(() => {});
}

/** Marks a file of the cache as used just now. */
export const markUsed = touch;

interface CacheFile {
  path: string;
  sizeBytes: number;
  usedMs: number;
}

async function cacheFiles(folder: string): Promise<CacheFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw toFileError(error, folder, 'read');
  });
  // A verdict goes with its segment.
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name));
  const found: CacheFile[] = [];
  for (const path of files) {
    const info = await stat(path).catch(() => null);
    if (info) found.push({ path, sizeBytes: info.size, usedMs: info.mtimeMs });
  }
  return found;
}

async function prune(folder: string, limitBytes: number, usedBeforeMs: number): Promise<number> {
  const files = (await cacheFiles(folder)).sort((a, b) => a.usedMs - b.usedMs);
  let total = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  let freed = 0;
  for (const file of files) {
    if (file.usedMs >= usedBeforeMs) break;
    // What a killed process left half-made goes whatever the limit.
    if (total <= limitBytes && !isUnfinishedName(basename(file.path))) continue;
    // The verdict goes first: a segment without one is as good as absent.
    if (file.path.endsWith('.mp4')) await rm(file.path.replace(/\.mp4$/, '.json'), { force: true });
    await rm(file.path, { force: true });
    total -= file.sizeBytes;
    freed += file.sizeBytes;
  }
  return freed;
}
