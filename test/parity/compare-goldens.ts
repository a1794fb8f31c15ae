import { listVariants, usedAssets } from '#shared/model/index.ts';
import { type ExactKit, openExactKit } from '../fixtures/exact-kit.ts';
import { openPreviewKit, type PreviewKit } from '../fixtures/preview-kit.ts';
import { openRenderKit } from '../fixtures/render-kit.ts';
import { makeParityFootage } from './footage.ts';
import type { Golden } from './golden.ts';
import { compareFrames, type Likeness } from './measure.ts';

/** What came of one composition. */
export interface ParityRow {
  name: string;
  /** Y, U, V; empty where there was no still. */
  planes: Likeness[];
  /** Why there was no still. */
  failure: string | null;
  holds: boolean;
}

/** What must hold per plane: PSNR in dB, SSIM. Without a lossy encoder in between nothing else is left to differ. */
const bounds = [
  { db: 45, ssim: 0.98 },
  { db: 34, ssim: 0.98 },
  { db: 34, ssim: 0.98 },
];

/** Composes every golden in the page and with ffmpeg's graph of the export, and compares the frames as yuv420p. */
export async function compareGoldens(goldens: readonly Golden[]): Promise<ParityRow[]> {
  const kit = await openRenderKit();
  let [exact, preview]: [ExactKit | null, PreviewKit | null] = [null, null];
  try {
    const used = new Set<string>(goldens.flatMap(({ project }) => usedAssets(project)));
    const assets = await makeParityFootage(kit, used);
    exact = await openExactKit(kit, assets);
    preview = await openPreviewKit(kit.folder);
    for (const asset of assets) preview.serve(asset.id, asset.locations[0]?.path ?? '');
    const rows: ParityRow[] = [];
    for (const golden of goldens) rows.push(await compareOne(golden, exact, preview, assets));
    return rows;
  } finally {
    await preview?.close();
    await exact?.dispose();
    await kit.dispose();
  }
}

async function compareOne(
  { name, project, ratio, frame }: Golden,
  exact: ExactKit,
  preview: PreviewKit,
  assets: Awaited<ReturnType<typeof makeParityFootage>>,
): Promise<ParityRow> {
  const [variant] = listVariants(project);
  if (!variant) throw new Error(`${name} has no variant`);
  const output = await exact.plan(project, variant, ratio);
  const exported = (await exact.uninterrupted(output))[frame];
  const { mediaBase } = preview;
  const request = { timeline: output.timeline, ratio, output: output.size, assets, mediaBase, frame };
  const answer = await preview.page.evaluate((one) => window.preview.compose(one), request);
  if (answer.startsWith('(') || !exported) return { name, planes: [], failure: answer.slice(0, 200), holds: false };
  const planes = compareFrames(Buffer.from(answer, 'base64'), exported, output.size);
  const holds = planes.every(({ db, ssim }, n) => db >= (bounds[n]?.db ?? 0) && ssim >= (bounds[n]?.ssim ?? 0));
  return { name, planes, failure: null, holds };
}

/** The rows as a table to read. */
export function parityTable(rows: readonly ParityRow[]): string {
  const header = ['composition', 'Y dB', 'U dB', 'V dB', 'Y SSIM', 'U SSIM', 'V SSIM', ''];
  const lines = rows.map(({ name, planes, failure, holds }) => [
    name,
    ...(failure === null
      ? [...planes.map(({ db }) => db.toFixed(1)), ...planes.map(({ ssim }) => ssim.toFixed(4)), holds ? '' : 'NO']
      : [failure]),
  ]);
  const widths = header.map((title, n) =>
    Math.max(title.length, ...lines.map((line) => (n < 7 ? (line[n]?.length ?? 0) : 0))),
  );
  const print = (line: readonly string[]) =>
    line
      .map((cell, n) => (n === 0 ? cell.padEnd(Math.min(48, widths[0] ?? 0)) : cell.padStart(widths[n] ?? 0)))
      .join('  ');
  return [header, ...lines].map(print).join('\n');
}
