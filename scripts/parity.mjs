#!/usr/bin/env node
// `npm run parity`: every golden composition as a still of the preview and as a frame of the export, compared as yuv420p;
// and mixes of the preview as those of the export, compared in loudness and time; prints tables and fails where one is
// not alike enough.
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { childEnvironment, runForeground } from './lib/run.mjs';
import { runMain } from './lib/say.mjs';
import { setUp } from './setup.mjs';

await runMain(async () => {
  const { node, chromium } = await setUp({ needsChromium: true, needsBuild: false });
  const env = childEnvironment({ SPOTLOOM_CHROMIUM: chromium, SPOTLOOM_LONG: '1' });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const suites = ['test/e2e/preview-parity.test.ts', 'test/e2e/preview-sound.test.ts'];
  return runForeground(node, [vitest, 'run', '--project', 'e2e', ...suites], {
    env,
    cwd: root,
  });
});
