import type { Clock } from '#main/platform/clock/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import { cancelledError } from '#shared/errors/index.ts';
import { findFfmpeg } from './find.ts';
import { tryEncoder } from './probe-build.ts';
import { openProbeCache } from './probe-cache.ts';
import { probeFile } from './probe-file.ts';
import { runProgram } from './run.ts';
import type { RunningProcess } from './spawn.ts';
import type { Ffmpeg, FfmpegTools } from './types.ts';

/** What {@link createFfmpeg} needs. */
export interface CreateFfmpegOptions {
  /** The person's choice (`settings.ffmpegPath`), asked each time the programs are looked for. */
  configuredPath?: () => string | null;
  /** Folder with the programs shipped in the package. */
  packagedDir?: string | null;
  /** File that remembers what was probed (`LibraryPaths.machine`); null probes each time. */
  cacheFile?: string | null;
  log: Log;
  clock: Clock;
  /** Where programs are looked for. Default: `process.env`. */
  environment?: { PATH?: string | undefined };
}

/** Makes the engine's ffmpeg. Nothing is looked for or started until it is used. */
export function createFfmpeg(options: CreateFfmpegOptions): Ffmpeg {
  const { log, clock } = options;
  const running = new Set<RunningProcess>();
  const triedEncoders = new Map<string, Promise<boolean>>();
  let found: Promise<FfmpegTools> | null = null;
  let isDisposed = false;

  function track(process: RunningProcess): void {
    running.add(process);
    void process.ended.then(() => running.delete(process));
    // Disposed between the decision to start and the start.
    if (isDisposed) void process.kill();
  }

  async function find(): Promise<FfmpegTools> {
    const tools = await findFfmpeg({
      configuredPath: options.configuredPath?.() ?? null,
      packagedDir: options.packagedDir ?? null,
      cache: await openProbeCache(options.cacheFile ?? null),
      ...{ log, clock },
      ...(options.environment === undefined ? {} : { environment: options.environment }),
    });
    log.info('ffmpeg found', { path: tools.ffmpeg.path, version: tools.ffmpeg.version, origin: tools.origin });
    return tools;
  }

  function tools(signal?: AbortSignal): Promise<FfmpegTools> {
    if (isDisposed || signal?.aborted === true) return Promise.reject(cancelledError());
    if (found === null) {
      const attempt = find();
      found = attempt;
      // A failure is not remembered: the person may install ffmpeg and try again.
      attempt.catch(() => {
        if (found === attempt) found = null;
      });
    }
    return found;
  }

  return {
    tools,
    forget() {
      found = null;
      triedEncoders.clear();
    },
    async run(runOptions) {
      const { ffmpeg } = await tools(runOptions.signal);
      return runProgram(ffmpeg.path, clock, runOptions, track);
    },
    async probe(path, probeOptions = {}) {
      const { ffprobe, lister } = await tools(probeOptions.signal);
      const program = probeOptions.isOwnFile === true ? lister : ffprobe;
      return probeFile(program.path, path, { ...probeOptions, clock, onStart: track });
    },
    async tryHardwareEncoder(name) {
      const { ffmpeg, capabilities } = await tools();
      if (!capabilities.encoders.has(name)) return false;
      const trial = triedEncoders.get(name) ?? tryEncoder(ffmpeg.path, name, { clock }).catch(() => false);
      triedEncoders.set(name, trial);
      return trial;
    },
    async dispose() {
      isDisposed = true;
      await Promise.all([...running].map((process) => process.kill()));
    },
  };
}
