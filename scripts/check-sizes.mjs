#!/usr/bin/env node
// Warns about source files over 300 lines and fails over 500. Functions over 80 lines are Biome's business.
// Long files are split by reason to change (docs/architecture.md, "Sizes").
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const WARN_LINES = 300;
const FAIL_LINES = 500;

const files = ['src', 'scripts', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
);

let failures = 0;
for (const file of files) {
  const lines = readFileSync(file, 'utf8').split('\n').length - 1;
  if (lines <= WARN_LINES) continue;
  const isFailure = lines > FAIL_LINES && !/\.test\.tsx?$/.test(file);
  failures += isFailure ? 1 : 0;
  console.log(`${isFailure ? 'too long' : 'long'}: ${file.slice(root.length + 1)} has ${lines} lines`);
}
console.log(`${files.length} files, ${failures} over ${FAIL_LINES} lines`);
process.exit(failures === 0 ? 0 : 1);
