import type { Readable } from 'node:stream';

/** Bytes of one stereo sample of 32-bit floats. */
export const sampleBytes = 8;

/** A stream of bytes as interleaved stereo floats, cut between samples. */
export async function* stereoFloats(stream: Readable): AsyncGenerator<Float32Array> {
  let rest = Buffer.alloc(0);
  for await (const chunk of stream) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    const whole = bytes.length - (bytes.length % sampleBytes);
    rest = bytes.subarray(whole);
    // Copied, so that the floats begin at a multiple of their size.
    yield new Float32Array(Uint8Array.from(bytes.subarray(0, whole)).buffer);
  }
}
