import { AppError } from '#shared/errors/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { encodeWhole } from '../encode/encode-whole.ts';
import type { CachedSegment } from '../encode/segment-cache.ts';
import { audioArgs, videoArgs } from '../plan/encoder-args.ts';
import type { OutputPlan } from '../plan/plan-render.ts';
import { nextRung } from '../plan/rate-ladder.ts';
import type { PlannedSegment } from '../plan/recipe.ts';
import type { RenderTools } from '../render-tools.ts';
import type { ExportRow } from '../schema.ts';
import { soundFile } from '../sound/mix-sound.ts';
import type { CachedSound } from '../sound/sound-verdict.ts';
import { presetKey } from './estimate.ts';
import type { ExportProgress } from './export-progress.ts';
import type { PlannedExport } from './plan-export.ts';
import { rememberOrigins } from './remember-origins.ts';

/** What an output is joined from. */
export interface Parts {
  segments: CachedSegment[];
  sound: CachedSound;
  /** The pieces from the cache, in order; none when it was encoded whole. */
  pieces: readonly PlannedSegment[];
  isTwoPass: boolean;
  /** Which of the settings allowed was taken. */
  rung: number;
}

/** How parts are to be made. */
export interface PartsRequest {
  row: ExportRow;
  planned: PlannedExport;
  /** For what is not cached; must outlive the parts. */
  folder: string;
  /** Settings better than this were too large. */
  fromRung: number;
}

/** Bytes of an MP4's index besides the packets: a few tables with an entry per frame and per packet of sound. */
export function indexBytes(frames: number, soundPackets: number): number {
  return 3000 + frames * 17 + soundPackets * 9;
}

/** Encodes what is missing while the sound is mixed; with a size target, walks down until the picture fits. */
export async function makeParts(tools: RenderTools, request: PartsRequest, progress: ExportProgress): Promise<Parts> {
  const { row, planned } = request;
  const { gathered, output, ladder } = planned;
  const sources = new Map([...gathered.table.values()].map((facts) => [facts.identity, facts]));
  const either = new AbortController();
  const signal = AbortSignal.any([progress.signal, either.signal]);
  const [preset] = ladder;
  if (!preset) throw new RangeError('a ladder has at least one rung');
  const sound = soundFile(tools, output.sound, sources, audioArgs(preset), signal);
  const isTwoPass = row.rateControl.mode === 'size' && row.rateControl.isTwoPass;
  const picture = (isTwoPass ? encodeTwice : walkLadder)(tools, { ...request, sources }, sound, {
    ...progress,
    signal,
  });
  try {
    const [made, heard] = await Promise.all([picture, sound]);
    return { ...made, sound: heard, isTwoPass };
  } catch (error) {
    either.abort();
    // The other half must have stopped before its files are taken away.
    await Promise.allSettled([picture, sound]);
    throw error;
  }
}

type PictureParts = Pick<Parts, 'segments' | 'pieces' | 'rung'>;
type Making = PartsRequest & { sources: Map<string, never> | Parameters<typeof soundFile>[2] };

/** Bytes left for the picture; null when there is no limit. */
async function budgetOf({ row, planned }: PartsRequest, sound: Promise<CachedSound>): Promise<number | null> {
  const { lengthFrames, rate } = planned.output.timeline;
  if (row.rateControl.mode === 'bitrate') return (row.rateControl.maxBitrate / 8) * (lengthFrames / toNumber(rate));
  if (row.rateControl.mode !== 'size') return null;
  const { sizeBytes, packets } = await sound;
  return row.rateControl.maxBytes - sizeBytes - indexBytes(lengthFrames, packets.length);
}

async function walkLadder(
  tools: RenderTools,
  making: Making,
  sound: Promise<CachedSound>,
  progress: ExportProgress,
): Promise<PictureParts> {
  const { planned, fromRung } = making;
  const { ladder } = planned;
  const seconds = planned.output.timeline.lengthFrames / toNumber(planned.output.timeline.rate);
  for (let rung = fromRung; ; ) {
    const { segments, output } = await encodeAt(tools, making, rung, progress);
    const budget = await budgetOf(making, sound);
    const bytes = segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
    if (budget === null || bytes <= budget) return { segments, pieces: output.segments, rung };
    const next = nextRung(ladder, { rung, bytes, seconds }, budget);
    // A ceiling is kept as well as it can be; a size must be.
    if (next === null && making.row.rateControl.mode === 'bitrate') return { segments, pieces: output.segments, rung };
    if (next === null) throw doesNotFit(making.row, bytes - budget);
    rung = next;
  }
}

async function encodeAt(
  tools: RenderTools,
  { row, planned, sources }: Making,
  rung: number,
  { signal, report }: ExportProgress,
): Promise<{ segments: CachedSegment[]; output: OutputPlan }> {
  const preset = planned.ladder[rung];
  if (!preset) throw new RangeError('there is no such rung');
  const output = rung === 0 ? planned.output : planned.outputAt(preset);
  const { rate } = output.timeline;
  const request = {
    ...{ segments: output.segments, encoderArgs: videoArgs(preset, rate), sources, rate },
    presetKey: presetKey(preset),
  };
  const smaller = rung === 0 ? '' : ' smaller, to keep to what was asked for';
  const onProgress = (done: number, total: number) =>
    report({ fraction: 0.02 + 0.9 * (done / total), step: `Encoding${smaller}: ${done} of ${total} frames` });
  const onClaimed = rememberOrigins(tools.store, row.id, { ...request, workshop: planned.workshop });
  const segments = await tools.pool.encode(request, { signal, onProgress, onClaimed });
  return { segments, output };
}

async function encodeTwice(
  tools: RenderTools,
  making: Making,
  sound: Promise<CachedSound>,
  { signal, report }: ExportProgress,
): Promise<PictureParts> {
  const { planned, folder, sources } = making;
  const { output, ladder } = planned;
  const [preset] = ladder;
  if (!preset) throw new RangeError('a ladder has at least one rung');
  const budget = (await budgetOf(making, sound)) ?? 0;
  const { ffmpeg, workroom, cache, clock } = tools;
  const onProgress = (pass: string, done: number, total: number) =>
    report({
      fraction: 0.02 + 0.9 * (done / total),
      step: `Encoding whole, sharing nothing: ${pass}, ${done} of ${total} frames`,
    });
  const { rate } = output.timeline;
  const request = {
    segments: output.segments,
    sources,
    preset,
    rate,
    size: output.size,
    folder,
    signal,
    clock,
    onProgress,
  };
  const whole = await encodeWhole({ ffmpeg, workroom, cache }, request, budget);
  return { segments: [whole], pieces: [], rung: 0 };
}

/** The error when even the lowest settings are too large by so many bytes. */
export function doesNotFit(
  { rateControl, fileName }: Pick<ExportRow, 'rateControl' | 'fileName'>,
  overBytes: number,
): AppError {
  const maxBytes = rateControl.mode === 'size' ? rateControl.maxBytes : 0;
  const megabytes = (bytes: number) => (Math.ceil(bytes / 10_000) / 100).toFixed(2);
  return new AppError(
    'invalid-input',
    `“${fileName}” does not fit into ${(maxBytes / 1e6).toFixed(2)} MB even at the lowest quality. Allow at least ${megabytes(maxBytes + overBytes)} MB, choose a smaller preset, or make the ad shorter.`,
    { details: { maxBytes, neededBytes: maxBytes + overBytes } },
  );
}
