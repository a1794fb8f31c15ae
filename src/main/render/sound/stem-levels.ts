import { open } from 'node:fs/promises';
import { cancelledError } from '#shared/errors/index.ts';
import { createLevelMeter, type SoundLevels } from '#shared/model/index.ts';
import { audioSampleRateHz } from '#shared/units/index.ts';
import { sampleBytes } from './stereo-floats.ts';

/** Samples looked at in one go: one second. */
const chunkSamples = audioSampleRateHz;

/** Hands a stem's file on in chunks of interleaved stereo, good until the next; what it lacks is silence. */
export async function readStem(
  path: string,
  samples: number,
  signal: AbortSignal,
  onChunk: (interleaved: Float32Array) => void,
): Promise<void> {
  const file = await open(path, 'r');
  try {
    const scratch = new Float32Array(chunkSamples * 2);
    const bytes = Buffer.from(scratch.buffer);
    for (let from = 0; from < samples; from += chunkSamples) {
      if (signal.aborted) throw cancelledError();
      const count = Math.min(chunkSamples, samples - from);
      const { bytesRead } = await file.read(bytes, 0, count * sampleBytes, from * sampleBytes);
      bytes.fill(0, bytesRead, count * sampleBytes);
      onChunk(scratch.subarray(0, count * 2));
    }
  } finally {
    await file.close();
  }
}

/** Levels of a stem's file. */
export async function stemLevels(path: string, samples: number, signal: AbortSignal): Promise<SoundLevels> {
  const meter = createLevelMeter();
  await readStem(path, samples, signal, (chunk) => meter.push(chunk));
  return meter.finish();
}
