/** How alike two planes are. */
export interface Likeness {
  /** Peak signal-to-noise ratio, dB; 100 when equal. */
  db: number;
  /** Structural similarity, 1 when equal. */
  ssim: number;
}

interface PlaneSize {
  width: number;
  height: number;
}

function decibel(one: Uint8Array, other: Uint8Array): number {
  let squares = 0;
  for (let at = 0; at < one.length; at += 1) squares += ((one[at] ?? 0) - (other[at] ?? 0)) ** 2;
  return squares === 0 ? 100 : Math.min(100, 10 * Math.log10((255 * 255 * one.length) / squares));
}

const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];

/** SSIM of one window. */
function windowSsim(
  one: Uint8Array,
  other: Uint8Array,
  width: number,
  left: number,
  top: number,
  size: number,
): number {
  let [sumA, sumB, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let y = top; y < top + size; y += 1) {
    for (let x = left; x < left + size; x += 1) {
      const [a, b] = [one[y * width + x] ?? 0, other[y * width + x] ?? 0];
      sumA += a;
      sumB += b;
      aa += a * a;
      bb += b * b;
      ab += a * b;
    }
  }
  const count = size * size;
  const [meanA, meanB] = [sumA / count, sumB / count];
  const [varianceA, varianceB] = [aa / count - meanA ** 2, bb / count - meanB ** 2];
  const covariance = ab / count - meanA * meanB;
  const top2 = (2 * meanA * meanB + c1) * (2 * covariance + c2);
  return top2 / ((meanA ** 2 + meanB ** 2 + c1) * (varianceA + varianceB + c2));
}

/** Mean SSIM over windows of 8 × 8, every four samples. */
function similarity(one: Uint8Array, other: Uint8Array, { width, height }: PlaneSize): number {
  let [sum, count] = [0, 0];
  for (let top = 0; top + 8 <= height; top += 4) {
    for (let left = 0; left + 8 <= width; left += 4) {
      sum += windowSsim(one, other, width, left, top, 8);
      count += 1;
    }
  }
  return sum / Math.max(1, count);
}

/** Compares two yuv420p frames plane by plane: Y, U, V. */
export function compareFrames(one: Uint8Array, other: Uint8Array, { width, height }: PlaneSize): Likeness[] {
  const half = { width: width / 2, height: height / 2 };
  let at = 0;
  return [{ width, height }, half, half].map((size) => {
    const end = at + size.width * size.height;
    const [a, b] = [one.subarray(at, end), other.subarray(at, end)];
    at = end;
    return { db: decibel(a, b), ssim: similarity(a, b, size) };
  });
}
