// A usable ffmpeg: the packaged one, the system's, the package manager's, or the old npm build as a last resort.
// The engine looks again by itself (src/main/platform/ffmpeg); this makes sure that it will find one.
import { existsSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { cacheFolder, canUseApt, ensureCacheFolder, isDebian, isWindows, readJson, root } from './paths.mjs';
import { capture } from './run.mjs';
import { SetupError, say } from './say.mjs';

/** libavutil 57.28 is the one of ffmpeg 5.1. */
const OLDEST_AVUTIL = [57, 28];
const executable = isWindows ? 'ffmpeg.exe' : 'ffmpeg';
const probeExecutable = isWindows ? 'ffprobe.exe' : 'ffprobe';

/** The build of 2018; using it is settled for a day, so that not every command tries to install a better one. */
const npmBuild = join(root, 'node_modules', '@ffmpeg-installer', `${process.platform}-${process.arch}`, executable);
const lastResortFile = join(cacheFolder, 'ffmpeg-last-resort.json');
const ASK_AGAIN_AFTER_MS = 24 * 3_600_000;

const usualFolders = {
  linux: ['/usr/bin', '/usr/local/bin', '/snap/bin'],
  darwin: ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin'],
  win32: ['C:\\ffmpeg\\bin', 'C:\\Program Files\\ffmpeg\\bin', 'C:\\ProgramData\\chocolatey\\bin'],
};

/** Where an ffmpeg may be, best first. */
function candidates() {
  const packaged = join(root, 'resources', 'ffmpeg', `${process.platform}-${process.arch}`, executable);
  const onPath = (process.env.PATH ?? process.env.Path ?? '').split(delimiter).filter((entry) => entry !== '');
  const folders = [...onPath, ...(usualFolders[process.platform] ?? [])];
  const all = [packaged, ...folders.map((folder) => join(folder, executable))];
  // One program often has several names (/bin is /usr/bin); its real path is asked once.
  return [...new Set(all.filter((path) => existsSync(path)).map((path) => realpathSync(path)))];
}

/**
 * What is wrong with an ffmpeg, or null when it can do all Spotloom needs:
 * version 5.1, libx264, libass, and ffprobe beside it or on the path.
 */
export function judgeFfmpeg(path) {
  const version = capture(path, ['-hide_banner', '-version']);
  if (version === null) return 'does not start';
  const name = /^ffmpeg version (\S+)/.exec(version)?.[1] ?? 'unknown';
  // Builds from the development branch have no number of their own; the library's number tells all builds apart.
  const avutil = /libavutil\s+(\d+)\.\s*(\d+)\./.exec(version);
  if (!avutil) return 'has no version we know';
  const [major, minor] = [Number(avutil[1]), Number(avutil[2])];
  if (major < OLDEST_AVUTIL[0] || (major === OLDEST_AVUTIL[0] && minor < OLDEST_AVUTIL[1])) {
    return `is version ${name}, older than 5.1`;
  }
  if (!/\blibx264\b/.test(capture(path, ['-hide_banner', '-encoders']) ?? '')) return 'cannot encode H.264 (libx264)';
  if (!/^\s*\S+\s+ass\s/m.test(capture(path, ['-hide_banner', '-filters']) ?? '')) return 'cannot draw text (libass)';
  const beside = join(path, '..', probeExecutable);
  if (capture(existsSync(beside) ? beside : 'ffprobe', ['-hide_banner', '-version']) === null) return 'has no ffprobe';
  return null;
}

/** The same; a good one is remembered by path, size and time, because asking costs four processes. */
function judgeRemembered(path) {
  const file = join(ensureCacheFolder(), 'ffmpeg.json');
  const { size, mtimeMs } = statSync(path);
  const key = `${path}|${size}|${mtimeMs}`;
  const known = readJson(file) ?? {};
  if (key in known) return null;
  const verdict = judgeFfmpeg(path);
  if (verdict === null) writeFileSync(file, JSON.stringify({ ...known, [key]: 'good' }));
  return verdict;
}

/** The first good ffmpeg, with what was wrong with those before it. */
export function findFfmpeg() {
  const rejected = [];
  for (const path of candidates()) {
    const verdict = judgeRemembered(path);
    if (verdict === null) return { path, rejected };
    rejected.push(`${path} ${verdict}`);
  }
  const settledAt = readJson(lastResortFile)?.settledAt ?? 0;
  const isSettled = Date.now() - settledAt < ASK_AGAIN_AFTER_MS && existsSync(npmBuild);
  return { path: isSettled ? npmBuild : null, rejected };
}

/** Makes sure an ffmpeg is there; returns its path. The last resort is named with what it cannot do. */
export async function ensureFfmpeg() {
  const first = findFfmpeg();
  if (first.path !== null) return first.path;
  for (const line of first.rejected) say(`  not usable: ${line}`);
  if (canUseApt()) {
    await aptInstall('Installing ffmpeg (apt-get)', 'ffmpeg');
    const second = findFfmpeg();
    if (second.path !== null) return second.path;
  }
  return settleForNpmBuild();
}

function settleForNpmBuild() {
  const howTo = installAdvice();
  if (capture(npmBuild, ['-version']) === null) {
    throw new SetupError('No ffmpeg was found, and none could be installed.', howTo);
  }
  say(
    '! Only the old ffmpeg of 2018 from the npm packages is here. The studio opens, but complex scripts (Arabic, Hindi),',
  );
  say(
    '  transitions, AVIF pictures and some filters are refused, and exports differ slightly from those of a newer ffmpeg.',
  );
  say(`  To get everything: ${howTo}`);
  writeFileSync(lastResortFile, JSON.stringify({ settledAt: Date.now() }));
  return npmBuild;
}

function installAdvice() {
  if (process.platform === 'darwin') return 'brew install ffmpeg';
  if (isWindows) return 'winget install Gyan.FFmpeg';
  return isDebian() ? 'sudo apt-get install ffmpeg' : 'install ffmpeg 5.1 or newer with your package manager.';
}
