/** Interpolating filter of ITU-R BS.1770-5, annex 2: four phases of twelve taps (the fourth mirrors the first, the third the second). */
const firstPhase = [
  0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625, 0.97216796875,
  -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
];
const secondPhase = [
  -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625,
  -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
];
const phases = [firstPhase, secondPhase, secondPhase.toReversed(), firstPhase.toReversed()];
const taps = firstPhase.length;
/** Where no sample near is louder than this, no peak between them can reach the ceiling. */
const quiet = 0.4;

/** Measures stereo samples as they pass: for each, the highest true peak of both channels around it. */
export interface TruePeakMeter {
  /** Interleaved stereo in; one peak per stereo sample out, late by {@link truePeakDelay} samples. */
  push(interleaved: Float32Array): Float32Array;
}

/** How many samples a meter's answers are late. */
export const truePeakDelay = taps / 2;

/** A meter with empty history. */
export function createTruePeakMeter(): TruePeakMeter {
  let history = new Float32Array((taps - 1) * 2);
  return {
    push(interleaved) {
      const samples = new Float32Array(history.length + interleaved.length);
      samples.set(history);
      samples.set(interleaved, history.length);
      history = samples.slice(samples.length - history.length);
      const count = interleaved.length / 2;
      const peaks = new Float32Array(count);
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

function interpolatedPeak(samples: Float32Array, from: number): number {
  let peak = 0;
  for (const phase of phases) {
    let left = 0;
    let right = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      const weight = phase[tap] ?? 0;
      const at = (from + taps - 1 - tap) * 2;
      left += weight * (samples[at] ?? 0);
      right += weight * (samples[at + 1] ?? 0);
    }
    peak = Math.max(peak, Math.abs(left), Math.abs(right));
  }
  return peak;
}
