#!/usr/bin/env node
// `npm run bench [-- name…] [--write]`: runs test/bench/*.ts, each in its own process, and prints one table.
// Each file exports run(): Promise<BenchRow[]>; BenchRow = { name, value, unit, bound?, holds?, note? }.
// `--write` also writes all results there are, of earlier runs too, into docs/benchmarks.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { ensureCacheFolder, readJson, root } from './lib/paths.mjs';
import { runForeground } from './lib/run.mjs';
import { runMain, say } from './lib/say.mjs';
import { setUp } from './setup.mjs';

const folder = join(root, 'test', 'bench');
const columns = ['name', 'value', 'unit', 'bound', 'holds', 'note'];
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

await runMain(async () => {
  const all = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .sort()
    : [];
  const files = all.filter((name) => wanted.length === 0 || wanted.includes(basename(name, '.ts')));
  if (files.length === 0) {
    say(`No benchmark of that name. There are: ${all.map((name) => basename(name, '.ts')).join(', ') || 'none'}.`);
    return 2;
  }
  const { node } = await setUp();
  const rows = [];
  for (const file of files) rows.push(...(await runOne(node, file)));
  console.log(`\n${table(rows)}`);
  if (process.argv.includes('--write')) writeDocument(all, node);
  return rows.every((row) => row.holds !== false) ? 0 : 1;
});

/** Where a file's rows are kept until it runs again. */
function resultPath(file) {
  return join(ensureCacheFolder(), `bench-${file}.json`);
}

/** Runs one file in its own process, so that memory and event loop are its own. */
async function runOne(node, file) {
  say(`\n== ${basename(file, '.ts')}`);
  const output = resultPath(file);
  rmSync(output, { force: true });
  const runner = join(root, 'scripts', 'lib', 'bench-runner.mjs');
  const args = ['--expose-gc', '--disable-warning=ExperimentalWarning', runner, join(folder, file), output];
  const code = await runForeground(node, args, { cwd: root });
  const rows = readJson(output);
  if (code === 0 && Array.isArray(rows)) return rows;
  return [
    { name: basename(file, '.ts'), value: 'crashed', unit: '', bound: '', holds: false, note: `exit code ${code}` },
  ];
}

function cell(row, column) {
  if (column === 'holds') return row.holds === undefined ? '' : row.holds ? 'yes' : 'NO';
  const value = row[column] ?? '';
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}

/** A Markdown table that also reads well as plain text. */
function table(rows) {
  const cells = [columns, ...rows.map((row) => columns.map((column) => cell(row, column)))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index].length)));
  const lines = cells.map((line) => `| ${line.map((text, index) => text.padEnd(widths[index])).join(' | ')} |`);
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return lines.join('\n');
}

/** All results there are, those of earlier runs too, each with the day it was measured and the command that did it. */
function writeDocument(files, node) {
  const { version } = readJson(join(root, 'package.json'));
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}`;
  const sections = files.flatMap((file) => {
    const rows = readJson(resultPath(file));
    if (!Array.isArray(rows)) return [];
    const name = basename(file, '.ts');
    const day = statSync(resultPath(file)).mtime.toISOString().slice(0, 10);
    return [`## ${name}`, '', `\`npm run bench -- ${name}\`, ${day}`, '', table(rows), ''];
  });
  const text = [
    '# Benchmarks',
    '',
    'Written by `npm run bench -- --write`. Ratios compare with plain ffmpeg and other programs in the same run on the same',
    'machine, in turn, medians where a note does not say otherwise. What each measures is said in `test/bench/<name>.ts`.',
    '',
    `Spotloom ${version}; ${machine}; ${versions(node)}.`,
    '',
    ...sections,
  ].join('\n');
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(join(root, 'docs', 'benchmarks.md'), text);
  say('Written to docs/benchmarks.md.');
}

/** Versions of what the figures depend on. */
function versions(node) {
  const first = (program, ...args) => {
    const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    return (stdout || stderr || '').split('\n')[0].trim();
  };
  const ffmpeg = first('ffmpeg', '-version').replace(/ Copyright.*/, '');
  const melt = first('melt', '--version').replace(/^\S*melt/, 'melt');
  return [`Node ${first(node, '--version')}`, ffmpeg || 'no ffmpeg on the path', melt || 'no melt'].join('; ');
}
