import pLimit from 'p-limit';
import { systemClock } from '#main/platform/clock/index.ts';
import { createSegmentCache } from '#main/render/encode/segment-cache.ts';
import { audioArgs } from '#main/render/plan/encoder-args.ts';
import { planSound } from '#main/render/plan/plan-sound.ts';
import { findPreset } from '#main/render/plan/presets.ts';
import { openMix } from '#main/render/sound/mix-sound.ts';
import { soundLevels } from '#main/render/sound/sound-levels.ts';
import { gatherSources } from '#main/render/sources/gather-sources.ts';
import { type Asset, flattenVariant, listVariants, type Timeline } from '#shared/model/index.ts';
import { voicesOf } from '../../src/renderer/preview/sound/ducking.ts';
import { openPreviewKit, type PreviewKit } from '../fixtures/preview-kit.ts';
import { openRenderKit, type RenderKit, sourcesOf } from '../fixtures/render-kit.ts';
import { makeSoundFootage, type SoundGolden } from './sound-projects.ts';

/** What must hold: RMS of every 100 ms of both sides, dB; and how far apart in time the two may be, ms. */
export const soundBounds = { db: 0.5, ms: 1 };

/** What came of one mix. */
export interface SoundRow {
  name: string;
  /** Windows compared. */
  windows: number;
  /** Largest difference of a window, dB, and where it is, seconds. */
  worstDb: number;
  worstAtSeconds: number;
  offsetMs: number;
  holds: boolean;
}

const signal = new AbortController().signal;
const rateHz = 48_000;
const windowSamples = rateHz / 10;
/** Windows quieter than this in both are silence. */
const silentDb = -60;

/** Mixes every golden in the page and as exports do before they level and encode, and compares the two. */
export async function compareSounds(goldens: readonly SoundGolden[]): Promise<SoundRow[]> {
  const kit = await openRenderKit();
  let preview: PreviewKit | null = null;
  try {
    const assets = await makeSoundFootage(kit);
    preview = await openPreviewKit(kit.folder);
    for (const asset of assets) preview.serve(asset.id, asset.locations[0]?.path ?? '');
    const rows: SoundRow[] = [];
    for (const golden of goldens) rows.push(await compareOne(golden, kit, preview, assets));
    return rows;
  } finally {
    await preview?.close();
    await kit.dispose();
  }
}

async function compareOne(
  { name, project }: SoundGolden,
  kit: RenderKit,
  preview: PreviewKit,
  assets: readonly Asset[],
): Promise<SoundRow> {
  const [variant] = listVariants(project);
  if (!variant) throw new Error(`${name} has no variant`);
  const lengths = (id: string) =>
    assets.find((asset) => asset.id === id && asset.kind !== 'image')?.probe.durationSeconds ?? null;
  const timeline = flattenVariant(project, variant, lengths);
  const { mix, levels } = await exportMix(kit, timeline, assets);
  const request = { timeline, assets: [...assets], mediaBase: preview.mediaBase, levels };
  const answer = Buffer.from(await preview.page.evaluate((one) => window.preview.mix(one), request), 'base64');
  const heard = new Float32Array(answer.buffer.slice(answer.byteOffset, answer.byteOffset + answer.byteLength));
  return { name, ...likeness(mix, heard) };
}

/** The mix before it is levelled and encoded, and the levels that the studio is told. */
async function exportMix(kit: RenderKit, timeline: Timeline, assets: readonly Asset[]) {
  const sources = sourcesOf(assets);
  const { table } = await gatherSources(assets.map(({ id }) => id), sources, kit.ffmpeg); // biome-ignore format: one thought
  const { ffmpeg } = await kit.ffmpeg.tools();
  const cache = createSegmentCache({ folder: kit.paths.segments, clock: systemClock() });
  const tools = { ffmpeg: kit.ffmpeg, cache, sources, besides: pLimit(2) };
  const plan = planSound(timeline, table, audioArgs(findPreset('small-test')), ffmpeg.buildId, null);
  const byIdentity = new Map([...table.values()].map((facts) => [facts.identity, facts]));
  const open = await openMix(tools, plan, byIdentity, signal);
  const mix = new Float32Array(plan.totalSamples * 2);
  let at = 0;
  for await (const chunk of open.samples()) {
    mix.set(chunk, at);
    at += chunk.length;
  }
  await open.close();
  const stretches = voicesOf(timeline).flatMap(({ content, startFrame, lengthFrames }) =>
    content.kind === 'media' ? [{ ...content, startFrame, lengthFrames }] : [],
  );
  const levels = stretches.length === 0 ? [] : await soundLevels(tools, { rate: timeline.rate, stretches }, signal);
  return { mix, levels: levels.map((one) => one && [...one]) };
}

