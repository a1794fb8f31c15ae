import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeNumbered } from '../fixtures/numbered.ts';
import { randomFrom } from '../fixtures/random.ts';
import {
  type ChildInput,
  type ChildResult,
  exportKey,
  matrixProject,
  packetsOf,
  startRenderChild,
  waitAtMost,
} from '../fixtures/render-children.ts';
import { unfinishedNames } from './faults-kit.ts';

const isLong = process.env.SPOTLOOM_LONG === '1';
const kills = Number(process.env.SPOTLOOM_KILLS ?? (isLong ? 50 : 5));
const killsPerMatrix = 3;
const seed = Number(process.env.SPOTLOOM_SEED ?? Date.now() % 100_000);

let folder: string;
let footage: Record<string, string>;
/** Packets of the files of an undisturbed run, by name. */
let right: Map<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spotloom-kill-'));
  footage = { num: join(folder, 'num.mp4') };
  await makeNumbered(footage.num ?? '', { frames: 180, rate: '30', toneHz: 300, width: 192, height: 108 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const inputOf = (projects: ChildInput['projects']): ChildInput => ({
  projects,
  footage,
  request: { ratios: ['16:9'] },
});

async function packetsByFile(results: readonly ChildResult[]): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (const { path } of results) all.set(exportKey(path), await packetsOf(path));
  return all;
}

test(
  `${kills} kills while a matrix is exported change nothing in the files (seed ${seed})`,
  async () => {
    const random = randomFrom(seed);
    const matrices = Math.ceil(kills / killsPerMatrix);
    const projects = Array.from({ length: matrices }, (_, n) => matrixProject(`matrix-${n}`, n, isLong ? 2 : 1));
    const undisturbed = await startRenderChild(join(folder, 'undisturbed'), inputOf(projects));
    await undisturbed.working;
    const startMs = performance.now();
    const wanted = await undisturbed.results;
    right = await packetsByFile(wanted);
    const eachMs = (performance.now() - startMs) / matrices;

    const disturbed = join(folder, 'disturbed');
    let hits = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const until = Math.floor(kill / killsPerMatrix) + 1;
      const child = await startRenderChild(disturbed, inputOf(projects.slice(0, until)));
      await child.working;
      // Somewhere in the work of one matrix, some kills while it is begun or ended.
      await waitAtMost(eachMs * (random.below(1000) / 1000) * 0.8, child.results);
      const isDone = (await Promise.race([child.results.catch(() => null), Promise.resolve(null)])) !== null;
      await child.kill();
      if (!isDone) hits += 1;
    }
    const results = await (await startRenderChild(disturbed, inputOf(projects))).results;

    expect(results.map(({ state, error }) => [state, error?.code])).toEqual(wanted.map(() => ['finished', undefined]));
    expect(await packetsByFile(results)).toEqual(right);
    const exportsFolder = join(disturbed, 'library', 'exports');
    const files = readdirSync(exportsFolder).filter((name) => name !== 'manifests');
    expect(files.sort()).toEqual(wanted.map(({ path }) => exportKey(path)).sort());
    expect(readdirSync(join(exportsFolder, 'manifests'))).toHaveLength(files.length);
    expect(readdirSync(join(disturbed, 'library', 'temp'))).toEqual([]);
    expect(unfinishedNames(exportsFolder)).toEqual([]);
    console.log(JSON.stringify({ kills, hits, matrices, files: files.length, seed, eachMs: Math.round(eachMs) }));
    expect(hits, 'kills that hit work').toBeGreaterThan(0);
  },
  isLong ? 7_200_000 : 300_000,
);

test(
  'two processes export the same and other things on one cache at once: every file is right',
  async () => {
    const [shared, other] = [
      matrixProject('matrix-0', 0, isLong ? 2 : 1),
      matrixProject('matrix-1', 1, isLong ? 2 : 1),
    ];
    const library = join(folder, 'two-processes');
    const first = await startRenderChild(library, inputOf([shared]));
    const second = await startRenderChild(library, inputOf([other, shared]));
    const results = [...(await first.results), ...(await second.results)];
    expect(results.filter(({ state }) => state !== 'finished')).toEqual([]);
    for (const { path } of results) {
      // Asked for twice at once, an export may be made twice, under names of its own.
      const name = exportKey(path).replace(/(_v\d+| \(\d+\))(?=\.mp4$)/, '');
      expect(await packetsOf(path), path).toBe(right.get(name));
    }
  },
  isLong ? 900_000 : 240_000,
);
