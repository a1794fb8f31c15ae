// One set-up at a time: two commands started together must not install or build over each other.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCacheFolder } from './paths.mjs';
import { say } from './say.mjs';

const POLL_MS = 300;
/** A lock file without an id this old was left by a process killed while writing it. */
const EMPTY_IS_STALE_AFTER_MS = 5_000;

/** Runs the work while holding the set-up lock; waits for a living holder, takes over from a dead one. */
export async function withSetupLock(work, file = join(ensureCacheFolder(), 'setup.lock')) {
  let hasSaid = false;
  while (!tryLock(file)) {
    if (!hasSaid) say('… another Spotloom command is setting up; waiting for it');
    hasSaid = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isStale(file)) rmSync(file, { force: true });
    return false;
  }
}

function isStale(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (!(pid > 0)) return Date.now() - statSync(file).mtimeMs > EMPTY_IS_STALE_AFTER_MS;
    if (pid === process.pid) return true;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // ESRCH: no such process. EPERM: it lives, under another user. ENOENT: just released.
    return error.code === 'ESRCH';
  }
}
