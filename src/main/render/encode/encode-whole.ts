import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '#main/platform/clock/index.ts';
import { concatInputArgs } from '#main/platform/ffmpeg/index.ts';
import { atomicWrite } from '#main/platform/files/index.ts';
import type { Preset } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Size } from '#shared/model/index.ts';
import { type Rate, toNumber } from '#shared/units/index.ts';
import { losslessArgs, rateText, twoPassArgs } from '../plan/encoder-args.ts';
import type { PlannedSegment } from '../plan/recipe.ts';
import { type EncodeTools, encodeRun, type SourcesByIdentity } from './encode-run.ts';
import { concatList } from './join.ts';
import { judgeSegments, passthrough } from './judge-segments.ts';
import { type CachedSegment, createSegmentCache } from './segment-cache.ts';

/** A whole picture to be encoded in two passes. */
export interface WholeRequest {
  segments: readonly PlannedSegment[];
  sources: SourcesByIdentity;
  preset: Preset;
  rate: Rate;
  size: Size;
  /** Takes the file and what the passes tell one another. */
  folder: string;
  signal: AbortSignal;
  clock: Clock;
  onProgress: (pass: string, doneFrames: number, totalFrames: number) => void;
}

/** Longest stretch drawn at a time, seconds: it lies on the disk without loss meanwhile. */
const stretchSeconds = 6;
/** A first guess that leaves room for what x264 misses by. */
const firstGuess = 0.985;
/** A file that has at least this part of what it may have is full enough. */
const fullEnough = 0.92;
const mostSecondPasses = 4;

/**
 * Encodes a whole ad with x264's two passes, as near below `budgetBytes` as it gets; nothing of it comes from the cache
 * or goes there. Throws `invalid-input` when it does not fit.
 */
export async function encodeWhole(
  tools: EncodeTools,
  request: WholeRequest,
  budgetBytes: number,
): Promise<CachedSegment> {
  const frames = request.segments.reduce((sum, segment) => sum + segment.frames, 0);
  const seconds = frames / toNumber(request.rate);
  const highest = request.preset.maxBitrate;
  const path = join(request.folder, 'whole.mp4');
  let bitrate = Math.min(highest, ((budgetBytes * 8) / seconds) * firstGuess);
  if (bitrate < lowestBitrate) throw tooSmall(budgetBytes, seconds);
  await encodePass(tools, request, { bitrate, pass: 1, name: 'first pass' }, path);
  let best: { bytes: number; bitrate: number } | null = null;
  for (let round = 1; round <= mostSecondPasses; round += 1) {
    await encodePass(
      tools,
      request,
      { bitrate, pass: 2, name: round === 1 ? 'second pass' : 'second pass, again' },
      path,
    );
    const { size: bytes } = await stat(path);
    const isFitting = bytes <= budgetBytes;
    const isGrowing = best === null || bytes > best.bytes * 1.02;
    if (isFitting && (bytes >= budgetBytes * fullEnough || bitrate >= highest || !isGrowing))
      return judged(tools, request, path);
    if (isFitting) best = { bytes, bitrate };
    bitrate = Math.min(highest, bitrate * (budgetBytes / bytes) * (isFitting ? firstGuess : 0.97));
  }
  if (best === null) throw tooSmall(budgetBytes, seconds);
  await encodePass(tools, request, { bitrate: best.bitrate, pass: 2, name: 'second pass, again' }, path);
  return judged(tools, request, path);
}

/** Below this x264 has nothing left to take away. */
const lowestBitrate = 20_000;

function tooSmall(budgetBytes: number, seconds: number): AppError {
  const kilobytes = Math.max(0, Math.round(budgetBytes / 1000));
  return new AppError(
    'invalid-input',
    `${seconds.toFixed(1)} s of picture do not fit into the ${kilobytes} kB that are left beside the sound. Allow larger files, choose a smaller preset, or make the ad shorter.`,
  );
}

interface Pass {
  bitrate: number;
  pass: 1 | 2;
  name: string;
}

