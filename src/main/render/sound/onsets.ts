/** Samples whose energy is looked at together: 1.3 ms. */
const blockSamples = 64;
/** A beginning is this much louder (12 dB) than the {@link lookBack} blocks (17 ms) before it, and not fainter than −50 dB. */
const leap = 16;
const lookBack = 13;
const faintest = 1e-5;
/** Beginnings are at least this far apart. */
const apartSamples = 2048;

/** Finds where sounds begin in stereo samples as they pass. */
export interface OnsetFinder {
  push(interleaved: Float32Array): void;
  /** The beginnings nearest to a sample, before it (or at it) and after it. */
  around(sample: number): { before: number | null; after: number | null };
  forgetBefore(sample: number): void;
}

/** A finder that has heard silence so far. */
export function createOnsetFinder(): OnsetFinder {
  const energies: number[] = new Array(lookBack).fill(0);
  let onsets: number[] = [];
  let heard = 0;
  let energy = 0;

  function finishBlock(): void {
    const start = heard - blockSamples;
    const mean = energy / blockSamples;
    const isFar = start - (onsets.at(-1) ?? Number.NEGATIVE_INFINITY) >= apartSamples;
    if (mean > faintest && mean > leap * Math.max(...energies) && isFar) onsets.push(start);
    energies.push(mean);
    energies.shift();
    energy = 0;
  }

  return {
    push(interleaved) {
      for (let n = 0; n < interleaved.length; n += 2) {
        energy += (interleaved[n] ?? 0) ** 2 + (interleaved[n + 1] ?? 0) ** 2;
        heard += 1;
        if (heard % blockSamples === 0) finishBlock();
      }
    },
    around(sample) {
      const after = onsets.findIndex((onset) => onset > sample);
      const before = after < 0 ? onsets.length - 1 : after - 1;
      return { before: onsets[before] ?? null, after: after < 0 ? null : (onsets[after] ?? null) };
    },
    forgetBefore(sample) {
      // The last one is kept: the next is measured from it.
      onsets = onsets.filter((onset, at) => onset >= sample || at === onsets.length - 1);
    },
  };
}
