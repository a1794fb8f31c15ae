import type { Clock } from '#main/platform/clock/index.ts';
import type { Events } from '#main/platform/events/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import type { LibraryPaths } from '#main/platform/paths/index.ts';
import type { SecretCipher } from '#main/platform/secrets/index.ts';
import type { contract, EngineEvent, Handlers, SystemInfo } from '#shared/contract/index.ts';

/** How an engine is opened. */
export interface EngineOptions {
  /** The library's folder; made when missing. */
  libraryFolder: string;
  face: SystemInfo['face'];
  /** The project's `resources` folder: migrations, fonts, sample. */
  resourcesDir: string;
  /** Folder with ffmpeg shipped in the package; null when there is none. */
  packagedFfmpegDir?: string | null;
  /** Default: a rotating file in the library's `logs`. */
  log?: Log;
  clock?: Clock;
  /** The desktop's own encryption for secrets; elsewhere a key file is used. */
  cipher?: SecretCipher | null;
  /** False only looks and enqueues; another process does the work. Default true. */
  isWorking?: boolean;
  /** Bring the sample ad into a library that never held a project or media. Default true. */
  hasSample?: boolean;
}

/** Handlers for every part of the contract. */
export type EngineHandlers = { [Part in keyof typeof contract]: Handlers<(typeof contract)[Part]> };

/** What differs between the connections to one engine. */
export interface EngineSession {
  /** Prefix of every media URL, without a slash at its end; empty where there is no media server (terminal). */
  mediaBase: string;
}

/** A file a media URL stands for. */
export interface MediaFile {
  path: string;
  mime: string;
}

/** A file on its way in from a browser. */
export interface IncomingFile {
  name: string;
  /** What the sender says; null when it does not. */
  sizeBytes: number | null;
  body: ReadableStream<Uint8Array>;
  signal: AbortSignal;
}

/** What the engine announces. */
export interface EngineEventMap {
  event: EngineEvent;
}

/** Everything behind the contract, for one library. */
export interface Engine {
  readonly paths: LibraryPaths;
  readonly log: Log;
  readonly face: SystemInfo['face'];
  readonly events: Events<EngineEventMap>;
  /** Handlers for one connection. */
  handlersFor(session: EngineSession): EngineHandlers;
  /** The file behind `<assetId>/<kind>` or `exports/<exportId>`; null when there is none. Throws AppErrors. */
  resolveMedia(path: string, query: URLSearchParams, signal: AbortSignal): Promise<MediaFile | null>;
  /** Takes a file in from a browser; the id goes into `library.import`. */
  stageUpload(file: IncomingFile): Promise<{ uploadId: string }>;
  /** Exports under way, which stopping now would interrupt. */
  runningExports(): number;
  /** Recordings under way in some page. */
  runningRecordings(): number;
  /** Resolves when the first look for ffmpeg and the sample are done; the engine answers calls before that. */
  readonly settled: Promise<void>;
  /** Stops work, puts running jobs back, closes everything. Twice is fine. */
  dispose(): Promise<void>;
}
