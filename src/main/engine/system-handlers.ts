import type { Clock } from '#main/platform/clock/index.ts';
import type { Events } from '#main/platform/events/index.ts';
import { freeSpaceBytes } from '#main/platform/files/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import type { contract, Handlers, SystemInfo } from '#shared/contract/index.ts';
import { appVersion } from '#shared/version.ts';
import { type DoctorFacts, examine } from './doctor.ts';
import { eventFeed } from './event-feed.ts';
import type { FfmpegWatch } from './ffmpeg-watch.ts';
import { listFolder } from './list-folder.ts';
import type { EngineEventMap, EngineSession } from './types.ts';

/** What the `system` part of the contract answers from. */
export interface SystemParts {
  face: SystemInfo['face'];
  libraryFolder: string;
  exportFolder: () => string;
  ffmpeg: FfmpegWatch;
  isPreparingSample: () => boolean;
  forgetFfmpeg: () => void;
  events: Events<EngineEventMap>;
  clock: Clock;
  log: Log;
  doctorFacts: () => DoctorFacts;
  clearCache: () => Promise<number>;
}

/** The `system` part of the contract for one connection. */
export function systemHandlers(parts: SystemParts, session: EngineSession): Handlers<(typeof contract)['system']> {
  return {
    info: async () => ({
      version: appVersion,
      face: parts.face,
      platform: process.platform,
      mediaBase: session.mediaBase,
      libraryFolder: parts.libraryFolder,
      exportFolder: parts.exportFolder(),
      ffmpeg: parts.ffmpeg.state(),
      isPreparingSample: parts.isPreparingSample(),
      freeBytes: await freeSpaceBytes(parts.exportFolder()).catch(() => 0),
    }),
    doctor: async () => ({ checks: await examine(parts.doctorFacts()) }),
    findFfmpeg: () => {
      parts.forgetFfmpeg();
      return parts.ffmpeg.look();
    },
    events: (_input, { signal }) => eventFeed(parts.events, parts.clock, signal),
    listFolder: ({ path }) => listFolder(path),
    clearCache: async () => ({ freedBytes: await parts.clearCache() }),
    reportProblem: ({ message, stack }) => {
      parts.log.error('the interface reported a problem', { problem: message, stack });
      return { ok: true };
    },
  };
}
