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
