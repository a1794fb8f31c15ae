/** Weights with which samples of a line are mixed into a longer or shorter line. */
export interface ScaleTable {
  /** Samples mixed into one. */
  readonly taps: number;
  /** Per sample of the new line: index of the first old one, then `taps` weights, whole numbers that add up to `one`. */
  readonly rows: Int32Array<ArrayBuffer>;
}

/** Cubic with B = 0, C = 0.6, of a distance in samples. */
function cubic(distance: number): number {
  const c = 0.6;
  const d = distance;
  if (d < 1) return ((12 - 6 * c) * d ** 3 + (-18 + 6 * c) * d ** 2 + 6) / 6;
  if (d < 2) return (-6 * c * d ** 3 + 30 * c * d ** 2 - 48 * c * d + 24 * c) / 6;
  return 0;
}

interface Row {
  from: number;
  weights: number[];
}

/** Weights that together stay below this are left out where that makes the table narrower; ffmpeg reckons its 0.002 in sixths. */
const negligible = 0.002 / 6;

/** Weights of every new sample, before anything is rounded. Positions are reckoned in 1/65536 of a sample, as ffmpeg does. */
function exactRows(length: number, newLength: number, step: number): Row[] {
  const isShrinking = step > 65536;
  const wide = isShrinking ? 1 + Math.floor((4 * length + newLength - 1) / newLength) : 5;
  const taps = Math.max(1, Math.min(wide, length - 2));
  return Array.from({ length: newLength }, (_, n) => {
    const centre = step - 65536 + 2 * step * n;
    const from = Math.trunc((centre - (taps - 2) * 65536) / 131072);
    const weights = Array.from({ length: taps }, (_, j) => {
      const distance = Math.abs((from + j) * 131072 - centre) / 131072;
      return cubic(isShrinking ? (distance * newLength) / length : distance);
    });
    return { from, weights };
  });
}

/** Drops what hardly counts at the near end of each row, and tells how many weights the widest row then needs. */
function narrow(rows: Row[]): number {
  let needed = 1;
  for (let n = rows.length - 1; n >= 0; n -= 1) {
    const row = rows[n];
    if (!row) continue;
    const taps = row.weights.length;
    let dropped = 0;
    for (let j = 0; j < taps; j += 1) {
      dropped += Math.abs(row.weights[0] ?? 0);
      const next = rows[n + 1];
      if (dropped > negligible || (next && row.from >= next.from)) break;
      row.weights = [...row.weights.slice(1), 0];
      row.from += 1;
    }
    dropped = 0;
    let used = taps;
    for (let j = taps - 1; j > 0; j -= 1) {
      dropped += Math.abs(row.weights[j] ?? 0);
      if (dropped > negligible) break;
      used -= 1;
    }
    needed = Math.max(needed, used);
  }
  return needed;
}

/** Weights beyond the ends of the line count for its end samples. */
function keepInside({ from, weights }: Row, taps: number, length: number): Row {
  const first = Math.max(0, Math.min(from, length - taps));
  const inside = new Array<number>(taps).fill(0);
  for (const [j, weight] of weights.slice(0, taps).entries()) {
    const at = Math.min(Math.max(from + j, 0), length - 1) - first;
    inside[at] = (inside[at] ?? 0) + weight;
  }
  return { from: first, weights: inside };
}

/** Whole weights that add up to about `one`; what rounding takes from a weight is given to the next. */
function wholeWeights(weights: readonly number[], one: number): number[] {
  const unit = weights.reduce((sum, weight) => sum + weight, 0) / one;
  let left = 0;
  return weights.map((weight) => {
    const value = weight + left;
    const whole = Math.round(value / unit);
    left = value - whole * unit;
    return whole;
  });
}

/**
 * How ffmpeg's scaler (bicubic, accurate rounding, bit-exact) resamples `length` samples into `newLength`, each line's ends
 * aligned. `one` is the whole weight: 16384 across, 4096 down.
 */
export function scaleTable(length: number, newLength: number, one: number): ScaleTable {
  const step = Math.floor((length * 65536 + (newLength >> 1)) / newLength);
  if (Math.abs(step - 65536) < 10) {
    const rows = new Int32Array(newLength * 2);
    for (let n = 0; n < newLength; n += 1) rows.set([n, one], n * 2);
    return { taps: 1, rows };
  }
  const exact = exactRows(length, newLength, step);
  const taps = Math.min(narrow(exact), length);
  const rows = new Int32Array(newLength * (taps + 1));
  for (const [n, row] of exact.entries()) {
    const inside = keepInside(row, taps, length);
    rows.set([inside.from, ...wholeWeights(inside.weights, one)], n * (taps + 1));
  }
  return { taps, rows };
}
