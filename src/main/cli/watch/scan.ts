import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isUnfinishedName, walkFolder } from '#main/platform/files/index.ts';

/** How project files, and what came of them, are called. */
export const briefEnding = '.spotloom.json';
const resultEnding = '.result.json';

/** Files below a watched folder with what tells whether they change, by path. */
export type Listing = ReadonlyMap<string, string>;

/** "a/spring.spotloom.json" → "a/spring.result.json" */
export function resultPath(brief: string): string {
  return `${brief.slice(0, -briefEnding.length)}${resultEnding}`;
}

/** Everything that counts below a folder: not what we write there ourselves. */
export async function scanFolder(folder: string, outDir: string, signal: AbortSignal): Promise<Listing> {
  const found = new Map<string, string>();
  const isOurs = (path: string) => path === outDir || path.endsWith(resultEnding) || isUnfinishedName(path);
  for await (const entry of walkFolder(folder, { signal, skip: isOurs })) {
    if (entry.kind === 'file') found.set(entry.path, `${entry.sizeBytes}:${entry.modifiedMs}`);
  }
  return found;
}

/** True when both list the same. */
export function isSameListing(one: Listing, other: Listing): boolean {
  return one.size === other.size && [...one].every(([path, mark]) => other.get(path) === mark);
}

/** The project files of a listing, in order. */
export function briefsOf(listing: Listing): string[] {
  return [...listing.keys()].filter((path) => path.endsWith(briefEnding)).sort();
}

/** Paths a project file names, as far as it can be read. */
function mediaPaths(text: string, folder: string): string[] {
  try {
    const { media } = JSON.parse(text) as { media?: unknown };
    const entries: unknown[] = typeof media === 'object' && media !== null ? Object.values(media) : [];
    return entries
      .map((entry) => (typeof entry === 'object' && entry !== null && 'path' in entry ? entry.path : entry))
      .filter((path) => typeof path === 'string' && path.length <= 4096 && !path.includes('\0'))
      .map((path) => resolve(folder, path as string));
  } catch {
    return [];
  }
}

/** True for paths below a folder: nothing else of this machine is even looked at. */
function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}

/**
 * Changes when the project file, a file it plays, or the way it is rendered does. A file that cannot be read has a key, too:
 * what is wrong with it is said once.
 */
export async function briefKey(brief: string, settings: string): Promise<string> {
  const folder = dirname(brief);
  const text = await readFile(brief).catch(() => Buffer.alloc(0));
  const hash = createHash('sha256').update(settings).update('\0').update(text);
  for (const path of mediaPaths(text.toString('utf8'), folder)) {
    const info = isBelow(folder, path) ? await stat(path).catch(() => null) : null;
    hash.update(`\0${path}\0${info ? `${info.size}:${info.mtimeMs}` : 'none'}`);
  }
  return hash.digest('hex');
}

/** Where the files of a project file go: folders below the watched one are found again in the output. */
export function outDirOf(brief: string, folder: string, outDir: string): string {
  return join(outDir, relative(folder, dirname(brief)));
}
