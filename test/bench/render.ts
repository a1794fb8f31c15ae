import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { listVariants, type Project, type Variant } from '#shared/model/index.ts';
import { type BenchKit, benchScale, type Cost, median, openBenchKit, secondsText } from '../fixtures/bench-kit.ts';
import { benchMatrix } from '../fixtures/bench-projects.ts';
import type { BenchRow } from '../fixtures/bench-row.ts';
import { comparePictures, makeSingle, type SingleGraph, singleGraph } from '../fixtures/bench-single.ts';

const { presetId, adSeconds, rounds, isTrial } = benchScale();

/** A row whose bound only counts at full size. */
function row(name: string, value: number, unit: string, limit: number, isAtMost: boolean, note: string): BenchRow {
  const holds = isAtMost ? value <= limit : value >= limit;
  const bound = `${isAtMost ? '≤' : '≥'} ${limit}`;
  return isTrial
    ? { name, value, unit, note: `${note}; a trial, no bound` }
    : { name, value, unit, bound, holds, note };
}

/** One variant of a matrix as one graph of plain ffmpeg: what everything is held against. */
interface Naive {
  graph: SingleGraph;
  variant: Variant;
  make(): Promise<Cost>;
}

async function naiveOf(bench: BenchKit, matrix: Project): Promise<Naive> {
  const [variant] = listVariants(matrix);
  if (!variant) throw new Error('no variant');
  const graph = await singleGraph(bench, matrix, { variant, presetId, folder: bench.kit.folder });
  return { graph, variant, make: () => makeSingle(graph, join(bench.kit.folder, 'single.mp4')) };
}

/** One ad against one graph, in turn. */
async function benchSingle(bench: BenchKit, matrix: Project, { graph, variant, make }: Naive): Promise<BenchRow> {
  const [ours, naive]: [Cost[], Cost[]] = [[], []];
  let alike = { psnrDb: 0, frames: 0 };
  for (let round = 0; round < rounds; round += 1) {
    naive.push(await make());
    await bench.cool();
    const made = await bench.export(matrix, { variants: [variant], presetId });
    ours.push(made);
    if (round === 0) alike = await comparePictures(made.views[0]?.path ?? '', join(bench.kit.folder, 'single.mp4'));
  }
  if (alike.frames !== graph.frames || (alike.psnrDb < 40 && !isTrial))
    throw new Error(`not the same picture: ${JSON.stringify(alike)} instead of ${graph.frames} frames`);
  const ratios = ours.map((one, n) => one.wallMs / (naive[n]?.wallMs ?? Number.NaN));
  const cpu = median(ours.map((one, n) => one.cpuMs / (naive[n]?.cpuMs ?? Number.NaN)));
  const note = `${adSeconds} s, checks included; ours ${walls(ours)} s, one graph ${walls(naive)} s; processor time ${cpu.toFixed(2)}×; pictures ${alike.psnrDb.toFixed(1)} dB alike`;
  return row('one ad, cold, against one ffmpeg graph', median(ratios), '×', 1.05, true, note);
}

const walls = (costs: readonly Cost[]): string => secondsText(costs.map((cost) => cost.wallMs));

/** 3×3×3 from nothing, each time between two single graphs, as machines change their speed; then the same again. */
async function benchMatrixRows(bench: BenchKit, matrix: Project, { make }: Naive): Promise<BenchRow[]> {
  const naive: Cost[] = [await make()];
  const colds: Cost[] = [];
  let outputs = 0;
  for (let round = 0; round < rounds; round += 1) {
    await bench.cool();
    const cold = await bench.export(matrix, { presetId });
    outputs = cold.views.length;
    colds.push(cold);
    naive.push(await make());
  }
  const same: Cost[] = [];
  for (let round = 0; round < rounds; round += 1) same.push(await bench.export(matrix, { presetId }));
  // With the pieces there, all that is left is sound, joining and checks: of other placements, or files would be copied.
  await bench.forgetSound();
  const rest = await bench.export(matrix, { presetId, placements: ['instagram-reels'] });
  const around = (n: number, part: keyof Cost) => ((naive[n]?.[part] ?? 0) + (naive[n + 1]?.[part] ?? 0)) / 2;
  const faster = median(colds.map((cold, n) => (outputs * around(n, 'wallMs')) / cold.wallMs));
  const cpu = median(colds.map((cold, n) => (outputs * around(n, 'cpuMs')) / cold.cpuMs));
  // What is distinct is three ads long: the naive encode of that is three singles.
  const video = median(colds.map((cold, n) => (cold.cpuMs - rest.cpuMs) / (3 * around(n, 'cpuMs'))));
  const coldMs = median(colds.map((cold) => cold.wallMs));
  const again = (median(same.map((cost) => cost.wallMs)) / coldMs) * 100;
  return [
    row(
      `3×3×3 matrix of ${adSeconds} s ads, cold, against ${outputs} single graphs`,
      ...([faster, '× faster', 8, false] as const),
      `the ceiling is 9; ${walls(colds)} s; singles before, between and after ${walls(naive)} s, extrapolated; by processor time ${cpu.toFixed(1)}×`,
    ),
    row(
      'video work of the matrix against single graphs of its distinct seconds',
      ...([video, '×', 1.15, true] as const),
      `processor time; ${outputs} sounds, joins and checks took ${secondsText([rest.cpuMs])} s of ${secondsText(colds.map((cold) => cold.cpuMs))} s`,
    ),
    row('the matrix once more, nothing changed', again, '% of cold', 2, true, `${walls(same)} s of ${walls(colds)} s`),
  ];
}

/** One word of a headline of three seconds. */
async function benchTextEdit(bench: BenchKit): Promise<BenchRow> {
  const secondsEach = isTrial ? 1 : 10;
  const ad = (headline: string) => benchMatrix({ id: 'words', options: [1, 1, 1], secondsEach, headline });
  await bench.cool();
  const cold = await bench.export(ad('Still lugging water?'), { presetId });
  const edits: Cost[] = [];
  for (const word of ['bottles', 'crates', 'cases'].slice(0, rounds))
    edits.push(await bench.export(ad(`Still lugging ${word}?`), { presetId }));
  const share = (median(edits.map((cost) => cost.wallMs)) / cold.wallMs) * 100;
  const cpu = (median(edits.map((cost) => cost.cpuMs)) / cold.cpuMs) * 100;
  const note = `${secondsEach * 3} s ad, headline of 3 s; ${walls(edits)} s of ${walls([cold])} s; processor time ${cpu.toFixed(1)} %`;
  return row('re-export after a one-word edit', share, '% of cold', 15, true, note);
}

/** Single ads, a matrix and edits against plain ffmpeg. */
export async function run(): Promise<BenchRow[]> {
  const bench = await openBenchKit();
  try {
    const matrix = benchMatrix({ id: 'matrix', options: [3, 3, 3], secondsEach: adSeconds / 3 });
    const naive = await naiveOf(bench, matrix);
    const single = await benchSingle(bench, matrix, naive);
    const grid = await benchMatrixRows(bench, matrix, naive);
    const edit = await benchTextEdit(bench);
    return [single, ...grid, edit];
  } finally {
    await bench.dispose();
    await rm(bench.kit.folder, { recursive: true, force: true });
  }
}
