/** A stretch of stereo samples that moves along a longer sound. */
export interface SampleWindow {
  append(interleaved: Float32Array): void;
  /** Interleaved samples from a position on; silence where there are none (before the beginning, after the end). */
  read(from: number, samples: number): Float32Array;
  /** Position after the last one. */
  end(): number;
  /** Positions before this are not read again. */
  forgetBefore(position: number): void;
}

/** An empty window at position 0. */
export function createSampleWindow(): SampleWindow {
  let buffer = new Float32Array(1 << 14);
  /** Position of the buffer's first sample, and how many of its floats are filled. */
  let start = 0;
  let filled = 0;
  let kept = 0;

  function makeRoom(floats: number): void {
    const unused = Math.min(filled, Math.max(0, kept - start) * 2);
    const size = filled - unused + floats;
    const next = size > buffer.length ? new Float32Array(Math.max(size, buffer.length * 2)) : buffer;
    next.set(buffer.subarray(unused, filled));
    buffer = next;
    start += unused / 2;
    filled -= unused;
  }

  return {
    append(interleaved) {
      if (filled + interleaved.length > buffer.length) makeRoom(interleaved.length);
      buffer.set(interleaved, filled);
      filled += interleaved.length;
    },
    read(from, samples) {
      const out = new Float32Array(samples * 2);
      const first = Math.max(from, start);
      const last = Math.min(from + samples, start + filled / 2);
      if (last > first) out.set(buffer.subarray((first - start) * 2, (last - start) * 2), (first - from) * 2);
      return out;
    },
    end: () => start + filled / 2,
    forgetBefore(position) {
      kept = Math.max(kept, position);
    },
  };
}