async function encodePass(tools: EncodeTools, request: WholeRequest, pass: Pass, path: string): Promise<void> {
  const { preset, rate, size, folder, segments } = request;
  const total = segments.reduce((sum, segment) => sum + segment.frames, 0);
  const pixels = new PassThrough({ highWaterMark: 1 << 22 });
  const stop = new AbortController();
  const signal = AbortSignal.any([request.signal, stop.signal]);
  const drawing = drawAll(tools, request, pixels, signal);
  const encoding = tools.ffmpeg.run({
    args: [
      ...['-y', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${size.width}x${size.height}`],
      ...['-r', rateText(rate), '-i', 'pipe:0', '-vf', 'setsar=1'],
      ...twoPassArgs(preset, rate, pass.bitrate, pass.pass, join(folder, 'pass')),
      pass.pass === 1 ? '-' : path,
    ],
    stdin: pixels,
    signal,
    onProgress: ({ frame }) => request.onProgress(pass.name, frame ?? 0, total),
  });
  try {
    await Promise.all([drawing, encoding]);
  } catch (error) {
    stop.abort();
    pixels.destroy();
    const [drawn] = await Promise.allSettled([drawing, encoding]);
    // An encoder that ended because its pictures did says nothing of why.
    throw drawn.status === 'rejected' && !request.signal.aborted && isOwnReason(drawn.reason) ? drawn.reason : error;
  }
}

function isOwnReason(reason: unknown): boolean {
  return reason instanceof AppError && reason.code !== 'cancelled';
}

/** Draws the ad stretch by stretch, each through the same graph as its segments, and writes the bare pictures. */
async function drawAll(
  tools: EncodeTools,
  request: WholeRequest,
  pixels: PassThrough,
  signal: AbortSignal,
): Promise<void> {
  const { rate, sources, clock } = request;
  const found = await tools.ffmpeg.tools(signal);
  const folder = join(request.folder, 'drawn');
  const cache = createSegmentCache({ folder, clock });
  for (const stretch of stretchesOf(request.segments, rate)) {
    const drawn = await encodeRun(
      { ...tools, cache },
      { segments: stretch, encoderArgs: losslessArgs(rate), sources },
      { signal },
    );
    const list = join(request.folder, 'drawn.ffconcat');
    await atomicWrite(list, concatList(drawn, rate));
    await tools.ffmpeg.run({
      args: [
        ...[...concatInputArgs(list), '-map', '0:v:0', ...passthrough(found)],
        ...['-pix_fmt', 'yuv420p', '-f', 'rawvideo', 'pipe:1'],
      ],
      stdout: (stream) => pipeline(stream, pixels, { end: false, signal }),
      signal,
    });
    await rm(folder, { recursive: true, force: true });
  }
  pixels.end();
}

function stretchesOf(segments: readonly PlannedSegment[], rate: Rate): PlannedSegment[][] {
  const longest = stretchSeconds * toNumber(rate);
  const stretches: PlannedSegment[][] = [];
  let frames = 0;
  for (const segment of segments) {
    const last = stretches.at(-1);
    frames += segment.frames;
    if (last && frames <= longest) last.push(segment);
    else {
      stretches.push([segment]);
      frames = segment.frames;
    }
  }
  return stretches;
}

/** Decodes the result once, as every segment is. */
async function judged(tools: EncodeTools, request: WholeRequest, path: string): Promise<CachedSegment> {
  const { rate, folder, signal } = request;
  const frames = request.segments.reduce((sum, segment) => sum + segment.frames, 0);
  const { seen, complaints } = await judgeSegments(tools.ffmpeg, [{ path, frames }], { rate, folder, signal });
  const [whole] = seen;
  if (!whole || complaints.length > 0 || whole.pictures.length !== frames || whole.packets.length !== frames)
    throw new AppError('output-check-failed', 'The ad came out wrong. Please try again; the log has the details.', {
      retry: 'retry',
      details: { frames, decoded: whole?.pictures.length ?? 0, complaints },
    });
  return { ...whole, path, frames, sizeBytes: (await stat(path)).size, follows: null };
}
