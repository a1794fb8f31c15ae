import type { FileHandle } from 'node:fs/promises';
import { cancelledError } from '#shared/errors/index.ts';
import { gainAt } from '#shared/model/index.ts';
import { audioSampleRateHz } from '#shared/units/index.ts';
import type { SoundPart } from '../plan/plan-sound.ts';
import { sampleBytes } from './stereo-floats.ts';

/** A part with its stem opened. */
export interface OpenPart extends SoundPart {
  file: FileHandle;
}

/** Stereo samples in chunks, interleaved. */
export type Chunks = AsyncIterable<Float32Array>;

/** Samples mixed at a time: one second. */
const chunkSamples = audioSampleRateHz;

/** The sum of all parts, in chunks of interleaved stereo. */
export async function* mixed(
  parts: readonly OpenPart[],
  total: number,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
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
