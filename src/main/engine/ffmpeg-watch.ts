import type { Ffmpeg, FfmpegCapabilities, FfmpegTools } from '#main/platform/ffmpeg/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import type { SystemInfo } from '#shared/contract/index.ts';
import { type AppError, toAppError } from '#shared/errors/index.ts';

/** What the engine knows of ffmpeg, as the contract shows it. */
export type FfmpegState = SystemInfo['ffmpeg'];

/** Looks for ffmpeg in the background and remembers what was found. */
export interface FfmpegWatch {
  state(): FfmpegState;
  /** The programs, when they were found. */
  tools(): FfmpegTools | null;
  /** Why there are none. */
  problem(): AppError | null;
  /** Looks (again); resolves with what was found, never rejects. */
  look(): Promise<FfmpegState>;
}

/** Makes a watch; nothing is looked for yet. */
export function createFfmpegWatch(options: { ffmpeg: Ffmpeg; log: Log; onChange: () => void }): FfmpegWatch {
  const { ffmpeg, log, onChange } = options;
  let tools: FfmpegTools | null = null;
  let problem: AppError | null = null;
  let isLooking = true;

  async function look(): Promise<FfmpegState> {
    isLooking = true;
    onChange();
    try {
      tools = await ffmpeg.tools();
      problem = null;
    } catch (error) {
      tools = null;
      problem = toAppError(error);
      log.warn('ffmpeg is not usable', { error });
    }
    isLooking = false;
    onChange();
    return state();
  }

  function state(): FfmpegState {
    if (isLooking) return { state: 'searching', version: null, path: null, limits: [] };
    if (!tools) return { state: 'missing', version: null, path: null, limits: problem ? [problem.userMessage] : [] };
    const limits = limitsOf(tools.capabilities);
    const { version, path } = tools.ffmpeg;
    return { state: limits.length > 0 ? 'limited' : 'ready', version, path, limits };
  }

  return { state, look, tools: () => tools, problem: () => problem };
}

/** What a build cannot do, in words for people; empty for one that can do everything Spotloom asks. */
export function limitsOf(capabilities: FfmpegCapabilities): string[] {
  const { filters } = capabilities;
  const limits: string[] = [];
  if (!capabilities.hasX264) limits.push('It cannot write H.264 video, so nothing can be exported.');
  if (!filters.has('ass')) limits.push('It cannot draw text into the picture.');
  else if (!capabilities.hasHarfBuzz) limits.push('Arabic, Hebrew, Indic and Thai text is not shaped correctly.');
  if (!filters.has('zscale') || !filters.has('tonemap')) limits.push('HDR footage cannot be turned into normal video.');
  if (!capabilities.hasFpsMode)
    limits.push('It is older than version 5.1: some effects and exact timing of odd footage are refused.');
  return limits;
}
