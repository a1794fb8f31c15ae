import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { systemCode } from '#main/platform/files/index.ts';

/** Names that stand for devices on Windows, with any extension and in any folder. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?$/i;
/** Folders of POSIX systems that hold devices and processes instead of files. */
const deviceFolder = /^\/+(?:dev|proc|sys)(?:\/|$)/;
const controlCharacter = /\p{Cc}/u;

/**
 * Why a path of a project file may not even be looked at, in words for people; null when it may be resolved. Judged by
 * its text alone, the same on every system: asking the disk about a network path already tells the network.
 */
export function pathRefusal(path: string): string | null {
  if (controlCharacter.test(path)) return 'it holds control characters';
  if (/^[A-Za-z][A-Za-z0-9+.-]+:/.test(path)) return 'it is an address, and nothing is fetched from the network';
  if (/^[\\/]{2}/.test(path)) return 'it leads to the network';
  if (deviceFolder.test(path)) return 'it names a device, not a file';
  const parts = path.split(/[\\/]/);
  // Windows cuts dots and spaces off the end of a name: "con ." is still the console.
  if (parts.some((part) => deviceName.test(part.replace(/[. ]+$/, '')))) return 'it names a device, not a file';
  return null;
}

/** Folders whose content the person lets a project file use, with links in them resolved. */
export interface GrantedFolders {
  /** True for a path in or below one of them, by its text. */
  includes(path: string): boolean;
  /** True for a path in or below one of them after all links were followed. */
  includesReal(path: string): boolean;
}

const isInside = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
};

/** Resolves the folders once. One that does not exist grants nothing. */
export async function grantFolders(folders: readonly string[]): Promise<GrantedFolders> {
  const named = folders.map((folder) => resolve(folder));
  const real = await Promise.all(named.map((folder) => realpath(folder).catch(() => folder)));
  return {
    includes: (path) => [...named, ...real].some((folder) => isInside(folder, path)),
    includesReal: (path) => real.some((folder) => isInside(folder, path)),
  };
}

/** What became of a path of the media table. */
export type FoundPath =
  | { kind: 'file'; path: string }
  | { kind: 'missing'; path: string; reason: string }
  | { kind: 'outside'; path: string };

function reasonOf(error: unknown): string {
  const code = systemCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'There is no such file.';
  if (code === 'EACCES' || code === 'EPERM') return 'It may not be read.';
  return code === 'ELOOP' ? 'Its links lead in a circle.' : 'It cannot be read.';
}

/** A Windows path written on another system, and the other way round. */
function spellings(path: string): string[] {
  return sep === '/' && path.includes('\\') ? [path, path.replaceAll('\\', '/')] : [path];
}

async function lookAt(path: string, granted: GrantedFolders): Promise<FoundPath> {
  // Nothing is asked of the disk before the path is known to lie where the person allowed it.
  if (!granted.includes(path) || deviceFolder.test(path)) return { kind: 'outside', path };
  try {
    const real = await realpath(path);
    if (!granted.includesReal(real) || deviceFolder.test(real)) return { kind: 'outside', path };
    const info = await lstat(real);
    if (!info.isFile()) return { kind: 'missing', path, reason: 'It is not a file.' };
    return { kind: 'file', path };
  } catch (error) {
    return { kind: 'missing', path, reason: reasonOf(error) };
  }
}

/** Finds the file that a (not refused) path of a project file in `folder` means. */
export async function findMedia(path: string, folder: string, granted: GrantedFolders): Promise<FoundPath> {
  if (sep === '/' && /^[A-Za-z]:[\\/]/.test(path))
    return { kind: 'missing', path, reason: 'It is a path of a Windows machine.' };
  let found: FoundPath = { kind: 'outside', path };
  for (const spelling of spellings(path)) {
    found = await lookAt(resolve(folder, spelling), granted);
    if (found.kind === 'file') return found;
  }
  return found;
}
