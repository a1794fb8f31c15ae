import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { inputArgs } from '#main/platform/ffmpeg/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { clockOrigin } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { secondsOf } from '../look/look-at-file.ts';
import { usedAudio } from '../playback.ts';
import type { DeriveContext, DerivedShape, DeriveSource } from './types.ts';

/** Samples looked at per second; enough that no audible peak is lost. */
const sampleRateHz = 16_000;
const finestBucketsPerSecond = 100;
/** About 700 KB for the longest recordings. */
const mostBuckets = 360_000;

/** Peaks of 16-bit mono samples: (min, max) pairs of signed bytes per bucket. Feed it pieces of any length. */
export function createPeaks(samplesPerBucket: number) {
  let low = 0;
  let high = 0;
  let filled = 0;
  let odd: number | null = null;
  const pairs: number[] = [];

  function add(sample: number): void {
    if (sample < low) low = sample;
    if (sample > high) high = sample;
    filled += 1;
    if (filled >= samplesPerBucket) flush();
  }

  function flush(): void {
    if (filled === 0) return;
    // Rounded away from zero: a quiet sound must not look like silence.
    pairs.push(Math.max(-128, Math.floor(low / 256)), Math.min(127, Math.ceil(high / 256)));
    low = 0;
    high = 0;
    filled = 0;
  }

  return {
    add(bytes: Buffer): void {
      let at = 0;
      if (odd !== null && bytes.length > 0) {
        add((((bytes[0] ?? 0) << 24) >> 16) | odd);
        odd = null;
        at = 1;
      }
      for (; at + 1 < bytes.length; at += 2) add(bytes.readInt16LE(at));
      if (at < bytes.length) odd = bytes[at] ?? 0;
    },
    /** Ends the last bucket and gives all pairs since the last call. */
    take(isEnd: boolean): Int8Array {
      if (isEnd) flush();
      return Int8Array.from(pairs.splice(0));
    },
  };
}

/** Writes the peaks of the sound that is used; bucket 0 begins at time 0 of the source. */
export async function makeWaveform(
  source: DeriveSource,
  target: string,
  context: DeriveContext,
): Promise<DerivedShape> {
  const track = usedAudio(source.probe);
  if (track === null) throw new AppError('unsupported-media', 'This media has no sound.');
  const durationSeconds = secondsOf(source.probe.durationSeconds) ?? 0;
  const wanted = Math.min(finestBucketsPerSecond, mostBuckets / Math.max(1, durationSeconds));
  const origin = toNumber(clockOrigin(source.probe));
  const begin = origin === 0 ? '' : `asetpts=PTS-${origin}/TB,atrim=start=0,`;
  const samplesPerBucket = Math.round(sampleRateHz / wanted);
  const peaks = createPeaks(samplesPerBucket);
  const file = await open(target, 'w');
  let count = 0;
  const write = async (isEnd: boolean) => {
    const part = peaks.take(isEnd);
    count += part.length / 2;
    if (part.length > 0) await file.write(part);
  };
  try {
    await context.ffmpeg.run({
      args: [
        ...['-copyts', ...inputArgs(source.path, { demuxer: source.probe.container })],
        ...['-map', `0:${track.streamIndex}`, '-vn', '-sn', '-dn', '-ac', '1'],
        ...['-af', `${begin}aresample=${sampleRateHz}:async=1:first_pts=0`, '-f', 's16le', 'pipe:1'],
      ],
      stdout: async (stream: Readable) => {
        for await (const chunk of stream) {
          peaks.add(chunk as Buffer);
          await write(false);
        }
      },
      signal: context.signal,
      priority: 'background',
      durationMs: durationSeconds * 1000,
      onProgress: ({ fraction }) => context.onProgress(fraction ?? 0),
      logLevel: 'error',
    });
    await write(true);
  } finally {
    await file.close();
  }
  return {
    waveform: { bucketsPerSecond: sampleRateHz / samplesPerBucket, count },
  };
}
