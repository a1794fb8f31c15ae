// The build, only when the sources say something new.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readText, root } from './paths.mjs';
import { runQuietly } from './run.mjs';
import { progress, SetupError } from './say.mjs';

const BUILD_TIMEOUT_MS = 10 * 60_000;
const stamp = join(root, 'out', '.built-from');
const inputs = ['package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.base.json'];
const outputs = ['main/index.js', 'main/headless.js', 'main/cli.js', 'preload/index.cjs', 'renderer/index.html'];

/** A hash over everything the build reads, tests left out. */
function hashSources() {
  const hash = createHash('sha256');
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1));
  for (const file of [...inputs, ...sources].sort()) {
    hash.update(`${file}\0`);
    hash.update(readFileSync(join(root, file)));
    hash.update('\0');
  }
  return hash.digest('hex');
}

/** True when `out/` was built from exactly these sources. */
export function isBuilt() {
  return outputs.every((file) => existsSync(join(root, 'out', file))) && readText(stamp) === hashSources();
}

/** Builds when needed; returns true if it had to. */
export async function ensureBuild(node) {
  if (isBuilt()) return false;
  const hash = hashSources();
  rmSync(stamp, { force: true });
  const cli = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  await progress('Building the studio', async () => {
    const { code, tail } = await runQuietly(node, [cli, 'build'], { timeoutMs: BUILD_TIMEOUT_MS });
    if (code !== 0) {
      throw new SetupError(
        'The build failed.',
        'read the message above; `npm run build` repeats it with all its output.',
        tail,
      );
    }
  });
  writeFileSync(stamp, hash);
  return true;
}
