import type { Dirent } from 'node:fs';
import { lstat, opendir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cancelledError } from '#shared/errors/index.ts';
import { systemCode } from './fs-error.ts';
import type { WalkEntry } from './types.ts';

/** What systems and editors leave beside footage; never meant for import. */
const junkNames = new Set([
  'thumbs.db',
  'desktop.ini',
  '$recycle.bin',
  'system volume information',
  '__macosx',
  'lost+found',
  'node_modules',
]);
/** Deeper than any real folder of footage; ends mounts that contain themselves. */
const deepest = 64;

/**
 * Everything importable below a folder (or the one file `path` is), in name order. Hidden files and system junk are
 * skipped; links are followed, each real folder is visited once; pipes, sockets and devices are not listed. What
 * cannot be read is an entry, never an error. Throws only `cancelled`.
 */
export async function* walkFolder(
  path: string,
  options: { signal?: AbortSignal; skip?: (path: string) => boolean } = {},
): AsyncGenerator<WalkEntry, void, void> {
  const visited = new Set<string>();
  const pending: { path: string; depth: number }[] = [{ path, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (options.signal?.aborted === true) throw cancelledError();
    if (next.depth > 0 && options.skip?.(next.path) === true) continue;
    const found = await look(next.path);
    if (found.kind === 'other') continue;
    if (found.kind !== 'folder') {
      yield found;
      continue;
    }
    if (visited.has(found.realPath)) continue;
    visited.add(found.realPath);
    if (next.depth >= deepest) {
      yield { kind: 'unreadable', path: next.path, reason: 'too-deep' };
      continue;
    }
    const names = await readNames(next.path);
    if (!Array.isArray(names)) {
      yield names;
      continue;
    }
    const depth = next.depth + 1;
    // A stack: the last one pushed comes first.
    for (const name of names.reverse()) pending.push({ path: join(next.path, name), depth });
  }
}

type Look = WalkEntry | { kind: 'folder'; realPath: string } | { kind: 'other' };

async function look(path: string): Promise<Look> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) return { kind: 'folder', realPath: await realpath(path) };
    if (info.isFile())
      return { kind: 'file', path, sizeBytes: info.size, modifiedMs: info.mtimeMs, changedMs: info.ctimeMs };
    return { kind: 'other' };
  } catch (error) {
    // A link to nowhere, or to itself, is no file of anyone's.
    const isLink = await lstat(path)
      .then((info) => info.isSymbolicLink())
      .catch(() => false);
    return isLink && reasonOf(error) !== 'no-permission' ? { kind: 'other' } : unreadable(path, error);
  }
}

async function readNames(folder: string): Promise<string[] | WalkEntry> {
  try {
    const files: string[] = [];
    const folders: string[] = [];
    for await (const entry of await opendir(folder)) {
      if (isJunk(entry)) continue;
      (entry.isDirectory() ? folders : files).push(entry.name);
    }
    const byName = new Intl.Collator(undefined, { numeric: true }).compare;
    return [...files.sort(byName), ...folders.sort(byName)];
  } catch (error) {
    return unreadable(folder, error);
  }
}

function isJunk({ name }: Dirent): boolean {
  return name.startsWith('.') || name.startsWith('~$') || junkNames.has(name.toLowerCase());
}

function unreadable(path: string, error: unknown): WalkEntry {
  return { kind: 'unreadable', path, reason: reasonOf(error) };
}

function reasonOf(error: unknown): 'no-permission' | 'vanished' | 'failed' {
  const code = systemCode(error);
  if (code === 'EACCES' || code === 'EPERM') return 'no-permission';
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'vanished' : 'failed';
}
