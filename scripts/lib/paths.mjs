// Where things are, for all scripts. No dependency, any Node from 18 on.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Notes the scripts keep between runs; safe to delete at any time. */
export const cacheFolder = join(root, '.cache');

export const isWindows = process.platform === 'win32';

/** True where apt-get may be used without asking: Debian or Ubuntu, as root. */
export function canUseApt() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  return isDebian() && existsSync('/usr/bin/apt-get');
}

/** True on Debian and what is made from it. */
export function isDebian() {
  const text = readText('/etc/os-release') ?? '';
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(text);
}

/** A file's text, or null when it cannot be read. */
export function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** A file's JSON, or null when it cannot be read or parsed. */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** The cache folder, made if needed. */
export function ensureCacheFolder() {
  mkdirSync(cacheFolder, { recursive: true });
  return cacheFolder;
}

/** Node 24's executable inside node_modules. */
export const localNode = join(root, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');
