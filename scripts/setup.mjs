// Everything a command needs before it can run: packages, Node 24, ffmpeg, Chromium, the build.
// Each part says what it does only when it has something to do.
import { ensureBuild, isBuilt } from './lib/build.mjs';
import { ensureChromium, findChromium } from './lib/chromium.mjs';
import { ensureFfmpeg, findFfmpeg } from './lib/ffmpeg.mjs';
import { withSetupLock } from './lib/lock.mjs';
import { arePackagesInstalled, ensureNode, ensurePackages, findNode } from './lib/packages.mjs';

/**
 * Prepares the machine.
 * @param {{ needsChromium?: boolean, needsBuild?: boolean }} wanted
 * @returns {Promise<{ node: string, ffmpeg: string, chromium: string | null }>} paths of what was found or installed
 */
export async function setUp({ needsChromium = false, needsBuild = true } = {}) {
  return lookAround(needsChromium, needsBuild) ?? withSetupLock(() => prepare(needsChromium, needsBuild));
}

/** What is there, or null when something is missing: the quick way, which changes nothing. */
function lookAround(needsChromium, needsBuild) {
  if (!arePackagesInstalled() || (needsBuild && !isBuilt())) return null;
  const node = findNode();
  const ffmpeg = findFfmpeg().path;
  const chromium = needsChromium ? findChromium() : null;
  if (node === null || ffmpeg === null || (needsChromium && chromium === null)) return null;
  return { node, ffmpeg, chromium };
}

async function prepare(needsChromium, needsBuild) {
  await ensurePackages();
  const node = await ensureNode();
  const ffmpeg = await ensureFfmpeg();
  const chromium = needsChromium ? await ensureChromium(node) : null;
  if (needsBuild) await ensureBuild(node);
  return { node, ffmpeg, chromium };
}
