// node_modules through the lock file, and Node 24 out of it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isWindows, localNode, readJson, root } from './paths.mjs';
import { capture, npmCommand, runQuietly } from './run.mjs';
import { progress, SetupError } from './say.mjs';

const NODE_MAJOR = 24;
const OLDEST_NODE_FOR_SETUP = 18;
const INSTALL_TIMEOUT_MS = 20 * 60_000;

/**
 * True when every package of the lock file is installed in its version. npm's own record in
 * node_modules is compared, so a plain `npm install` counts and an interrupted one does not.
 */
export function arePackagesInstalled() {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages;
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.devOptional || entry.peer) return true;
    return installed[path]?.version === entry.version;
  });
}

/** Installs what the lock file asks for when something is missing; returns true if it had to. */
export async function ensurePackages() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE_FOR_SETUP) {
    throw new SetupError(
      `Node ${process.versions.node} is too old to set Spotloom up.`,
      'install Node 20 or newer, then run this again.',
    );
  }
  if (arePackagesInstalled()) return false;
  const isRunningFromModules = process.execPath === localNode;
  // Windows cannot delete the executable that is running, which `npm ci` would do.
  const npm = npmCommand([
    isWindows && isRunningFromModules ? 'install' : 'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  const label = existsSync(join(root, 'node_modules')) ? 'Updating packages (npm ci)' : 'Installing packages (npm ci)';
  await progress(label, async () => {
    const { code, tail, isTimedOut } = await runQuietly(npm.command, npm.args, {
      shell: npm.shell,
      timeoutMs: INSTALL_TIMEOUT_MS,
      env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
    });
    if (code === 0) return;
    throw new SetupError(
      isTimedOut ? 'Installing packages took longer than 20 minutes and was stopped.' : 'Installing packages failed.',
      'check the network and the free disk space, then run the same command again.',
      tail,
    );
  });
  return true;
}

/** The path of a working Node 24, or null: the one in node_modules, else the one that runs us. */
export function findNode() {
  if (isUsableNode(localNode)) return localNode;
  return Number(process.versions.node.split('.')[0]) >= NODE_MAJOR ? process.execPath : null;
}

/** The path of a working Node 24, unpacked again if it has to be. */
export async function ensureNode() {
  const found = findNode();
  if (found !== null) return found;
  // npm was told not to run install scripts, or could not.
  const npm = npmCommand(['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts']);
  return progress('Unpacking Node 24', async () => {
    const { tail } = await runQuietly(npm.command, npm.args, {
      shell: npm.shell,
      timeoutMs: INSTALL_TIMEOUT_MS,
      env: process.env,
    });
    if (isUsableNode(localNode)) return localNode;
    throw new SetupError(
      `Spotloom needs Node ${NODE_MAJOR}; this is ${process.versions.node} and the one from the packages does not run here.`,
      `install Node ${NODE_MAJOR} on this machine, then run the same command again.`,
      tail,
    );
  });
}

function isUsableNode(path) {
  if (process.execPath === path) return true;
  return existsSync(path) && (capture(path, ['--version']) ?? '').startsWith(`v${NODE_MAJOR}.`);
}
