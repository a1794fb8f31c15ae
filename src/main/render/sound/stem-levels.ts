import { open } from 'node:fs/promises';
import { cancelledError } from '#shared/errors/index.ts';
import { createLevelMeter, type SoundLevels } from '#shared/model/index.ts';
import { audioSampleRateHz } from '#shared/units/index.ts';
import { sampleBytes } from './stereo-floats.ts';

/** Samples looked at in one go: one second. */
const chunkSamples = audioSampleRateHz;

/** Levels of a stem's file; what it lacks is silence. */
export async function stemLevels(path: string, samples: number, signal: AbortSignal): Promise<SoundLevels> {
  const file = await open(path, 'r');
  try {
    const meter = createLevelMeter();
    const scratch = new Float32Array(chunkSamples * 2);
    const bytes = Buffer.from(scratch.buffer);
    for (let from = 0; from < samples; from += chunkSamples) {
      if (signal.aborted) throw cancelledError();
      const count = Math.min(chunkSamples, samples - from);
      const { bytesRead } = await file.read(bytes, 0, count * sampleBytes, from * sampleBytes);
      bytes.fill(0, bytesRead, count * sampleBytes);
      meter.push(scratch.subarray(0, count * 2));
    }
    return meter.finish();
  } finally {
    await file.close();
  }
}
