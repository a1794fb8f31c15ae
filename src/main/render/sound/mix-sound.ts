import { type FileHandle, open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type Ffmpeg, inputArgs } from '#main/platform/ffmpeg/index.ts';
import { toFileError, writeThenRename } from '#main/platform/files/index.ts';
import { cancelledError } from '#shared/errors/index.ts';
import { gainAt } from '#shared/model/index.ts';
import { audioSampleRateHz } from '#shared/units/index.ts';
import type { SourcesByIdentity } from '../encode/encode-run.ts';
import { runWriting } from '../encode/run-writing.ts';
import { markUsed, type SegmentCache } from '../encode/segment-cache.ts';
import type { SoundPart, SoundPlan } from '../plan/plan-sound.ts';
import { createLimiter } from './limiter.ts';
import { sampleBytes, stemFile } from './stems.ts';
import { createTruePeakMeter } from './true-peak.ts';

/** −1 dB true peak: what platforms ask for. */
const loudestPeak = 10 ** (-1 / 20);
/** Below this the encoder's own additions stay under the ceiling. */
const carefreePeak = 10 ** (-3 / 20);
/** First ceiling of the limiter: the encoder adds a little to loud sound. */
const firstCeiling = 10 ** (-1.5 / 20);
/** How often the ceiling is lowered until the encoded sound is under the limit. */
const mostRounds = 4;
/** Samples mixed at a time: one second. */
const chunkSamples = audioSampleRateHz;

interface OpenPart extends SoundPart {
  file: FileHandle;
}

/** The variant's sound as an AAC file in the cache, made when missing; all ratios share it. */
export async function soundFile(
  tools: { ffmpeg: Ffmpeg; cache: SegmentCache },
  plan: SoundPlan,
  sources: SourcesByIdentity,
  encoderArgs: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const path = tools.cache.soundPath(plan.fingerprint, 'm4a');
  const existing = await stat(path).catch(() => null);
  if (existing) {
    await markUsed(path, Date.now());
    return path;
  }
  const parts: OpenPart[] = [];
  try {
    for (const part of plan.parts) {
      const stem = await stemFile(tools, part.stem, sources, signal);
      parts.push({ ...part, file: await open(stem, 'r') });
    }
    const samples = () => mixed(parts, plan.totalSamples, signal);
    const peak = await highestPeak(samples());
    await writeThenRename(path, async (temp) => {
      let ceiling = peak > loudestPeak ? firstCeiling : null;
      for (let round = 1; ; round += 1) {
        const chunks = ceiling === null ? samples() : limited(samples(), ceiling);
        await encode(tools.ffmpeg, chunks, encoderArgs, temp, signal);
        if (peak < carefreePeak || round === mostRounds) return;
        // Lossy coding adds to peaks, most at hard beginnings: what counts is what comes out.
        const encoded = await decodedPeak(tools.ffmpeg, temp, signal);
        if (encoded <= loudestPeak) return;
        ceiling = (ceiling ?? loudestPeak) * (loudestPeak / encoded) * 0.99;
      }
    });
  } catch (error) {
    throw toFileError(error, path, 'write');
  } finally {
    for (const part of parts) await part.file.close().catch(() => {});
  }
  return path;
}

/** The sum of all parts, in chunks of interleaved stereo. */
async function* mixed(parts: readonly OpenPart[], total: number, signal: AbortSignal): AsyncGenerator<Float32Array> {
  for (let start = 0; start < total; start += chunkSamples) {
    if (signal.aborted) throw cancelledError();
    const count = Math.min(chunkSamples, total - start);
    const chunk = new Float32Array(count * 2);
    for (const part of parts) await addPart(chunk, start, part);
    yield chunk;
  }
}

async function addPart(chunk: Float32Array, chunkStart: number, part: OpenPart): Promise<void> {
  const from = Math.max(chunkStart, part.startSample);
  const to = Math.min(chunkStart + chunk.length / 2, part.startSample + part.stem.samples);
  if (to <= from) return;
  const buffer = Buffer.alloc((to - from) * sampleBytes);
  await part.file.read(buffer, 0, buffer.length, (from - part.startSample) * sampleBytes);
  const samples = new Float32Array(buffer.buffer, buffer.byteOffset, (to - from) * 2);
  const { envelope } = part;
  const isSteady = !envelope.fadeIn && !envelope.fadeOut;
  for (let n = 0; n < to - from; n += 1) {
    const gain = isSteady ? envelope.gain : gainAt(envelope, from + n);
    const at = (from - chunkStart + n) * 2;
    chunk[at] = (chunk[at] ?? 0) + gain * (samples[n * 2] ?? 0);
    chunk[at + 1] = (chunk[at + 1] ?? 0) + gain * (samples[n * 2 + 1] ?? 0);
  }
}

async function highestPeak(chunks: AsyncIterable<Float32Array>): Promise<number> {
  const meter = createTruePeakMeter();
  let highest = 0;
  for await (const chunk of chunks) for (const peak of meter.push(chunk)) if (peak > highest) highest = peak;
  for (const peak of meter.push(new Float32Array(64))) if (peak > highest) highest = peak;
  return highest;
}

/** The same samples, nothing over the ceiling, not shifted. */
async function* limited(chunks: AsyncIterable<Float32Array>, ceiling: number): AsyncGenerator<Float32Array> {
  const limiter = createLimiter(ceiling);
  let late = limiter.delay * 2;
  for await (const chunk of chunks) {
    const out = limiter.push(chunk);
    const skipped = Math.min(late, out.length);
    late -= skipped;
    if (skipped < out.length) yield out.subarray(skipped);
  }
  const rest = limiter.push(new Float32Array(limiter.delay * 2));
  yield rest.subarray(Math.min(late, rest.length));
}

async function encode(
  ffmpeg: Ffmpeg,
  chunks: AsyncIterable<Float32Array>,
  encoderArgs: readonly string[],
  target: string,
  signal: AbortSignal,
): Promise<void> {
  let failure: unknown = null;
  async function* bytes(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of chunks) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    } catch (error) {
      // The pipe would only end early, and a short sound be taken for the whole.
      failure = error;
      throw error;
    }
  }
  await runWriting(ffmpeg, {
    args: [
      ...['-y', '-f', 'f32le', '-ar', String(audioSampleRateHz), '-ac', '2', '-i', 'pipe:0', ...encoderArgs],
      ...['-map_metadata', '-1', '-fflags', '+bitexact', '-f', 'mp4', target],
    ],
    stdin: Readable.from(bytes(), { objectMode: false, highWaterMark: 1 << 20 }),
    signal,
  });
  if (failure !== null) throw failure;
}

/** True peak of an encoded file. */
async function decodedPeak(ffmpeg: Ffmpeg, path: string, signal: AbortSignal): Promise<number> {
  let highest = 0;
  await ffmpeg.run({
    args: [...inputArgs(path, { demuxer: 'mov' }), '-f', 'f32le', '-c:a', 'pcm_f32le', 'pipe:1'],
    stdout: async (stream) => {
      highest = await highestPeak(floats(stream));
    },
    signal,
  });
  return highest;
}

/** Bytes of interleaved stereo floats, cut between samples. */
async function* floats(stream: Readable): AsyncGenerator<Float32Array> {
  let rest = Buffer.alloc(0);
  for await (const chunk of stream) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    const whole = bytes.length - (bytes.length % sampleBytes);
    rest = bytes.subarray(whole);
    // Copied, so that the floats begin at a multiple of their size.
    yield new Float32Array(Uint8Array.from(bytes.subarray(0, whole)).buffer);
  }
}
