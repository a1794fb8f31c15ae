#!/usr/bin/env node
// `npm test`: set up what is missing, then run every check and every test, all of them even after a failure.
//   npm test                    everything
//   npm test -- unit e2e        only these steps
//   npm run test:long           with the full counts (100 kills instead of 5, …)
// The last line is always "N passed, N failed, N skipped". A check that fails (types, lint, …) counts as one failed.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { withSetupLock } from './lib/lock.mjs';
import { cacheFolder, ensureCacheFolder, readJson, root } from './lib/paths.mjs';
import { childEnvironment, runForeground } from './lib/run.mjs';
import { explain, runMain, say } from './lib/say.mjs';
import { beginning, failuresOf } from './lib/test-report.mjs';
import { setUp } from './setup.mjs';

const module = (...path) => join(root, 'node_modules', ...path);
const tsc = module('typescript', 'bin', 'tsc');
const biome = module('@biomejs', 'biome', 'bin', 'biome');
const cruiser = module('dependency-cruiser', 'bin', 'dependency-cruiser.mjs');

/** The steps in order: checks run programs one after another, suites run one vitest project (an empty one fails). */
const steps = [
  { name: 'typecheck', run: ['shared', 'node', 'web', 'test'].map((part) => [tsc, '-p', `tsconfig.${part}.json`]) },
  { name: 'lint', run: [[biome, 'check', '.', '--max-diagnostics=50']] },
  { name: 'imports', run: [[cruiser, '--config', '.dependency-cruiser.cjs', 'src']] },
  { name: 'sizes', run: [['scripts/check-sizes.mjs']] },
  { name: 'build', isBuild: true },
  { name: 'unit', isSuite: true },
  { name: 'integration', isSuite: true },
  { name: 'e2e', isSuite: true, needsBuild: true },
  { name: 'packaging', isSuite: true, needsBuild: true },
];

const isLong = process.argv.includes('--long');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

await runMain(async () => {
  const unknown = wanted.find((name) => !steps.some((step) => step.name === name));
  if (unknown !== undefined) {
    say(`There is no step "${unknown}". Steps: ${steps.map((step) => step.name).join(', ')}.`);
    return 2;
  }
  const { node, ffmpeg, chromium } = await setUp({ needsChromium: true, needsBuild: false });
  say(`Node ${node}\nffmpeg ${ffmpeg}\nChromium ${chromium}`);
  const env = childEnvironment({ SPOTLOOM_CHROMIUM: chromium, ...(isLong ? { SPOTLOOM_LONG: '1' } : {}) });
  const results = [];
  for (const step of steps) {
    if (wanted.length > 0 && !wanted.includes(step.name)) continue;
    const hasNoBuild = results.some((result) => result.name === 'build' && result.failed > 0);
    results.push(step.needsBuild && hasNoBuild ? notRun(step) : await runStep(step, node, env));
  }
  return report(results);
});

function notRun(step) {
  say(`\n== ${step.name}: not run, because the build failed`);
  return { name: step.name, seconds: 0, passed: 0, failed: 1, skipped: 0 };
}

async function runStep(step, node, env) {
  say(`\n== ${step.name}`);
  const startedAt = Date.now();
  const counts = await countsOf(step, node, env);
  return { name: step.name, seconds: (Date.now() - startedAt) / 1000, ...counts };
}

function countsOf(step, node, env) {
  if (step.isSuite) return runSuite(step.name, node, env);
  return step.isBuild ? runBuild(node) : runChecks(step.run, node, env);
}

async function runChecks(commands, node, env) {
  let hasFailed = false;
  for (const args of commands) {
    hasFailed = (await runForeground(node, args, { env, cwd: root })) !== 0 || hasFailed;
  }
  return check(hasFailed);
}

/** The same build, under the same lock, as the other commands make; none when nothing changed. */
async function runBuild(node) {
  try {
    if (!(await withSetupLock(() => ensureBuild(node)))) say('built already, from exactly these sources');
    return check(false);
  } catch (error) {
    explain(error);
    return check(true);
  }
}

function check(hasFailed) {
  return { passed: 0, failed: hasFailed ? 1 : 0, skipped: 0 };
}

/** Runs one vitest project and reads its counts. A run that broke without a failed test counts as one failed. */
async function runSuite(name, node, env) {
  const output = join(ensureCacheFolder(), 'test', `${name}.json`);
  const secondTries = join(cacheFolder, 'test', `${name}-second-tries.json`);
  for (const old of [output, secondTries]) rmSync(old, { force: true });
  const reporters = ['default', 'json', './test/fixtures/second-tries.ts'].map((one) => `--reporter=${one}`);
  const args = ['run', '--project', name, ...reporters, `--outputFile.json=${output}`];
  const code = await runForeground(node, [module('vitest', 'vitest.mjs'), ...args], {
    env: { ...env, SPOTLOOM_SECOND_TRIES: secondTries },
    cwd: root,
  });
  const json = readJson(output) ?? {};
  const failed = json.numFailedTests ?? 0;
  return {
    passed: json.numPassedTests ?? 0,
    failed: code === 0 ? failed : Math.max(failed, 1),
    skipped: (json.numPendingTests ?? 0) + (json.numTodoTests ?? 0),
    failures: failuresOf(json.testResults ?? [], root),
    secondTries: (readJson(secondTries) ?? []).map(({ file, name, why }) => `${file} > ${name}\n${beginning(why)}`),
  };
}

/** Prints what failed, or failed at first, the table of steps and, alone on the last line, the sum; returns the exit code. */
function report(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const list = (title, key) => {
    const lines = results.flatMap((result) => result[key] ?? []);
    if (lines.length > 0) console.log(`\n${title}:\n\n${lines.join('\n\n')}`);
  };
  list('Passed only when tried again', 'secondTries');
  list('Failed', 'failures');
  console.log(`\n${'step'.padEnd(14)}${'seconds'.padStart(9)}   result`);
  for (const { name, seconds, passed, failed, skipped } of results) {
    const isSuite = steps.some((step) => step.name === name && step.isSuite);
    const words = isSuite ? `${passed} passed, ${failed} failed, ${skipped} skipped` : failed === 0 ? 'ok' : 'FAILED';
    console.log(`${name.padEnd(14)}${seconds.toFixed(1).padStart(9)}   ${words}`);
  }
  console.log(`${'all'.padEnd(14)}${sum('seconds').toFixed(1).padStart(9)}   details: ${join(cacheFolder, 'test')}\n`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return sum('failed') === 0 ? 0 : 1;
}
