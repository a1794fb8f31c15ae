/** Interpolating filter of ITU-R BS.1770-5, annex 2: four phases of twelve taps (the fourth mirrors the first, the third the second). */
const firstPhase = [
  0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625, 0.97216796875,
  -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
];
const secondPhase = [
  -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625,
  -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
];
const taps = firstPhase.length;
/** Where no sample near is louder than this, no peak between them can reach the ceiling. */
const quiet = 0.4;

/** Measures stereo samples as they pass: for each, the highest true peak of both channels around it. */
export interface TruePeakMeter {
  /** Interleaved stereo in; one peak per stereo sample out, late by {@link truePeakDelay} samples; good until the next push. */
  push(interleaved: Float32Array): Float32Array;
}

/** How many samples a meter's answers are late. */
export const truePeakDelay = taps / 2;

/** A meter with empty history. */
export function createTruePeakMeter(): TruePeakMeter {
  const before = (taps - 1) * 2;
  /** The last samples of the push before, then this one's; kept from push to push, as are the peaks. */
  let room = new Float32Array(before);
  let peakRoom = new Float32Array(0);
  let used = before;
  return {
    push(interleaved) {
      const next = before + interleaved.length;
      const last = room.slice(used - before, used);
      if (next > room.length) room = new Float32Array(next);
      room.set(last);
      room.set(interleaved, before);
      used = next;
      const samples = room;
      const count = interleaved.length / 2;
      if (count > peakRoom.length) peakRoom = new Float32Array(count);
      const peaks = peakRoom.subarray(0, count);
      let loudUntil = -1;
      for (let n = 0; n < taps - 1; n += 1) if (isLoud(samples, n)) loudUntil = n + taps;
      for (let n = 0; n < count; n += 1) {
        if (isLoud(samples, n + taps - 1)) loudUntil = n + taps - 1 + taps;
        const centre = (n + taps - 1 - truePeakDelay) * 2;
        const plain = Math.max(Math.abs(samples[centre] ?? 0), Math.abs(samples[centre + 1] ?? 0));
        peaks[n] = n + taps - 1 < loudUntil ? Math.max(plain, interpolatedPeak(samples, n)) : plain;
      }
      return peaks;
    },
  };
}

function isLoud(samples: Float32Array, n: number): boolean {
  return Math.abs(samples[n * 2] ?? 0) > quiet || Math.abs(samples[n * 2 + 1] ?? 0) > quiet;
}

/** All four phases at once, so that every sample is read once: the fourth and third are the first and second mirrored. */
function interpolatedPeak(samples: Float32Array, from: number): number {
  let left1 = 0;
  let left2 = 0;
  let left3 = 0;
  let left4 = 0;
  let right1 = 0;
  let right2 = 0;
  let right3 = 0;
  let right4 = 0;
  for (let tap = 0; tap < taps; tap += 1) {
    const at = (from + taps - 1 - tap) * 2;
    const left = samples[at] ?? 0;
    const right = samples[at + 1] ?? 0;
    const weight1 = firstPhase[tap] ?? 0;
    const weight2 = secondPhase[tap] ?? 0;
    const weight3 = secondPhase[taps - 1 - tap] ?? 0;
    const weight4 = firstPhase[taps - 1 - tap] ?? 0;
    left1 += weight1 * left;
    left2 += weight2 * left;
    left3 += weight3 * left;
    left4 += weight4 * left;
    right1 += weight1 * right;
    right2 += weight2 * right;
    right3 += weight3 * right;
    right4 += weight4 * right;
  }
  const left = Math.max(Math.abs(left1), Math.abs(left2), Math.abs(left3), Math.abs(left4));
  const right = Math.max(Math.abs(right1), Math.abs(right2), Math.abs(right3), Math.abs(right4));
  return Math.max(left, right);
}
