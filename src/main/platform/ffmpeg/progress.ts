/** One report of `-progress`. */
export interface FfmpegProgress {
  /** Frames written so far. */
  frame: number;
  /** Time written so far, ms. */
  outTimeMs: number;
  /** Frames per second of wall time; 0 while unknown. */
  fps: number;
  /** Seconds of output per second of wall time; 0 while unknown. */
  speed: number;
  sizeBytes: number;
  /** 0..1; null when neither the expected frames nor the length were given. */
  fraction: number | null;
  /** Estimated time left, ms; null while unknown. */
  etaMs: number | null;
  isLast: boolean;
}

/** What the whole run will be; either makes `fraction`. */
export interface ProgressTarget {
  expectedFrames?: number | undefined;
  durationMs?: number | undefined;
}

/** Reads `-progress` output line by line; a report is complete with its `progress=` line. */
export interface ProgressParser {
  /** Returns the report this line completes, or null. `elapsedMs` is the time since the run began. */
  line(line: string, elapsedMs: number): FfmpegProgress | null;
}

const progressLine =
  /^(frame|fps|stream_\d+_\d+_q|stream_\d+_\d+_psnr_\w+|bitrate|total_size|out_time_us|out_time_ms|out_time|dup_frames|drop_frames|speed|progress)=\s*(.*?)\s*$/;

/** True for a line that `-progress` writes, to tell it from the log when both share a pipe. */
export function isProgressLine(line: string): boolean {
  return progressLine.test(line);
}

/** Creates a parser for one run. Pure: the same lines and times give the same reports. */
export function createProgressParser(target: ProgressTarget): ProgressParser {
  let values = new Map<string, string>();
  let lastFraction: number | null = null;

  return {
    line(line, elapsedMs) {
      const match = progressLine.exec(line);
      if (match?.[1] === undefined) return null;
      values.set(match[1], match[2] ?? '');
      if (match[1] !== 'progress') return null;
      const report = read(values, target, lastFraction, elapsedMs);
      lastFraction = report.fraction;
      values = new Map();
      return report;
    },
  };
}

function read(
  values: ReadonlyMap<string, string>,
  target: ProgressTarget,
  lastFraction: number | null,
  elapsedMs: number,
): FfmpegProgress {
  const isLast = values.get('progress') === 'end';
  const frame = number(values.get('frame'));
  // out_time_ms holds microseconds, too: a mistake of long ago that ffmpeg keeps.
  const outTimeMs = number(values.get('out_time_us') ?? values.get('out_time_ms')) / 1000;
  const fraction = isLast && lastFraction !== null ? 1 : fractionOf(frame, outTimeMs, target, lastFraction);
  return {
    frame,
    outTimeMs,
    fps: number(values.get('fps')),
    speed: number(values.get('speed')?.replace(/x$/, '')),
    sizeBytes: number(values.get('total_size')),
    fraction,
    etaMs: fraction === null || fraction <= 0 ? null : Math.max(0, (elapsedMs * (1 - fraction)) / fraction),
    isLast,
  };
}

function fractionOf(frame: number, outTimeMs: number, target: ProgressTarget, last: number | null): number | null {
  const { expectedFrames, durationMs } = target;
  let fraction: number;
  if (expectedFrames !== undefined && expectedFrames > 0) fraction = frame / expectedFrames;
  else if (durationMs !== undefined && durationMs > 0) fraction = outTimeMs / durationMs;
  else return null;
  // Reports of several outputs may step back; a bar must not.
  return Math.min(1, Math.max(last ?? 0, fraction));
}

/** ffmpeg writes `N/A` for what it does not know, and negative times before the first packet. */
function number(text: string | undefined): number {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) && value > 0 ? value : 0;
}
