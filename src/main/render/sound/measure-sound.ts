import { type Ffmpeg, inputArgs } from '#main/platform/ffmpeg/index.ts';
import { createLoudnessMeter } from '#shared/sound/loudness.ts';
import type { Chunks } from './mix.ts';
import { stereoFloats } from './stereo-floats.ts';
import { createTruePeakMeter } from './true-peak.ts';

/** How loud a sound is. */
export interface Loudness {
  /** Integrated, LUFS; null when nothing of it reaches −70 LUFS. */
  integratedLufs: number | null;
  /** dBTP; null for digital silence. */
  truePeakDb: number | null;
}

/** Decibels of a linear level; null for none. */
export function toDb(level: number): number | null {
  return level > 0 ? 20 * Math.log10(level) : null;
}

/** Linear level of decibels. */
export function fromDb(db: number): number {
  return 10 ** (db / 20);
}

/** Loudness and true peak of samples, as they pass. */
export async function measureSamples(chunks: Chunks): Promise<Loudness> {
  const loudness = createLoudnessMeter();
  const peaks = createTruePeakMeter();
  let highest = 0;
  const look = (values: Float32Array) => {
    for (let n = 0; n < values.length; n += 1) highest = Math.max(highest, values[n] ?? 0);
  };
  for await (const chunk of chunks) {
    loudness.push(chunk);
    look(peaks.push(chunk));
  }
  look(peaks.push(new Float32Array(64)));
  return { integratedLufs: loudness.integratedLufs(), truePeakDb: toDb(highest) };
}

/** What is decoded of a file to measure it. */
export interface MeasureFileOptions {
  demuxer: string;
  /** The sound's stream; the first one when null. */
  streamIndex?: number | null;
  /** A single channel is measured as one, at its own level. */
  channels?: number;
  /** ffmpeg's options before the input. */
  options?: readonly string[];
  /** More outputs of the same process, before the samples. */
  outputs?: readonly string[];
  onLogLine?: (line: string) => void;
  signal: AbortSignal;
}

/** Loudness and true peak of a file's sound, folded down to stereo as phones play it. Decodes it once. */
export async function measureFile(ffmpeg: Ffmpeg, path: string, options: MeasureFileOptions): Promise<Loudness> {
  const { streamIndex = null } = options;
  let found: Loudness = { integratedLufs: null, truePeakDb: null };
  await ffmpeg.run({
    args: [
      ...['-y', ...(options.options ?? []), ...inputArgs(path, { demuxer: options.demuxer })],
      ...(options.outputs ?? []),
      ...['-map', streamIndex === null ? '0:a:0' : `0:${streamIndex}`],
      ...(options.channels === 1 ? ['-af', 'pan=stereo|c0=c0'] : []),
      ...['-ar', '48000', '-ac', '2', '-f', 'f32le', '-c:a', 'pcm_f32le', 'pipe:1'],
    ],
    stdout: async (stream) => {
      found = await measureSamples(stereoFloats(stream));
    },
    logLevel: 'error',
    ...(options.onLogLine ? { onLogLine: options.onLogLine } : {}),
    signal: options.signal,
  });
  return found;
}
