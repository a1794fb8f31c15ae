import type { Readable } from 'node:stream';
import type { ProbeReport } from './probe-schema.ts';
import type { FfmpegProgress } from './progress.ts';

/** One executable that was found and answered. */
export interface FfmpegProgram {
  path: string;
  /** As it calls itself, e.g. `5.1.9-0+deb12u1` or `N-47683-g0e8eb07980-static`. */
  version: string;
  /** Identifies this very build (version, configuration, libraries); part of every segment's fingerprint. */
  buildId: string;
}

/** Where a program was found. */
export type FfmpegOrigin = 'setting' | 'packaged' | 'system' | 'npm';

/** What this ffmpeg can do, as probed; plans use only what is here. */
export interface FfmpegCapabilities {
  /** libavutil's version; the only number that compares across releases and git builds (5.1 = 57.28, 4.1 = 56.22). */
  libavutil: { major: number; minor: number };
  filters: ReadonlySet<string>;
  /** Encoders listed by the build. Hardware ones are listed even without a device: see `tryHardwareEncoder`. */
  encoders: ReadonlySet<string>;
  decoders: ReadonlySet<string>;
  demuxers: ReadonlySet<string>;
  /** `-fps_mode` is known (5.1 and later); use `-vsync` otherwise. */
  hasFpsMode: boolean;
  /** libass shapes complex scripts (Arabic, Devanagari, …) with HarfBuzz. */
  hasHarfBuzz: boolean;
  /** libx264 encoded a frame in the trial. */
  hasX264: boolean;
  /** x264's own build, e.g. `core 164 r3095 baee400`; part of every segment's fingerprint. */
  x264Build: string | null;
}

/** The pair of programs in use. */
export interface FfmpegTools {
  ffmpeg: FfmpegProgram;
  ffprobe: FfmpegProgram;
  /** An ffprobe that starts quickly, for listing files of our own making; any version does that alike. */
  lister: FfmpegProgram;
  origin: FfmpegOrigin;
  capabilities: FfmpegCapabilities;
}

/** One ffmpeg run. */
export interface RunOptions {
  /** Everything after the runner's own options; inputs come from `inputArgs`. */
  args: readonly string[];
  /** The process's working folder (filter files are staged there under safe names). */
  cwd?: string;
  /** Frames the run will write; makes `fraction` exact. */
  expectedFrames?: number;
  /** Length of the output in ms; makes `fraction` when frames are not known. */
  durationMs?: number;
  onProgress?: (progress: FfmpegProgress) => void;
  /** Aborting kills the process tree; the promise rejects with `cancelled` once it is dead. */
  signal?: AbortSignal;
  /** Written to ffmpeg's stdin. Without it stdin is closed. */
  stdin?: Uint8Array | Readable;
  /** What becomes of ffmpeg's stdout (`pipe:1`). Default `ignore`. */
  stdout?: 'ignore' | 'buffer' | ((stream: Readable) => Promise<void> | void);
  /** `background` lets the person's other programs go first. Default `normal`. */
  priority?: 'normal' | 'background';
  /** ffmpeg's verbosity. Default `warning`; `info` shows libass's font choices. */
  logLevel?: 'error' | 'warning' | 'info' | 'verbose';
  /** Each line ffmpeg logs. */
  onLogLine?: (line: string) => void;
  /** Kills the run and throws `timed-out` when it takes longer. */
  timeoutMs?: number;
}

/** How an ffmpeg run ended well. */
export interface RunResult {
  /** What was on stdout with `stdout: 'buffer'`; empty otherwise. */
  stdout: Buffer;
  /** The last lines ffmpeg logged. */
  logTail: string[];
  /** The last progress report, if there was one. */
  progress: FfmpegProgress | null;
  elapsedMs: number;
}

/** How to probe a file. */
export interface ProbeOptions {
  signal?: AbortSignal;
  /** Extra ffprobe arguments (e.g. `-count_packets`, `-show_frames`), before the input. */
  args?: readonly string[];
  /** Default 30 s. */
  timeoutMs?: number;
  /** A file this program has written itself: it is listed by whichever ffprobe starts quickest. */
  isOwnFile?: boolean;
  /** A longer answer is refused; default 64 MiB. */
  mostBytes?: number;
  /** What ffprobe said besides its answer, once it has ended well. */
  onLogLine?: (line: string) => void;
}

/** ffmpeg and ffprobe for the whole engine. */
export interface Ffmpeg {
  /** The programs, found on first use. Throws `ffmpeg-missing` or `ffmpeg-too-old` with what to do. */
  tools(signal?: AbortSignal): Promise<FfmpegTools>;
  /** Looks again next time, e.g. after the setting changed. */
  forget(): void;
  /**
   * Runs ffmpeg. Throws `cancelled`, `timed-out`, `disk-full`, `folder-unwritable`, `file-not-found`,
   * `file-unreadable`, `media-damaged`, `external-reference`, `ffmpeg-crashed` (ended by a signal) or `ffmpeg-failed`;
   * the last lines of its log are in `details.logTail`. Partial outputs are the caller's to delete.
   */
  run(options: RunOptions): Promise<RunResult>;
  /**
   * Reads what a media file is. Throws `file-not-found`, `file-empty`, `external-reference` (playlists and anything
   * that points elsewhere), `unsupported-media` (not media), `media-damaged`, `timed-out` or `cancelled`.
   */
  probe(path: string, options?: ProbeOptions): Promise<ProbeReport>;
  /** True if a hardware encoder really encodes here; one-frame trial, remembered. */
  tryHardwareEncoder(name: string): Promise<boolean>;
  /** Kills what still runs and waits until it is dead. */
  dispose(): Promise<void>;
}
