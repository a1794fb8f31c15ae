import { parseRational, type Rational, toNumber } from '#shared/units/index.ts';

/** Containers whose own rate is a guess or that hold variable rates as a rule. */
const looseContainers = /(^|,)(matroska|webm|flv|asf|rm)(,|$)/;

/** What is known of a stream's rate without reading its packets. */
export interface RateGuess {
  /** Exactly as the container says; null when it does not. */
  average: Rational | null;
  /** True: look at packet times to decide. */
  needsPackets: boolean;
}

/** Compares ffprobe's two rates: the lowest that holds all times (`r_frame_rate`) and frames by length (`avg_frame_rate`). */
export function guessRate(container: string, baseText: string | undefined, averageText: string | undefined): RateGuess {
  const base = positive(baseText);
  const average = positive(averageText) ?? base;
  if (average === null || base === null) return { average, needsPackets: average !== null };
  const difference = Math.abs(toNumber(average) / toNumber(base) - 1);
  return { average, needsPackets: difference > 0.001 || looseContainers.test(container) };
}

function positive(text: string | undefined): Rational | null {
  const value = text === undefined ? null : parseRational(text);
  return value !== null && value.num > 0 ? value : null;
}

/**
 * Whether frame distances really vary: more than 1 % of them are off the median by over a tenth (and over the clock's
 * own rounding), one is three times as long, or the sampled rate is not the file's average.
 */
export function isVariable(
  presentationSeconds: readonly number[],
  tickSeconds: number,
  average: Rational | null,
): boolean {
  const times = [...presentationSeconds].sort((a, b) => a - b);
  const distances = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  if (distances.length < 3) return false;
  const median = [...distances].sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0;
  if (median <= 0) return true;
  const tolerance = Math.max(median / 10, tickSeconds * 1.5);
  const strays = distances.filter((distance) => Math.abs(distance - median) > tolerance).length;
  if (strays > distances.length / 100 || Math.max(...distances) > Math.max(median * 3, median + tolerance)) return true;
  const mean = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / distances.length;
  return average !== null && Math.abs(toNumber(average) * mean - 1) > 0.02;
}
