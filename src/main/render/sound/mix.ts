import type { FileHandle } from 'node:fs/promises';
import { cancelledError } from '#shared/errors/index.ts';
import { type DuckingCurve, fillGains, gainAt, isSteady } from '#shared/model/index.ts';
import { audioSampleRateHz } from '#shared/units/index.ts';
import type { SoundPart } from '../plan/plan-sound.ts';
import { sampleBytes } from './stereo-floats.ts';

/** A part with its stem opened. */
export interface OpenPart extends SoundPart {
  file: FileHandle;
  /** How it gives way to voices; null where it does not. */
  ducking: DuckingCurve | null;
}

/** Stereo samples in chunks, interleaved. */
export type Chunks = AsyncIterable<Float32Array>;

/** Samples mixed at a time: one second. */
const chunkSamples = audioSampleRateHz;

/** Mixes up to this long are kept between the rounds of levelling, samples: 90 s are 35 MB. */
const mostKept = 90 * audioSampleRateHz;

/** The sum of all parts, as often as it is asked for. Whoever reads a chunk must not write into it. */
export function mixOf(parts: readonly OpenPart[], total: number, signal: AbortSignal): () => Chunks {
  if (total > mostKept) return () => mixed(parts, total, signal);
  let kept: Float32Array[] | null = null;
  return async function* () {
    if (kept) return yield* kept;
    const chunks: Float32Array[] = [];
    for await (const chunk of mixed(parts, total, signal)) {
      chunks.push(chunk);
      yield chunk;
    }
    kept = chunks;
  };
}

/** The sum of all parts, in chunks of interleaved stereo. */
async function* mixed(parts: readonly OpenPart[], total: number, signal: AbortSignal): AsyncGenerator<Float32Array> {
  const scratch = new Float32Array(chunkSamples * 2);
  for (let start = 0; start < total; start += chunkSamples) {
    if (signal.aborted) throw cancelledError();
    const count = Math.min(chunkSamples, total - start);
    const chunk = new Float32Array(count * 2);
    for (const part of parts) await addPart(chunk, start, part, scratch);
    yield chunk;
  }
}

/** `scratch` takes what is read; it holds a chunk. */
async function addPart(
  chunk: Float32Array,
  chunkStart: number,
  part: OpenPart,
  scratch: Float32Array<ArrayBuffer>,
): Promise<void> {
  const from = Math.max(chunkStart, part.startSample);
  const to = Math.min(chunkStart + chunk.length / 2, part.startSample + part.stem.samples);
  if (to <= from) return;
  const samples = scratch.subarray(0, (to - from) * 2);
  const bytes = Buffer.from(scratch.buffer, 0, samples.byteLength);
  const { bytesRead } = await part.file.read(bytes, 0, bytes.length, (from - part.startSample) * sampleBytes);
  bytes.fill(0, bytesRead);
  const { envelope, ducking } = part;
  const at = (from - chunkStart) * 2;
  if (!isSteady(envelope, ducking)) return addCurved(chunk.subarray(at, at + samples.length), samples, part, from);
  const { left, right } = envelope;
  // Between the fades, which is nearly everywhere, nothing has to be worked out per sample.
  const steadyFrom = envelope.fadeIn?.toSample ?? Number.NEGATIVE_INFINITY;
  const steadyTo = envelope.fadeOut?.fromSample ?? Number.POSITIVE_INFINITY;
  for (let n = 0; n < to - from; n += 1) {
    const sample = from + n;
    const gain = sample >= steadyFrom && sample < steadyTo ? envelope.gain : gainAt(envelope, sample);
    const here = at + n * 2;
    chunk[here] = (chunk[here] ?? 0) + gain * left * (samples[n * 2] ?? 0);
    chunk[here + 1] = (chunk[here + 1] ?? 0) + gain * right * (samples[n * 2 + 1] ?? 0);
  }
}

/** Adds samples under a volume curve or under ducking to as many of the mix. */
function addCurved(
  mix: Float32Array,
  samples: Float32Array,
  { envelope, ducking }: Pick<OpenPart, 'envelope' | 'ducking'>,
  fromSample: number,
): void {
  const gains = new Float64Array(samples.length / 2);
  fillGains(envelope, ducking, fromSample, gains);
  const { left, right } = envelope;
  for (let n = 0; n < gains.length; n += 1) {
    const gain = gains[n] ?? 0;
    mix[n * 2] = (mix[n * 2] ?? 0) + gain * left * (samples[n * 2] ?? 0);
    mix[n * 2 + 1] = (mix[n * 2 + 1] ?? 0) + gain * right * (samples[n * 2 + 1] ?? 0);
  }
}
