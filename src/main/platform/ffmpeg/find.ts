import { dirname, join } from 'node:path';
import type { Clock } from '#main/platform/clock/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import { type Candidate, findCandidates, programFile, realProgram } from './candidates.ts';
import { type Build, compareBuilds, identify, probeCapabilities, tryX264 } from './probe-build.ts';
import type { KnownBuild, ProbeCache } from './probe-cache.ts';
import { configuredError, missingError, missingFeatures, tooOldError } from './requirements.ts';
import type { FfmpegCapabilities, FfmpegOrigin, FfmpegProgram, FfmpegTools } from './types.ts';

/** What {@link findFfmpeg} needs. */
export interface FindOptions {
  configuredPath: string | null;
  packagedDir: string | null;
  cache: ProbeCache;
  log: Log;
  clock: Clock;
  signal?: AbortSignal | undefined;
  /** Where programs are looked for. Default: `process.env`. */
  environment?: { PATH?: string | undefined };
}

interface Found {
  origin: FfmpegOrigin;
  build: KnownBuild;
}

/**
 * Finds the programs: the person's choice if there is one; otherwise, of those packaged, installed on the system and
 * installed by npm, the newest that can do the plain set. Throws `ffmpeg-missing` or `ffmpeg-too-old`.
 */
export async function findFfmpeg(options: FindOptions): Promise<FfmpegTools> {
  const ffmpeg = await chooseFfmpeg(options);
  const ffprobe = await chooseFfprobe(options, ffmpeg.build);
  const lister = await chooseLister(options, ffprobe);
  await options.cache.save();
  const { capabilities } = ffmpeg.build;
  if (capabilities === null) throw missingError('ffmpeg');
  return {
    ffmpeg: programOf(ffmpeg.build),
    ffprobe: programOf(ffprobe),
    lister: programOf(lister),
    origin: ffmpeg.origin,
    capabilities,
  };
}

async function chooseFfmpeg(options: FindOptions): Promise<Found> {
  const { configuredPath } = options;
  if (configuredPath !== null) {
    const [chosen] = await identifyAll([{ origin: 'setting', path: configuredPath }], options);
    if (chosen === undefined) throw configuredError(configuredPath);
    return proven(chosen, options);
  }
  const builds = await identifyAll(await findCandidates('ffmpeg', options.packagedDir, options.environment), options);
  let firstError: unknown;
  for (const found of builds.sort((a, b) => compareBuilds(a.build, b.build))) {
    try {
      return await proven(found, options);
    } catch (error) {
      if (options.signal?.aborted === true) throw error;
      options.log.warn('an ffmpeg cannot be used', { path: found.build.path, error });
      firstError ??= error;
    }
  }
  throw firstError ?? missingError('ffmpeg');
}

async function chooseFfprobe(options: FindOptions, ffmpeg: KnownBuild): Promise<KnownBuild> {
  const beside: Candidate = { origin: 'system', path: join(dirname(ffmpeg.path), programFile('ffprobe')) };
  const [sibling] = await identifyAll([beside], options);
  if (sibling !== undefined) return sibling.build;
  const others = await identifyAll(await findCandidates('ffprobe', options.packagedDir, options.environment), options);
  const newest = others.sort((a, b) => compareBuilds(a.build, b.build))[0];
  if (newest === undefined) throw missingError('ffprobe');
  return newest.build;
}

const programOf = ({ path, version, buildId }: Build): FfmpegProgram => ({ path, version, buildId });

/** Since ffmpeg 4.0. */
const oldestLister = 56;

/**
 * One file without libraries to load, where there is one: a system's ffprobe may load two hundred of them first, which takes
 * longer than listing an ad.
 */
async function chooseLister(options: FindOptions, ffprobe: KnownBuild): Promise<KnownBuild> {
  const candidates = await findCandidates('ffprobe', options.packagedDir, options.environment);
  const found = await identifyAll(
    candidates.filter(({ origin }) => origin !== 'system'),
    options,
  );
  return found.find(({ build }) => build.libavutil.major >= oldestLister)?.build ?? ffprobe;
}

/** Those that answer, with what is known about them. */
async function identifyAll(candidates: readonly Candidate[], options: FindOptions): Promise<Found[]> {
  const found = await Promise.all(
    candidates.map(async ({ origin, path }): Promise<Found | null> => {
      if ((await realProgram(path)) === null) return null;
      const known = await options.cache.get(path);
      if (known !== null) return { origin, build: known };
      const build = await identify(path, options).catch((error: unknown) => {
        if (options.signal?.aborted === true) throw error;
        options.log.warn('a program does not answer', { path, error });
        return null;
      });
      if (build === null) return null;
      await options.cache.put({ ...build, capabilities: null });
      return { origin, build: { ...build, capabilities: null } };
    }),
  );
  return found.filter((one) => one !== null);
}

/** The same build with its capabilities, if it can do the plain set. */
async function proven({ origin, build }: Found, options: FindOptions): Promise<Found> {
  const capabilities =
    build.capabilities === null
      ? await probeCapabilities(build, options)
      : await refreshed(build, build.capabilities, options);
  const missing = missingFeatures(capabilities);
  if (missing.length > 0) throw tooOldError(build, missing);
  const whole: KnownBuild = { ...build, capabilities };
  if (build.capabilities !== capabilities) await options.cache.put(whole);
  return { origin, build: whole };
}

/**
 * x264 may be a library of its own that is updated while ffmpeg's file stays the same; then its output changes, and so
 * must every fingerprint. One frame tells, and shows that the program still runs.
 */
async function refreshed(build: Build, known: FfmpegCapabilities, options: FindOptions): Promise<FfmpegCapabilities> {
  const x264Build = await tryX264(build.path, options);
  return x264Build === known.x264Build ? known : probeCapabilities(build, options);
}
