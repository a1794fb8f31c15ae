import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const config = join(root, '.dependency-cruiser.cjs');
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

const npmPackages = [
  ...['electron', 'better-sqlite3', 'jotai', 'zod', 'fluent-ffmpeg', 'react'],
  ...['@orpc/contract', '@orpc/server', '@orpc/client'],
];

/** A whole little tree that keeps every rule. */
const lawful: Record<string, string> = {
  'src/shared/model/clip.ts': "import { z } from 'zod';\nexport const clip = z;\nexport type Clip = string;",
  'src/shared/contract/index.ts':
    "import { oc } from '@orpc/contract';\nimport '../model/clip.ts';\nexport const c = oc;",
  'src/main/platform/db/open.ts': "import Database from 'better-sqlite3';\nexport const open = Database;",
  'src/main/platform/ffmpeg/run.ts': "import { spawn } from 'node:child_process';\nexport const run = spawn;",
  'src/main/settings/index.ts': 'export const settings = 1;',
  'src/main/settings/store.ts': "import { open } from '../platform/db/open.ts';\nexport const store = open;",
  'src/main/jobs/index.ts': 'export const jobs = 1;',
  'src/main/library/index.ts': "import { jobs } from '../jobs/index.ts';\nexport const library = jobs;",
  'src/main/library/store.ts': 'export const secret = 1;',
  'src/main/projects/index.ts': "import { library } from '#main/library/index.ts';\nexport const projects = library;",
  'src/main/render/index.ts': "import { projects } from '../projects/index.ts';\nexport const render = projects;",
  'src/main/generate/index.ts': 'export const generate = 1;',
  'src/main/publish/index.ts': "import { render } from '../render/index.ts';\nexport const publish = render;",
  'src/main/gateway/index.ts':
    "import { os } from '@orpc/server';\nimport { render } from '../render/index.ts';\nexport const gateway = [os, render];",
  'src/main/shell/index.ts': "import { app } from 'electron';\nexport const shell = app;",
  'src/main/engine/index.ts': "import { render } from '../render/index.ts';\nexport const engine = render;",
  'src/main/wiring.ts': "import './engine/index.ts';\nexport type Entry = string;",
  'src/main/index.ts':
    "import './engine/index.ts';\nimport './gateway/index.ts';\nimport './shell/index.ts';\nexport {};",
  'src/main/cli.ts': "import './engine/index.ts';\nimport './gateway/index.ts';\nexport {};",
  'src/preload/index.ts':
    "import 'electron';\nimport type { Clip } from '#shared/model/clip.ts';\nexport type P = Clip;",
  'src/renderer/state/store.ts': "import { atom } from 'jotai';\nexport const store = atom;",
  'src/renderer/engine/client.ts':
    "import { c } from '#shared/contract/index.ts';\nimport { create } from '@orpc/client';\nexport const client = [c, create];",
  'src/renderer/main.tsx':
    "import { store } from './state/store.ts';\nexport const App = () => <p title={String(store)}>hello</p>;",
};

