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
import type { SourceFacts } from '../sources/sources.ts';
import { sampleBytes, stereoFloats } from './stereo-floats.ts';
import { createStretch } from './stretch.ts';

const seekMarginSeconds = 1;
/** What follows a stretch at another speed is mixed into its last grains. */
const afterEndSamples = 4096;
/** Stems made by one process: each has its source open. */
const mostTogether = 8;

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

/** What making stems needs. */
export interface StemTools {
  ffmpeg: Ffmpeg;
  cache: SegmentCache;
}

/**
 * The stems' files of raw samples in the cache, in their order; made when missing or not whole. What a source lacks is
 * silence. Those at normal speed are made by one process: starting one takes longer than decoding some seconds of sound.
 */
export async function stemFiles(
  tools: StemTools,
  stems: readonly StemPlan[],
  sources: SourcesByIdentity,
  signal: AbortSignal,
): Promise<string[]> {
  const missing = new Map<string, StemPlan>();
  for (const stem of stems)
    if ((await tools.cache.findMarked(stem.fingerprint, 'f32')) === null) missing.set(stem.fingerprint, stem);
  const steady = [...missing.values()].filter((stem) => isNormalSpeed(stem.speed));
  for (let from = 0; from < steady.length; from += mostTogether) {
    const some = steady.slice(from, from + mostTogether);
    if (some.length === 1 || !(await areMadeTogether(tools, some, sources, signal))) continue;
    for (const { fingerprint } of some) missing.delete(fingerprint);
  }
  for (const stem of missing.values()) await makeAlone(tools, stem, sources, signal);
  return stems.map((stem) => tools.cache.soundPath(stem.fingerprint, 'f32'));
}

function sourceOf(sources: SourcesByIdentity, stem: StemPlan): SourceFacts {
  const source = sources.get(stem.source);
  if (source) return source;
  throw new AppError('media-missing', 'A clip’s sound is not in the library any more. Relink or replace it.', {
    retry: 'relink',
  });
}

function openStem(stem: StemPlan, source: SourceFacts): string[] {
  const seek = Math.max(0, toNumber(stem.fromSeconds) - seekMarginSeconds);
  return [
    ...(seek > 0 ? ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', seek.toFixed(3)] : []),
    ...inputArgs(source.path, stem.demuxer === null ? {} : { demuxer: stem.demuxer }),
  ];
}

const writeStem = (stem: StemPlan, input: number): string[] => [
  ...['-map', `${input}:${stem.streamIndex}`, '-vn', '-af', stemFilters(stem), '-f', 'f32le', '-c:a', 'pcm_f32le'],
];

/** False when it failed: one source's trouble is not the others', so each is tried alone and says whose it is. */
function areMadeTogether(...making: Parameters<typeof makeTogether>): Promise<boolean> {
  return makeTogether(...making).then(
    () => true,
    () => false,
  );
}

async function makeTogether(
  { ffmpeg, cache }: StemTools,
  stems: readonly StemPlan[],
  sources: SourcesByIdentity,
  signal: AbortSignal,
): Promise<void> {
  const used = stems.map((stem) => sourceOf(sources, stem));
  for (const source of used) await checkStamp(source);
  const paths = stems.map((stem) => cache.soundPath(stem.fingerprint, 'f32'));
  await writeAll(paths, async (temps) => {
    const inputs = stems.flatMap((stem) => openStem(stem, sourceOf(sources, stem)));
    const outputs = stems.flatMap((stem, n) => [...writeStem(stem, n), temps[n] ?? '']);
    await ffmpeg.run({ args: ['-y', '-copyts', ...inputs, ...outputs], signal });
    for (const source of used) await checkStamp(source);
    for (const [n, stem] of stems.entries()) await truncate(temps[n] ?? '', stem.samples * sampleBytes);
  });
  for (const { fingerprint } of stems) await cache.mark(fingerprint, 'f32');
}

/** {@link writeThenRename} for several files: all of them or, when the work fails, none. */
function writeAll(
  paths: readonly string[],
  work: (temps: readonly string[]) => Promise<void>,
  temps: readonly string[] = [],
): Promise<void> {
  const [path, ...rest] = paths;
  if (path === undefined) return work(temps);
  return writeThenRename(path, (temp) => writeAll(rest, work, [...temps, temp]));
}

async function makeAlone(
  { ffmpeg, cache }: StemTools,
  stem: StemPlan,
  sources: SourcesByIdentity,
  signal: AbortSignal,
): Promise<void> {
  const source = sourceOf(sources, stem);
  await checkStamp(source);
  const decode = ['-y', '-copyts', ...openStem(stem, source), ...writeStem(stem, 0)];
  await writeThenRename(cache.soundPath(stem.fingerprint, 'f32'), async (temp) => {
    if (isNormalSpeed(stem.speed)) await ffmpeg.run({ args: [...decode, temp], signal });
    else await writeStretched(ffmpeg, decode, stem, temp, signal);
    await checkStamp(source);
    await truncate(temp, stem.samples * sampleBytes);
  });
  await cache.mark(stem.fingerprint, 'f32');
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
