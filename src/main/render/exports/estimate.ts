import { setImmediate as breathe } from 'node:timers/promises';
import type { FfmpegTools } from '#main/platform/ffmpeg/index.ts';
import { ensureWritableFolder, freeSpaceBytes } from '#main/platform/files/index.ts';
import type { ExportRequest, Preset } from '#shared/contract/render.ts';
import { AppError, cancelledError, toAppError } from '#shared/errors/index.ts';
import {
  completeVariant,
  type Project,
  type Ratio,
  type Size,
  type Timeline,
  type Variant,
  variantKey,
} from '#shared/model/index.ts';
import { type OutputPlan, planRender } from '../plan/plan-render.ts';
import { rateLadder } from '../plan/rate-ladder.ts';
import { secondsOf } from '../plan/segment-bounds.ts';
import { textColourMap } from '../plan/text-colour.ts';
import { type RenderTools, workshopOf } from '../render-tools.ts';
import { assetsOf, gatherSources } from '../sources/gather-sources.ts';
import { type Problem, variantProblems } from './problems.ts';

/** One output of an {@link Estimate}; its timeline without clips and sections. */
export type EstimatedOutput = Pick<
  OutputPlan,
  'variant' | 'variantKey' | 'variantName' | 'ratio' | 'version' | 'timeline'
> & {
  /** Seconds that neither the cache nor an output before it has. */
  missingSeconds: number;
  /** How large the file will about be. */
  estimatedBytes: number;
  hasSound: boolean;
};

/** What a request comes to. */
export interface Estimate {
  outputs: EstimatedOutput[];
  totalSeconds: number;
  distinctSeconds: number;
  missingSeconds: number;
  estimatedMs: number;
  estimatedBytes: number;
  freeBytes: number;
  problems: Problem[];
}

/** An {@link Estimate} with the names the files would get. */
export interface NamedEstimate extends Omit<Estimate, 'outputs'> {
  outDir: string;
  outputs: (Estimate['outputs'][number] & { fileName: string; revision: number; nameIndex: number })[];
}

/** A checked request. */
export interface EstimateInput {
  project: Project;
  variants: readonly Variant[];
  request: ExportRequest;
  preset: Preset;
  outDir: string;
  workers: number;
  /** Narrows the request down to some of its outputs. */
  isWanted?: (output: Pick<EstimatedOutput, 'variantKey' | 'ratio' | 'version'>) => boolean;
}

/** Joining, checking and mixing per output, ms; small beside encoding. */
export const perOutputMs = 600;

/** Encoding per frame of one process before anything was measured on this machine: as two cores of a small server took. */
function guessedMsPerFrame(preset: Preset, size: Size): number {
  const perMegapixel = { ultrafast: 7, superfast: 10, veryfast: 16, faster: 28, fast: 35, medium: 46, slow: 80 };
  return (perMegapixel[preset.x264Preset] * size.width * size.height) / 1_000_000 + 1;
}

/** Names encoder settings. */
export function presetKey(preset: Preset): string {
  return `${preset.x264Preset}:${preset.crf}:${preset.maxBitrate}`;
}

/** Key of a measured speed. */
export function speedKey(preset: string, size: Size): string {
  return [preset, size.width, size.height].join(':');
}

interface Sums {
  total: number;
  distinct: number;
  missing: number;
  encodeMs: number;
  bytes: number;
}

/** Adds an output to the sums; returns what it comes to by itself. */
async function addOutput(
  tools: RenderTools,
  input: EstimateInput,
  output: OutputPlan,
  seen: Set<string>,
  sums: Sums,
): Promise<Pick<EstimatedOutput, 'missingSeconds' | 'estimatedBytes'>> {
  const missingBefore = sums.missing;
  const { rate } = output.timeline;
  const seconds = secondsOf(output.timeline.lengthFrames, rate);
  const speed = tools.store.speed(speedKey(presetKey(input.preset), output.size));
  const msPerFrame = speed ? speed.ms / speed.frames : guessedMsPerFrame(input.preset, output.size);
  const videoBytes = speed
    ? (speed.bytes / speed.frames) * output.timeline.lengthFrames
    : (seconds * input.preset.maxBitrate * 0.35) / 8;
  sums.total += seconds;
  const { rateControl } = input.request;
  const wantedBytes = Math.round(videoBytes + (seconds * input.preset.audioBitrate) / 8);
  const isTwoPass = rateControl.mode === 'size' && rateControl.isTwoPass;
  const estimatedBytes = rateControl.mode === 'size' ? Math.min(wantedBytes, rateControl.maxBytes) : wantedBytes;
  // What is too large is encoded once more, smaller; two passes draw everything twice, and find nothing in the cache.
  const rounds = isTwoPass ? 3 : wantedBytes > estimatedBytes ? 2 : 1;
  sums.bytes += estimatedBytes;
  for (const segment of output.segments) {
    if (seen.has(segment.fingerprint) && !isTwoPass) continue;
    seen.add(segment.fingerprint);
    sums.distinct += secondsOf(segment.frames, rate);
    if (!isTwoPass && rounds === 1 && (await tools.cache.has(segment.fingerprint))) continue;
    sums.missing += secondsOf(segment.frames, rate);
    sums.encodeMs += segment.frames * msPerFrame * rounds;
  }
  return { missingSeconds: sums.missing - missingBefore, estimatedBytes };
}

