/**
 * Who may import whom (docs/architecture.md). Every rule here is proven to fire by
 * test/packaging/import-rules.test.ts, which runs this file over tiny violations.
 *
 * The parser is swc: TypeScript 7 has no compiler API for dependency-cruiser to use.
 */
'use strict';

const test = '\\.test\\.tsx?$';

/** Each capability and those it may build on. A new capability is one line here. */
const capabilities = {
  settings: [],
  jobs: [],
  fonts: [],
  library: ['settings', 'jobs'],
  projects: ['settings', 'jobs', 'library'],
  generate: ['settings', 'jobs', 'library', 'projects'],
  render: ['settings', 'jobs', 'library', 'projects'],
  publish: ['settings', 'jobs', 'fonts', 'library', 'projects', 'generate', 'render'],
};
const names = Object.keys(capabilities);
const anyCapability = `^src/main/(${names.join('|')})/`;
const entries = '^src/main/(index|headless|cli)\\.ts$';

/** npm packages by name, wherever they are installed. */
const packages = (...list) => `(^|/)node_modules/(${list.join('|')})(/|$)|^(${list.join('|')})(/|$)`;

const orderRules = names
  .map((name) => ({ name, allowed: [name, ...capabilities[name]] }))
  .filter(({ allowed }) => allowed.length < names.length)
  .map(({ name, allowed }) => ({
    name: `order-${name}`,
    comment: `${name} may build on ${capabilities[name].join(', ') || 'no other capability'} only.`,
    severity: 'error',
    from: { path: `^src/main/${name}/`, pathNot: test },
    to: { path: anyCapability, pathNot: `^src/main/(${allowed.join('|')})/` },
  }));

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'No import cycles.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      comment: 'Every import resolves: a rule cannot judge what it cannot find.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(asset|url|raw|worker|nodeWorker)' },
    },
    {
      name: 'shared-imports-nothing',
      comment: 'src/shared runs anywhere: it imports itself, zod and @orpc/contract only (its tests may use more).',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: test },
      to: { pathNot: ['^src/shared/', packages('zod', '@orpc/contract')] },
    },
    {
      name: 'faces-import-shared-only',
      comment: 'renderer, preload and cloud import only themselves and shared from src.',
      severity: 'error',
      from: { path: '^src/(renderer|preload|cloud)/' },
      to: { path: '^src/', pathNot: '^src/($1|shared)/' },
    },
    {
      name: 'engine-imports-no-face',
      comment: 'The engine does not know the faces.',
      severity: 'error',
      from: { path: '^src/main/' },
      to: { path: '^src/(renderer|preload|cloud)/' },
    },
    {
      name: 'renderer-no-node',
      comment: 'The page runs in a sandboxed browser.',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    ...orderRules,
    {
      name: 'capability-by-index',
      comment: 'Another capability is reached through its index.ts only.',
      severity: 'error',
      from: { path: '^src/main/([^/]+)/' },
      to: { path: anyCapability, pathNot: ['^src/main/$1/', '^src/main/[^/]+/index\\.ts$'] },
    },
    {
      name: 'capability-by-index-entries',
      comment: 'Entries and engine.ts, too, reach a capability through its index.ts only.',
      severity: 'error',
      from: { path: '^src/main/[^/]+\\.ts$' },
      to: { path: anyCapability, pathNot: '^src/main/[^/]+/index\\.ts$' },
    },
    {
      name: 'capabilities-below-engine',
      comment: 'The engine wires capabilities together; they do not know it.',
      severity: 'error',
      from: { path: anyCapability, pathNot: test },
      to: { path: '^src/main/([^/]+\\.ts$|engine/)' },
    },
    {
      name: 'platform-is-the-floor',
      comment: 'platform adapts the outside; it imports shared and itself only.',
      severity: 'error',
      from: { path: '^src/main/platform/', pathNot: test },
      to: { path: '^src/', pathNot: '^src/(main/platform|shared)/' },
    },
    {
      name: 'gateway-from-entries-only',
      comment: 'Only entries import gateway.',
      severity: 'error',
      from: { path: '^src/', pathNot: [entries, '^src/main/gateway/', test] },
      to: { path: '^src/main/gateway/' },
    },
    {
      name: 'shell-from-entries-only',
      comment: 'Only entries import shell.',
      severity: 'error',
      from: { path: '^src/', pathNot: [entries, '^src/main/shell/', test] },
      to: { path: '^src/main/shell/' },
    },
    {
      name: 'entries-are-the-top',
      comment: 'Nothing imports an entry.',
      severity: 'error',
      from: {},
      to: { path: entries },
    },
    {
      name: 'electron-in-shell-only',
      comment: 'electron only in main/index.ts, main/shell and preload: the engine is plain Node.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main/index\\.ts$|main/shell/|preload/)' },
      to: { path: packages('electron', 'electron-updater') },
    },
    {
      name: 'child-process-in-ffmpeg-only',
      comment: 'Processes are started by platform/ffmpeg alone.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/platform/ffmpeg/', test] },
      to: { path: ['^(node:)?child_process$', packages('fluent-ffmpeg', 'execa', 'cross-spawn')] },
    },
    {
      name: 'sqlite-in-db-only',
      comment: 'better-sqlite3 only in platform/db.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main/platform/db/', test] },
      to: { path: packages('better-sqlite3') },
    },
    {
      name: 'jotai-in-state-only',
      comment: 'jotai only in renderer/state.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/renderer/state/' },
      to: { path: packages('jotai') },
    },
    {
      name: 'orpc-in-gateway-and-client-only',
      comment: 'oRPC runtimes only in gateway and renderer/engine; the contract package is for shared.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main/gateway|renderer/engine)/' },
      to: { path: packages('@orpc/(?!contract(/|$))[^/]+') },
    },
    {
      name: 'tests-are-not-imported',
      comment: 'Product code does not import tests.',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { path: [test, '^test/'] },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^out/' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'browser', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json', '.css', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