/** One line, put alone into a new file of a folder, and the rule that must object to it (and no other rule). */
const violations: [folder: string, line: string, rule: string][] = [
  ['src/shared/model', "import 'node:fs';", 'shared-imports-nothing'],
  ['src/shared/model', "import 'react';", 'shared-imports-nothing'],
  ['src/shared/model', "import '../../main/jobs/index.ts';", 'shared-imports-nothing'],
  ['src/shared/model', "import type { J } from '#main/jobs/index.ts';", 'shared-imports-nothing'],
  ['src/main/jobs', "import './gone.ts';", 'resolvable'],
  ['src/renderer', "import '#main/jobs/index.ts';", 'faces-import-shared-only'],
  ['src/renderer', "import type { P } from '../preload/index.ts';", 'faces-import-shared-only'],
  ['src/preload', "import '../renderer/state/store.ts';", 'faces-import-shared-only'],
  ['src/renderer', "import 'node:path';", 'renderer-no-node'],
  ['src/main/jobs', "import '../../renderer/state/store.ts';", 'engine-imports-no-face'],
  ['src/main/settings', "import '../jobs/index.ts';", 'order-settings'],
  ['src/main/jobs', "import '../settings/index.ts';", 'order-jobs'],
  ['src/main/fonts', "import '../library/index.ts';", 'order-fonts'],
  ['src/main/library', "import '../projects/index.ts';", 'order-library'],
  ['src/main/projects', "import '../generate/index.ts';", 'order-projects'],
  ['src/main/generate', "import '../render/index.ts';", 'order-generate'],
  ['src/main/render', "import type { G } from '#main/generate/index.ts';", 'order-render'],
  ['src/main/projects', "import '../library/store.ts';", 'capability-by-index'],
  ['src/main/gateway', "import '../library/store.ts';", 'capability-by-index'],
  ['src/main', "import './library/store.ts';", 'capability-by-index-entries'],
  ['src/main/publish', "import '../engine/index.ts';", 'capabilities-below-engine'],
  ['src/main/jobs', "import type { Entry } from '../wiring.ts';", 'capabilities-below-engine'],
  ['src/main/platform/db', "import '../../settings/index.ts';", 'platform-is-the-floor'],
  ['src/main', "import './gateway/index.ts';", 'gateway-from-entries-only'],
  ['src/main/render', "import '../gateway/index.ts';", 'gateway-from-entries-only'],
  ['src/main/gateway', "import '../shell/index.ts';", 'shell-from-entries-only'],
  ['src/main/shell', "import '../cli.ts';", 'entries-are-the-top'],
  ['src/main/jobs', "import 'electron';", 'electron-in-shell-only'],
  ['src/main', "const e = await import('electron');", 'electron-in-shell-only'],
  ['src/main/jobs', "import type { ChildProcess } from 'node:child_process';", 'child-process-in-ffmpeg-only'],
  ['src/main/shell', "import 'child_process';", 'child-process-in-ffmpeg-only'],
  ['src/main/render', "import 'fluent-ffmpeg';", 'child-process-in-ffmpeg-only'],
  ['src/main/library', "import type { Database } from 'better-sqlite3';", 'sqlite-in-db-only'],
  ['src/renderer', "import 'jotai';", 'jotai-in-state-only'],
  ['src/main/jobs', "import '@orpc/server';", 'orpc-in-gateway-and-client-only'],
  ['src/renderer', "export { create } from '@orpc/client';", 'orpc-in-gateway-and-client-only'],
  ['src/main/jobs', "import './jobs.test.ts';", 'tests-are-not-imported'],
];

interface CruiseReport {
  summary: { violations: { from: string; to: string; rule: { name: string } }[]; totalCruised: number };
}

let folder = '';

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Runs the real tool over the little tree; returns the names of the broken rules by file. */
function cruise(): Map<string, string[]> {
  const { stdout } = spawnSync(process.execPath, [cruiser, '--config', config, '--output-type', 'json', 'src'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const { summary } = JSON.parse(stdout) as CruiseReport;
  expect(summary.totalCruised).toBeGreaterThan(20);
  const broken = new Map<string, string[]>();
  for (const { from, rule } of summary.violations) broken.set(from, [...(broken.get(from) ?? []), rule.name]);
  return broken;
}

const fileOf = (index: number) => `${violations[index]?.[0]}/violation-${index}.ts`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spotloom-import-rules-'));
  const imports = { '#shared/*': './src/shared/*', '#main/*': './src/main/*' };
  write('package.json', JSON.stringify({ name: 'little', type: 'module', imports }));
  for (const name of npmPackages) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'module.exports = {};');
  }
  for (const [path, text] of Object.entries(lawful)) write(path, text);
  write('src/main/jobs/jobs.test.ts', "import './index.ts';");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('import rules', () => {
  it('accept a tree that keeps them', () => {
    expect(cruise()).toEqual(new Map());
  });

  it('object to each violation, each by its own rule', () => {
    violations.forEach(([, line], index) => {
      write(fileOf(index), `${line}\nexport {};\n`);
    });
    write('src/shared/model/cycle-a.ts', "import './cycle-b.ts';");
    write('src/shared/model/cycle-b.ts', "import './cycle-a.ts';");
    const broken = cruise();
    expect(broken.get('src/shared/model/cycle-a.ts')).toEqual(['no-cycles']);
    const found = violations.map(([, line], index) => [line, broken.get(fileOf(index))]);
    expect(found).toEqual(violations.map(([, line, rule]) => [line, [rule]]));
  });

  it('each have a violation above', () => {
    const { forbidden } = createRequire(import.meta.url)(config) as { forbidden: { name: string }[] };
    const proven = new Set(['no-cycles', ...violations.map(([, , rule]) => rule)]);
    expect(forbidden.map((rule) => rule.name).filter((name) => !proven.has(name))).toEqual([]);
  });
});
