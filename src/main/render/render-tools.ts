import type { LimitFunction } from 'p-limit';
import type { Clock } from '#main/platform/clock/index.ts';
import type { Ffmpeg, FfmpegTools } from '#main/platform/ffmpeg/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import type { EvidenceRoom } from './check/evidence.ts';
import type { SeamMemory } from './check/seam-memory.ts';
import type { EncodePool } from './encode/encode-pool.ts';
import type { SegmentCache } from './encode/segment-cache.ts';
import type { Workroom } from './encode/workroom.ts';
import type { FinishedFiles } from './exports/finished-files.ts';
import type { Workshop } from './plan/fingerprint.ts';
import type { FontSet } from './sources/fonts.ts';
import type { RenderSources } from './sources/sources.ts';
import type { RenderStore } from './store.ts';

/** What the parts of render share. */
export interface RenderTools {
  ffmpeg: Ffmpeg;
  cache: SegmentCache;
  finished: FinishedFiles;
  workroom: Workroom;
  pool: EncodePool;
  /** What an export does besides encoding pictures (its sound, joining, checking): as many at once as there are workers. */
  besides: LimitFunction;
  store: RenderStore;
  sources: RenderSources;
  /** Joins that were looked at. */
  seams: SeamMemory;
  /** Pictures of what was wrong. */
  evidence: EvidenceRoom;
  /** Those shipped are read once, those added when there are others. */
  fonts: () => Promise<FontSet>;
  clock: Clock;
  log: Log;
  engineVersion: string;
}

/** The makers of pictures, as far as fingerprints are concerned. */
export function workshopOf(tools: FfmpegTools, fonts: FontSet): Workshop {
  return {
    ffmpegBuild: tools.ffmpeg.buildId,
    x264Build: tools.capabilities.x264Build ?? '',
    fonts: fonts.hash,
  };
}
