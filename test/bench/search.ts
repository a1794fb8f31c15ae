import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import type { BenchRow } from '../fixtures/bench-row.ts';
import { fillLibrary, manyAssets } from '../fixtures/many-assets.ts';
import { openLibrary, temporaryFolder } from '../integration/library-kit.ts';

const assetCount = 100_000;
const project = join(import.meta.dirname, '..', '..');

interface Measured {
  /** While nothing changes: someone types and scrolls. */
  calm: number[];
  /** Each right after a change: nothing remembered helps. */
  changing: number[];
  facets: number[];
  /** Processor time of one search, mean. */
  cpuMs: number;
  /** Of the whole engine, before the first search and after everything. */
  startRssMb: number;
  rssMb: number;
}

/**
 * Search, facets and memory with 100,000 assets, measured in a process of its own that runs the bundled code: stripping
 * types at run time alone takes more memory than the engine.
 */
export async function run(): Promise<BenchRow[]> {
  const folder = temporaryFolder();
  // Inside the project, so that packages are found.
  const bundle = mkdtempSync(join(project, 'node_modules', '.bench-'));
  try {
    execFileSync(process.execPath, [import.meta.filename, 'fill', folder.path], { stdio: 'inherit' });
    await bundleChild(bundle);
    const output = execFileSync(
      process.execPath,
      [join(bundle, 'search-child.js'), folder.path, join(project, 'resources')],
      {
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, SPOTLOOM_CONFIG: join(folder.path, 'config') },
      },
    );
    return rows(JSON.parse(output.toString()) as Measured);
  } finally {
    rmSync(bundle, { recursive: true, force: true });
    folder.clean();
  }
}

async function bundleChild(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: project,
    logLevel: 'error',
    // As shipped: only what is native stays outside.
    ssr: { target: 'node', noExternal: true, external: ['better-sqlite3', 'fluent-ffmpeg', 'libheif-js'] },
    build: { ssr: join(project, 'test', 'fixtures', 'search-child.ts'), outDir, target: 'node24', emptyOutDir: false },
  });
}

function rows({ calm, changing, facets, cpuMs, startRssMb, rssMb }: Measured): BenchRow[] {
  const search = percentile(calm, 0.95);
  const afterChange = percentile(changing, 0.95);
  const facet = percentile(facets, 0.95);
  const spread = (times: number[]) =>
    `median ${percentile(times, 0.5).toFixed(1)}, worst ${Math.max(...times).toFixed(1)}`;
  const each = `${cpuMs.toFixed(1)} ms of processor time each; 100 assets per answer, validated`;
  return [
    {
      name: 'search in 100,000 assets, p95',
      value: search,
      unit: 'ms',
      bound: '< 20',
      holds: search < 20,
      note: `${spread(calm)}; ${each}`,
    },
    {
      name: 'the same, each right after a change, p95',
      value: afterChange,
      unit: 'ms',
      bound: '< 40',
      holds: afterChange < 40,
      note: spread(changing),
    },
    { name: 'facets of 100,000 assets, p95', value: facet, unit: 'ms', bound: '< 20', holds: facet < 20 },
    {
      name: 'engine RSS with 100,000 assets',
      value: rssMb,
      unit: 'MB',
      bound: '< 250',
      holds: rssMb < 250,
      note: `${Math.round(startRssMb)} at rest; after 1,200 searches, 600 changes, and lists of projects, exports and jobs`,
    },
  ];
}

function percentile(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;
}

if (process.argv[2] === 'fill') {
  const opened = openLibrary(process.argv[3] ?? '', { isWorking: false });
  fillLibrary(opened.db, manyAssets(assetCount));
  await opened.close();
} else if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.table(await run());
}
