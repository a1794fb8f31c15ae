/** Powers of the bands of a look at a sound: half as many as it has samples. Good until the next call. */
export type Spectrum = (look: Float64Array) => Float64Array;

/** A spectrum of looks under a window, as long as it (a power of two): an iterative radix-2 FFT. */
export function createSpectrum(window: Float64Array): Spectrum {
  const size = window.length;
  const cosines = Float64Array.from({ length: size / 2 }, (_, n) => Math.cos((2 * Math.PI * n) / size));
  const sines = Float64Array.from({ length: size / 2 }, (_, n) => -Math.sin((2 * Math.PI * n) / size));
  const bits = Math.log2(size);
  const places = Uint32Array.from({ length: size }, (_, n) => {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit += 1) if (n & (1 << bit)) reversed |= 1 << (bits - 1 - bit);
    return reversed;
  });
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  const powers = new Float64Array(size / 2);

  function butterflies(half: number): void {
    const step = size / (2 * half);
    for (let start = 0; start < size; start += 2 * half) {
      for (let n = 0; n < half; n += 1) {
        const [upper, lower] = [start + n, start + n + half];
        const c = cosines[n * step] ?? 0;
        const s = sines[n * step] ?? 0;
        const re = (real[lower] ?? 0) * c - (imaginary[lower] ?? 0) * s;
        const im = (real[lower] ?? 0) * s + (imaginary[lower] ?? 0) * c;
        real[lower] = (real[upper] ?? 0) - re;
        imaginary[lower] = (imaginary[upper] ?? 0) - im;
        real[upper] = (real[upper] ?? 0) + re;
        imaginary[upper] = (imaginary[upper] ?? 0) + im;
      }
    }
  }

  return (look) => {
    for (let n = 0; n < size; n += 1) real[places[n] ?? 0] = (look[n] ?? 0) * (window[n] ?? 0);
    imaginary.fill(0);
    for (let half = 1; half < size; half *= 2) butterflies(half);
    for (let n = 0; n < powers.length; n += 1)
      powers[n] = ((real[n] ?? 0) ** 2 + (imaginary[n] ?? 0) ** 2) / (size * size);
    return powers;
  };
}
