// Whether the studio's own window can open here. Electron's binary is not in its npm package: it is fetched on first
// use, which must neither hang nor be tried again at every start.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCacheFolder, readJson, readText, root } from './paths.mjs';
import { runQuietly } from './run.mjs';
import { progress } from './say.mjs';

const DOWNLOAD_TIMEOUT_MS = 3 * 60_000;
const TRY_AGAIN_AFTER_MS = 24 * 3_600_000;
const folder = join(root, 'node_modules', 'electron');

/**
 * Electron's executable where a window can open, else null with the reason, worded to follow "because".
 * @returns {Promise<{ path: string, reason: null } | { path: null, reason: string }>}
 */
export async function findElectron(node) {
  const no = (reason) => ({ path: null, reason });
  if (process.platform === 'linux') {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return no('this machine has no display');
    if (process.getuid?.() === 0) return no('Electron’s sandbox does not run as root');
  }
  const present = installed();
  if (present !== null) return { path: present, reason: null };
  const note = join(ensureCacheFolder(), 'electron-failed.json');
  const failedAt = readJson(note)?.failedAt ?? 0;
  if (Date.now() - failedAt < TRY_AGAIN_AFTER_MS) {
    return no('Electron could not be downloaded lately (delete .cache/electron-failed.json to try again)');
  }
  const path = await download(node);
  if (path !== null) {
    rmSync(note, { force: true });
    return { path, reason: null };
  }
  writeFileSync(note, JSON.stringify({ failedAt: Date.now() }));
  return no('Electron could not be downloaded');
}

/** Fetches the binary; null when that fails or takes too long. */
async function download(node) {
  try {
    return await progress('Downloading Electron (once, at most three minutes)', async () => {
      const { tail } = await runQuietly(node, [join(folder, 'install.js')], { timeoutMs: DOWNLOAD_TIMEOUT_MS });
      const path = installed();
      if (path === null) throw new Error(tail);
      return path;
    });
  } catch {
    return null;
  }
}

/** The executable, when it is there in the version the project asks for. */
function installed() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = readText(join(folder, 'path.txt'));
  if (name === null) return null;
  const path = join(override ?? join(folder, 'dist'), name);
  const version = readText(join(folder, 'dist', 'version'))
    ?.trim()
    .replace(/^v/, '');
  const isRight = override !== undefined || version === readJson(join(folder, 'package.json'))?.version;
  return isRight && existsSync(path) ? path : null;
}
