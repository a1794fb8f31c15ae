// A Chromium for the tests, and for nothing else: the studio opens in whatever browser the person has.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { canUseApt, isWindows, root } from './paths.mjs';
import { capture, runQuietly } from './run.mjs';
import { progress, SetupError } from './say.mjs';

const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;

const usualPlaces = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
};

/** Playwright's own browsers, newest first. */
function playwrightBrowsers() {
  const caches = {
    linux: join(homedir(), '.cache', 'ms-playwright'),
    darwin: join(homedir(), 'Library', 'Caches', 'ms-playwright'),
    win32: join(process.env.LOCALAPPDATA ?? homedir(), 'ms-playwright'),
  };
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH ?? caches[process.platform] ?? '';
  if (!existsSync(folder)) return [];
  const inside = {
    linux: ['chrome-linux/chrome', 'chrome-linux64/chrome'],
    darwin: [
      ...['chrome-mac', 'chrome-mac-arm64', 'chrome-mac-x64'].flatMap((name) => [
        `${name}/Chromium.app/Contents/MacOS/Chromium`,
        `${name}/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing`,
      ]),
    ],
    win32: ['chrome-win/chrome.exe', 'chrome-win64/chrome.exe'],
  };
  const versions = readdirSync(folder)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)));
  return versions.flatMap((name) => (inside[process.platform] ?? []).map((path) => join(folder, name, path)));
}

/** The first Chromium found, or null. */
export function findChromium() {
  const names = isWindows ? [] : ['chromium', 'chromium-browser', 'google-chrome'];
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const chosen = process.env.SPOTLOOM_CHROMIUM ? [process.env.SPOTLOOM_CHROMIUM] : [];
  const all = [...chosen, ...playwrightBrowsers(), ...(usualPlaces[process.platform] ?? []), ...onPath];
  return all.find((path) => existsSync(path) && doesStart(path)) ?? null;
}

/** Ubuntu ships a script of this name that only asks for a snap. Elsewhere asking would open a window. */
function doesStart(path) {
  return process.platform !== 'linux' || capture(path, ['--version']) !== null;
}

/** Makes sure a Chromium is there; returns its path. */
export async function ensureChromium(node) {
  const found = findChromium();
  if (found !== null) return found;
  if (canUseApt()) {
    await aptInstall('Installing Chromium for the tests (apt-get)', 'chromium');
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
  return progress('Downloading Chromium for the tests', async () => {
    const { tail } = await runQuietly(node, [cli, 'install', 'chromium'], { timeoutMs: DOWNLOAD_TIMEOUT_MS });
    const downloaded = findChromium();
    if (downloaded !== null) return downloaded;
    const advice = process.platform === 'linux' ? 'install your system’s chromium package' : 'install Google Chrome';
    throw new SetupError(
      'The tests need Chromium, and it could not be found or installed.',
      `${advice}, then run this again.`,
      tail,
    );
  });
}
