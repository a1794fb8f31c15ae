import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { listVariants, type Project } from '#shared/model/index.ts';
import { type BenchKit, benchScale, type Cost, median, openBenchKit, secondsText } from '../fixtures/bench-kit.ts';
import { benchMatrix } from '../fixtures/bench-projects.ts';
import type { BenchRow } from '../fixtures/bench-row.ts';
import { comparePictures, makeSingle, singleGraph } from '../fixtures/bench-single.ts';

const { presetId, adSeconds, rounds, isTrial } = benchScale();

/** A row whose bound only counts at full size. */
function row(name: string, value: number, unit: string, limit: number, isAtMost: boolean, note: string): BenchRow {
  const holds = isAtMost ? value <= limit : value >= limit;
  const bound = `${isAtMost ? '≤' : '≥'} ${limit}`;
  return isTrial
    ? { name, value, unit, note: `${note}; a trial, no bound` }
    : { name, value, unit, bound, holds, note };
}

/** One ad against one graph, in turn; the graph's costs are those of the matrix's naive way, too. */
async function benchSingle(bench: BenchKit, matrix: Project): Promise<{ rows: BenchRow[]; naive: Cost[] }> {
  const [variant] = listVariants(matrix);
  if (!variant) throw new Error('no variant');
  const target = join(bench.kit.folder, 'single.mp4');
  const graph = await singleGraph(bench, matrix, { variant, presetId, folder: bench.kit.folder });
  const [ours, naive]: [Cost[], Cost[]] = [[], []];
  let alike = { psnrDb: 0, frames: 0 };
  for (let round = 0; round < rounds; round += 1) {
    naive.push(await makeSingle(graph, target));
    await bench.cool();
    const made = await bench.export(matrix, { variants: [variant], presetId });
    ours.push(made);
    if (round === 0) alike = await comparePictures(made.views[0]?.path ?? '', target);
  }
  if (alike.frames !== graph.frames || (alike.psnrDb < 40 && !isTrial))
    throw new Error(`not the same picture: ${JSON.stringify(alike)} instead of ${graph.frames} frames`);
  const ratios = ours.map((one, n) => one.wallMs / (naive[n]?.wallMs ?? Number.NaN));
  const cpu = median(ours.map((one, n) => one.cpuMs / (naive[n]?.cpuMs ?? Number.NaN)));
  const note = `${adSeconds} s, checks included; ours ${walls(ours)} s, one graph ${walls(naive)} s; processor time ${cpu.toFixed(2)}×; pictures ${alike.psnrDb.toFixed(1)} dB alike`;
  return { rows: [row('one ad, cold, against one ffmpeg graph', median(ratios), '×', 1.05, true, note)], naive };
}

const walls = (costs: readonly Cost[]): string => secondsText(costs.map((cost) => cost.wallMs));

/** 3×3×3 from nothing, then the same again. */
async function benchMatrixRows(bench: BenchKit, matrix: Project, naive: readonly Cost[]): Promise<BenchRow[]> {
  await bench.cool();
  const cold = await bench.export(matrix, { presetId });
  const outputs = cold.views.length;
  const same: Cost[] = [];
  for (let round = 0; round < rounds; round += 1) same.push(await bench.export(matrix, { presetId }));
  const single = median(naive.map((cost) => cost.wallMs));
  // With the pieces there, all that is left is sound, joining and checks: of other placements, or files would be copied.
  await bench.forgetSound();
  const rest = await bench.export(matrix, { presetId, placements: ['instagram-reels'] });
  // What is distinct is three ads long: the naive encode of that is three singles.
  const video = (cold.cpuMs - rest.cpuMs) / (3 * median(naive.map((cost) => cost.cpuMs)));
  const faster = (outputs * single) / cold.wallMs;
  const again = (median(same.map((cost) => cost.wallMs)) / cold.wallMs) * 100;
  const cpu = (outputs * median(naive.map((cost) => cost.cpuMs))) / cold.cpuMs;
  return [
    row(
      `3×3×3 matrix of ${adSeconds} s ads, cold, against ${outputs} single graphs`,
      ...([faster, '× faster', 8, false] as const),
      `the ceiling is 9; once, ${walls([cold])} s; a single ${walls(naive)} s, extrapolated; by processor time ${cpu.toFixed(1)}×`,
    ),
    row(
      'video work of the matrix against single graphs of its distinct seconds',
      ...([video, '×', 1.15, true] as const),
      `processor time; ${outputs} sounds, joins and checks took ${secondsText([rest.cpuMs])} s of ${secondsText([cold.cpuMs])} s`,
    ),
    row('the matrix once more, nothing changed', again, '% of cold', 2, true, `${walls(same)} s of ${walls([cold])} s`),
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
    const { rows, naive } = await benchSingle(bench, matrix);
    const grid = await benchMatrixRows(bench, matrix, naive);
    const edit = await benchTextEdit(bench);
    return [...rows, ...grid, edit];
  } finally {
    await bench.dispose();
    await rm(bench.kit.folder, { recursive: true, force: true });
  }
}
