/** Highest peak (0 to 1) of the buckets between two moments; 0 where there is no sound. `peaks` holds signed 8-bit pairs (min, max). */
export function peakBetween(
  peaks: Int8Array,
  bucketsPerSecond: number,
  fromSeconds: number,
  toSeconds: number,
): number {
  const count = peaks.length / 2;
  const first = Math.max(0, Math.floor(fromSeconds * bucketsPerSecond));
  const last = Math.min(count - 1, Math.max(first, Math.ceil(toSeconds * bucketsPerSecond) - 1));
  let peak = 0;
  for (let bucket = first; bucket <= last; bucket += 1) {
    peak = Math.max(peak, Math.abs(peaks[bucket * 2] ?? 0), Math.abs(peaks[bucket * 2 + 1] ?? 0));
  }
  return Math.min(1, peak / 127);
}

/** Heights of the columns of a waveform: `columns` of them from `fromSeconds` on, each covering `secondsPerColumn`. */
export function waveformColumns(
  peaks: Int8Array,
  bucketsPerSecond: number,
  fromSeconds: number,
  secondsPerColumn: number,
  columns: number,
): number[] {
  return Array.from({ length: Math.max(0, Math.floor(columns)) }, (_, column) => {
    const from = fromSeconds + column * secondsPerColumn;
    return peakBetween(peaks, bucketsPerSecond, from, from + secondsPerColumn);
  });
}
