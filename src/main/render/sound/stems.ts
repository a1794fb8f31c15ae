import { open, truncate } from 'node:fs/promises';
import { type Ffmpeg, inputArgs } from '#main/platform/ffmpeg/index.ts';
import { writeThenRename } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { isNormalSpeed } from '#shared/model/index.ts';
import { audioSampleRateHz, multiply, rational, round, toNumber } from '#shared/units/index.ts';
import type { SourcesByIdentity } from '../encode/encode-run.ts';
import type { SegmentCache } from '../encode/segment-cache.ts';
import { checkStamp } from '../encode/source-stamp.ts';
import type { StemPlan } from '../plan/plan-sound.ts';
import { sampleBytes, stereoFloats } from './stereo-floats.ts';
import { createStretch } from './stretch.ts';

const seekMarginSeconds = 1;
/** What follows a stretch at another speed is mixed into its last grains. */
const afterEndSamples = 4096;

/** From the decoded stream to exactly the stretch wanted at its own speed: 48 kHz, stereo, holes filled. */
export function stemFilters(stem: StemPlan): string {
  const start = round(multiply(stem.fromSeconds, rational(audioSampleRateHz)));
  const sourceSamples = round(multiply(rational(stem.samples), stem.speed));
  return [
    // A single channel goes to both sides at its own level; more than two are folded down by ffmpeg's usual matrix.
    ...(stem.channels === 1 ? ['pan=stereo|c0=c0|c1=c0'] : []),
    `aresample=${audioSampleRateHz}`,
    'aformat=sample_fmts=flt:channel_layouts=stereo',
    `asetpts=PTS-${start}`,
    `atrim=start_pts=0:end_pts=${sourceSamples + audioSampleRateHz / 2}`,
    'aresample=async=1:first_pts=0',
    `atrim=end_sample=${isNormalSpeed(stem.speed) ? stem.samples : sourceSamples + afterEndSamples}`,
  ].join(',');
}

/** The stem's file of raw samples in the cache, made when it is missing or not whole. What the source lacks is silence. */
export async function stemFile(
  tools: { ffmpeg: Ffmpeg; cache: SegmentCache },
  stem: StemPlan,
  sources: SourcesByIdentity,
  signal: AbortSignal,
): Promise<string> {
  const path = tools.cache.soundPath(stem.fingerprint, 'f32');
  const sizeBytes = stem.samples * sampleBytes;
  if ((await tools.cache.findMarked(stem.fingerprint, 'f32')) !== null) return path;
  const source = sources.get(stem.source);
  if (!source)
    throw new AppError('media-missing', 'A clip’s sound is not in the library any more. Relink or replace it.', {
      retry: 'relink',
    });
  await checkStamp(source);
  const seek = Math.max(0, toNumber(stem.fromSeconds) - seekMarginSeconds);
  const decode = [
    ...['-y', '-copyts', ...(seek > 0 ? ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', seek.toFixed(3)] : [])],
    ...inputArgs(source.path, stem.demuxer === null ? {} : { demuxer: stem.demuxer }),
    ...['-map', `0:${stem.streamIndex}`, '-vn', '-af', stemFilters(stem), '-f', 'f32le', '-c:a', 'pcm_f32le'],
  ];
  await writeThenRename(path, async (temp) => {
    if (isNormalSpeed(stem.speed)) await tools.ffmpeg.run({ args: [...decode, temp], signal });
    else await writeStretched(tools.ffmpeg, decode, stem, temp, signal);
    await checkStamp(source);
    await truncate(temp, sizeBytes);
  });
  await tools.cache.mark(stem.fingerprint, 'f32');
  return path;
}

/** Decodes at normal speed through a pipe and writes what {@link createStretch} makes of it. */
async function writeStretched(
  ffmpeg: Ffmpeg,
  decode: readonly string[],
  stem: StemPlan,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const stretch = createStretch(stem.speed);
  const file = await open(target, 'w');
  const write = (samples: Float32Array) =>
    file.appendFile(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  try {
    await ffmpeg.run({
      args: [...decode, 'pipe:1'],
      stdout: async (stream) => {
        for await (const samples of stereoFloats(stream)) await write(stretch.push(samples));
      },
      signal,
    });
    await write(stretch.finish(stem.samples));
  } finally {
    await file.close();
  }
}
