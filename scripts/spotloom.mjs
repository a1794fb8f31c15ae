#!/usr/bin/env node
// The terminal face: `npm run -s spotloom -- <command>`, or the `spotloom` bin. Says nothing of its own on stdout.
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { runForeground } from './lib/run.mjs';
import { runMain } from './lib/say.mjs';
import { setUp } from './setup.mjs';

await runMain(async () => {
  const { node } = await setUp();
  return runForeground(node, ['--enable-source-maps', join(root, 'out', 'main', 'cli.js'), ...process.argv.slice(2)]);
});