/** How alike two mixes are: loudness of every 100 ms of both sides, and their shift in time. */
export function likeness(wanted: Float32Array, heard: Float32Array): Omit<SoundRow, 'name'> {
  const total = Math.min(wanted.length, heard.length) / 2;
  let [windows, worstDb, worstAtSeconds] = [0, 0, 0];
  for (let from = 0; from + windowSamples <= total; from += windowSamples) {
    for (const side of [0, 1]) {
      const [a, b] = [rmsDb(wanted, side, from), rmsDb(heard, side, from)];
      if (Math.max(a, b) < silentDb) continue;
      windows += 1;
      const difference = Math.abs(a - b);
      if (!(difference > worstDb)) continue;
      worstDb = difference;
      worstAtSeconds = from / rateHz;
    }
  }
  const offsetMs = offsetOf(wanted, heard);
  const isWhole = wanted.length === heard.length && windows > 0;
  const holds = isWhole && worstDb <= soundBounds.db && Math.abs(offsetMs) <= soundBounds.ms;
  return { windows, worstDb, worstAtSeconds, offsetMs, holds };
}

function rmsDb(samples: Float32Array, side: number, from: number): number {
  let sum = 0;
  for (let n = from; n < from + windowSamples; n += 1) sum += (samples[n * 2 + side] ?? 0) ** 2;
  return 10 * Math.log10(sum / windowSamples + 1e-12);
}

/** Steps in which a shift is looked for: a quarter of a millisecond, up to 15 ms either way. */
const stepSamples = 12;
const mostSteps = 60;

/** How much later the second is than the first, ms: where their loudness over time is most alike. */
function offsetOf(wanted: Float32Array, heard: Float32Array): number {
  const [a, b] = [changes(wanted), changes(heard)];
  let [best, found] = [Number.NEGATIVE_INFINITY, 0];
  for (let lag = -mostSteps; lag <= mostSteps; lag += 1) {
    let sum = 0;
    for (let n = mostSteps; n < a.length - mostSteps; n += 1) sum += (a[n] ?? 0) * (b[n + lag] ?? 0);
    if (sum > best) [best, found] = [sum, lag];
  }
  return (found * stepSamples * 1000) / rateHz;
}

/** Loudness over time, without its mean: the root of the energy around every step, over 4 ms. */
function changes(samples: Float32Array): Float64Array {
  const steps = Math.floor(samples.length / 2 / stepSamples);
  const energy = new Float64Array(steps);
  for (let step = 0; step < steps; step += 1)
    for (let n = step * stepSamples * 2; n < (step + 1) * stepSamples * 2; n += 1)
      energy[step] = (energy[step] ?? 0) + (samples[n] ?? 0) ** 2;
  const smooth = energy.map((_, step) => {
    let sum = 0;
    for (let n = step - 8; n <= step + 8; n += 1) sum += energy[n] ?? 0;
    return Math.sqrt(sum);
  });
  const mean = smooth.reduce((sum, value) => sum + value, 0) / Math.max(1, steps);
  return smooth.map((value) => value - mean);
}

/** The rows as a table to read. */
export function soundTable(rows: readonly SoundRow[]): string {
  return rows
    .map(({ name, windows, worstDb, worstAtSeconds, offsetMs, holds }) =>
      [
        `${name.slice(0, 84).padEnd(84)} ${String(windows).padStart(4)} windows`,
        `${worstDb.toFixed(2)} dB at ${worstAtSeconds.toFixed(1)} s`,
        `${offsetMs.toFixed(2)} ms${holds ? '' : '  NO'}`,
      ].join('  '),
    )
    .join('\n');
}