/** What stands in the way of all exports of a request alike. */
async function commonProblems(
  outDir: string,
  neededBytes: number,
): Promise<{ problems: Problem[]; freeBytes: number }> {
  const problems: Problem[] = [];
  const add = (error: AppError) => problems.push({ severity: 'error', variantKey: null, error });
  try {
    await ensureWritableFolder(outDir);
    const freeBytes = await freeSpaceBytes(outDir);
    if (freeBytes < neededBytes) {
      const sentence = `About ${Math.ceil(neededBytes / 1e6)} MB are needed in “${outDir}”, and ${Math.floor(freeBytes / 1e6)} MB are free. Free some space or choose another folder.`;
      add(new AppError('disk-full', sentence, { retry: 'free-space' }));
    }
    return { problems, freeBytes };
  } catch (error) {
    add(toAppError(error));
    return { problems, freeBytes: 0 };
  }
}

/** ffmpeg, or why there is none. */
async function findTools(tools: RenderTools, signal: AbortSignal): Promise<FfmpegTools | AppError> {
  try {
    return await tools.ffmpeg.tools(signal);
  } catch (error) {
    const known = toAppError(error);
    if (known.code === 'cancelled') throw known;
    return known;
  }
}

/** Plans a request without starting anything. Gives way to other work between variants. */
export async function estimate(tools: RenderTools, input: EstimateInput, signal: AbortSignal): Promise<Estimate> {
  const { project, request } = input;
  const preset = rateLadder(input.preset, request.rateControl)[0] ?? input.preset;
  const found = await findTools(tools, signal);
  const fonts = await tools.fonts();
  const sums: Sums = { total: 0, distinct: 0, missing: 0, encodeMs: 0, bytes: 0 };
  const problems: Problem[] = [];
  const outputs: Estimate['outputs'] = [];
  if (found instanceof AppError) problems.push({ severity: 'error', variantKey: null, error: found });
  else {
    const gathered = await gatherSources(assetsOf(project), tools.sources, tools.ffmpeg, signal);
    const common = {
      ...{ project, preset, sources: gathered.table, faces: fonts.faces },
      workshop: workshopOf(found, fonts),
      mapTextColour: textColourMap(found.capabilities.libavutil.major),
    };
    const seen = new Set<string>();
    const isExcepted = exceptions(project, request);
    for (const variant of input.variants) {
      if (signal.aborted) throw cancelledError();
      const looked = variantProblems({ project, gathered, fonts, capabilities: found.capabilities }, variant);
      problems.push(...looked.problems);
      if (!looked.timeline) continue;
      for (const ratio of request.ratios) {
        if (isExcepted(variantKey(project, variant), ratio)) continue;
        const cell = { variantKey: variantKey(project, variant), ratio };
        const versions = request.versions.filter((version) => input.isWanted?.({ ...cell, version }) ?? true);
        if (versions.length === 0) continue;
        for (const output of planRender({ ...common, variants: [variant], ratios: [ratio], versions }).outputs) {
          const alone = await addOutput(tools, { ...input, preset }, output, seen, sums);
          const hasSound = output.sound.parts.length > 0;
          outputs.push({ ...output, timeline: shortTimeline(output.timeline), ...alone, hasSound });
        }
        await breathe();
      }
    }
  }
  // Segments are kept beside the finished files.
  const { problems: inTheWay, freeBytes } = await commonProblems(input.outDir, sums.bytes);
  return {
    outputs,
    totalSeconds: sums.total,
    distinctSeconds: sums.distinct,
    missingSeconds: sums.missing,
    estimatedMs: Math.round(sums.encodeMs / input.workers + outputs.length * perOutputMs),
    estimatedBytes: Math.round(sums.bytes),
    freeBytes,
    problems: [...inTheWay, ...problems],
  };
}

/** Which outputs a request leaves out. */
function exceptions(project: Project, { except }: ExportRequest): (key: string, ratio: Ratio) => boolean {
  const cellKey = (key: string, ratio: Ratio) => `${ratio} ${key}`;
  const cells = new Set(
    except.map(({ variant, ratio }) => cellKey(variantKey(project, completeVariant(project, variant) ?? {}), ratio)),
  );
  return (key, ratio) => cells.has(cellKey(key, ratio));
}

/** A long list of outputs need not keep every clip in memory. */
function shortTimeline(timeline: Timeline): Timeline {
  return { ...timeline, clips: [], sections: [] };
}
