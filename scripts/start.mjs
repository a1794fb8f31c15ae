#!/usr/bin/env node
// `npm start`: set up what is missing, then open the studio: in its own window where Electron can run, otherwise in
// the browser. `--no-open` opens no browser, `--browser` asks for the browser face; the rest goes to the studio.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findElectron } from './lib/electron.mjs';
import { isWindows, root } from './lib/paths.mjs';
import { runForeground } from './lib/run.mjs';
import { runMain, say } from './lib/say.mjs';
import { setUp } from './setup.mjs';

/** A window that closes with an error this early never opened. */
const EARLY_EXIT_MS = 8_000;

const own = new Set(['--no-open', '--browser']);
const flags = new Set(process.argv.slice(2).filter((argument) => own.has(argument)));
const passed = process.argv.slice(2).filter((argument) => !own.has(argument));

await runMain(async () => {
  const { node } = await setUp();
  const { path, reason } = flags.has('--browser')
    ? { path: null, reason: 'you asked for it' }
    : await findElectron(node);
  if (path === null) return openInBrowser(node, reason);
  const startedAt = Date.now();
  const code = await runForeground(path, [root, ...passed]);
  const isEarly = Date.now() - startedAt < EARLY_EXIT_MS;
  if (code === 0 || code === 130 || code === 143 || !isEarly) return code;
  return openInBrowser(node, `the Electron window closed at once (code ${code})`);
});

/** Runs the browser face and opens its one-time address in the person's browser. */
function openInBrowser(node, reason) {
  say(`The studio opens in the browser, because ${reason}. Ctrl-C ends it.`);
  let seen = '';
  return runForeground(node, ['--enable-source-maps', join(root, 'out', 'main', 'headless.js'), ...passed], {
    onStdout: (chunk) => {
      process.stdout.write(chunk);
      if (seen === null) return;
      seen += chunk;
      const url = /https?:\/\/\S+(?=\s)/.exec(seen)?.[0];
      if (url === undefined) return;
      seen = null;
      if (!flags.has('--no-open') && hasDesktop()) openUrl(url);
    },
  });
}

function hasDesktop() {
  if (process.env.CI || process.env.SSH_CONNECTION) return false;
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Asks the system to open an address; when it cannot, the person still has the printed one. */
function openUrl(url) {
  const [command, ...args] = isWindows
    ? ['rundll32', 'url.dll,FileProtocolHandler', url]
    : [process.platform === 'darwin' ? 'open' : 'xdg-open', url];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => say('No browser could be opened; open the address above yourself.'));
  child.unref();
}
