import { copyFile, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '#main/platform/clock/index.ts';
import { atomicWrite, makeFolder, systemCode, toFileError, writeThenRename } from '#main/platform/files/index.ts';
import { type CacheState, cacheState, pruneCache } from './cache-files.ts';
import { type FileMark, fileMarkSchema, isIntact, markOf } from './file-mark.ts';
import { openNote, sealNote } from './sealed-note.ts';

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
/** The verdict as stored, with what tells whether the file is still the one that was judged. */
const storedSchema = verdictSchema.extend(fileMarkSchema.shape);

/** A segment that can be joined. */
export interface CachedSegment extends SegmentVerdict {
  path: string;
}

/** The layout's version; another one is another folder. */
const layout = 'v2';
/** Files younger than this are never pruned: another process may be about to use them. */
const safeAgeMs = 600_000;

/** Encoded segments and sounds on disk, by fingerprint. Shared by all projects and processes of a library. */
export interface SegmentCache {
  /**
   * The segment, or null when it is not there, not whole, or without verdict. Marks it as used. Its bytes are compared
   * the first time this process uses it; every finished file is compared with the verdicts packet by packet anyway.
   */
  find(fingerprint: string): Promise<CachedSegment | null>;
  /** True when {@link find} would probably find it; looks at names only. */
  has(fingerprint: string): Promise<boolean>;
  /** Takes a finished file into the cache. Two processes that make the same one do no harm: their bytes are equal. */
  put(fingerprint: string, file: string, verdict: SegmentVerdict): Promise<CachedSegment>;
  /** Forgets a segment that turned out to be damaged. */
  drop(fingerprint: string): Promise<void>;
  /** Forgets those of some segments whose bytes are not the judged ones any more; returns how many those were. */
  dropRotten(fingerprints: Iterable<string>): Promise<number>;
  /** Path of a cached sound or stem (`extension` "m4a" or "f32"). */
  soundPath(fingerprint: string, extension: string): string;
  /** Marks a finished file of {@link soundPath} so that {@link findMarked} knows it again. */
  mark(fingerprint: string, extension: string): Promise<void>;
  /** Path of a marked file, or null when it is not there, not marked, or not what was marked. Marks it as used. */
  findMarked(fingerprint: string, extension: string): Promise<string | null>;
  /** Keeps these from being pruned or cleared by this process until the returned function is called. */
  hold(fingerprints: readonly string[]): () => void;
  /** Adds up what is in it. */
  state(): Promise<CacheState>;
  /** Removes the least recently used until at most `limitBytes` are left; returns the bytes freed. */
  prune(limitBytes: number): Promise<number>;
  /** Removes everything that no export of this process is using; returns the bytes freed. */
  clear(): Promise<number>;
}

/** The cache in a folder (`LibraryPaths.segments`). Creates nothing until something is put. */
export function createSegmentCache({ folder, clock }: { folder: string; clock: Clock }): SegmentCache {
  const root = join(folder, layout);
  const base = (fingerprint: string) => join(root, 'video', fingerprint.slice(0, 2), fingerprint);
  const soundPath = (fingerprint: string, extension: string) =>
    join(root, 'sound', fingerprint.slice(0, 2), `${fingerprint}.${extension}`);
  /** Paths whose bytes this process has compared. */
  const compared = new Set<string>();
  const holds = createHolds();

  async function isWhole(path: string, mark: FileMark): Promise<boolean> {
    if (compared.has(path)) return (await stat(path)).size === mark.sizeBytes;
    if (!(await isIntact(path, mark))) return false;
    compared.add(path);
    return true;
  }

  async function drop(fingerprint: string): Promise<void> {
    const path = `${base(fingerprint)}.mp4`;
    compared.delete(path);
    await rm(`${base(fingerprint)}.json`, { force: true });
    await rm(path, { force: true });
  }

  async function storedOf(fingerprint: string): Promise<z.infer<typeof storedSchema> | null> {
    try {
      return storedSchema.parse(openNote(await readFile(`${base(fingerprint)}.json`, 'utf8')));
    } catch {
      return null;
    }
  }

  const pruned = (limitBytes: number, usedBeforeMs: number) => {
    const unfinishedBeforeMs = clock.nowMs() - safeAgeMs;
    return pruneCache({ folder, layout, limitBytes, usedBeforeMs, unfinishedBeforeMs, isHeld: holds.has });
  };

  return {
    async find(fingerprint) {
      const path = `${base(fingerprint)}.mp4`;
      const stored = await storedOf(fingerprint);
      if (!stored || !(await isWhole(path, stored).catch(() => false))) return null;
      await markUsed(path, clock.nowMs());
      const { crc32: _, ...verdict } = stored;
      return { ...verdict, path };
    },
    async has(fingerprint) {
      return stat(`${base(fingerprint)}.json`).then(
        () => true,
        () => false,
      );
    },
    async put(fingerprint, file, verdict) {
      const path = `${base(fingerprint)}.mp4`;
      try {
        const mark = await markOf(file);
        await makeFolder(dirname(path));
        await moveFile(file, path);
        compared.add(path);
        await atomicWrite(`${base(fingerprint)}.json`, sealNote({ ...verdict, ...mark }));
      } catch (error) {
        throw toFileError(error, path, 'write');
      }
      return { ...verdict, path };
    },
    drop,
    async dropRotten(fingerprints) {
      let dropped = 0;
      for (const fingerprint of fingerprints) {
        const stored = await storedOf(fingerprint);
        if (stored && (await isIntact(`${base(fingerprint)}.mp4`, stored))) continue;
        await drop(fingerprint);
        dropped += 1;
      }
      return dropped;
    },
    soundPath,
    async mark(fingerprint, extension) {
      const path = soundPath(fingerprint, extension);
      await atomicWrite(soundPath(fingerprint, 'json'), sealNote(await markOf(path)));
      compared.add(path);
    },
    async findMarked(fingerprint, extension) {
      const path = soundPath(fingerprint, extension);
      try {
        const mark = fileMarkSchema.parse(openNote(await readFile(soundPath(fingerprint, 'json'), 'utf8')));
        if (!(await isWhole(path, mark))) return null;
        await markUsed(path, clock.nowMs());
        return path;
      } catch {
        return null;
      }
    },
    hold: holds.hold,
    state: () => cacheState(folder),
    prune: (limitBytes) => pruned(limitBytes, clock.nowMs() - safeAgeMs),
    clear: () => pruned(0, Number.POSITIVE_INFINITY),
  };
}

/** Counts who is using what. */
function createHolds() {
  const counts = new Map<string, number>();
  return {
    has: (fingerprint: string) => counts.has(fingerprint),
    hold(fingerprints: readonly string[]): () => void {
      const held = new Set(fingerprints);
      for (const one of held) counts.set(one, (counts.get(one) ?? 0) + 1);
      return () => {
        for (const one of held) {
          const left = (counts.get(one) ?? 0) - 1;
          if (left > 0) counts.set(one, left);
          else counts.delete(one);
        }
        held.clear();
      };
    },
  };
}

/** Renames, or copies where the cache lies on another disk than the working files. */
async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (systemCode(error) !== 'EXDEV') throw error;
    await writeThenRename(to, (temp) => copyFile(from, temp));
  }
}

/** Marks a file of the cache as used just now. */
export async function markUsed(path: string, nowMs: number): Promise<void> {
  await utimes(path, nowMs / 1000, nowMs / 1000).catch(() => {});
}
