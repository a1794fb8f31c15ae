import type { Clock } from '#main/platform/clock/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import type { Ffmpeg } from './types.ts';

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
}

/** Makes the engine's ffmpeg. Nothing is looked for or started until it is used. */
export function createFfmpeg(options: CreateFfmpegOptions): Ffmpeg {
  throw new Error(`not yet: ${options.cacheFile}`);
}
