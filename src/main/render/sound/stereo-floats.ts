import type { Readable } from 'node:stream';

/** Bytes of one stereo sample of 32-bit floats. */
export const sampleBytes = 8;

/** A stream of bytes as interleaved stereo floats, cut between samples. */
export async function* stereoFloats(stream: Readable): AsyncGenerator<Float32Array> {
  let rest = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const total = rest.length + chunk.length;
    const left = total % sampleBytes;
    // Copied, so that the floats begin at a multiple of their size.
    const floats = new Float32Array((total - left) / Float32Array.BYTES_PER_ELEMENT);
    const bytes = Buffer.from(floats.buffer);
    if (total < sampleBytes) rest = Buffer.concat([rest, chunk]);
    else {
      rest.copy(bytes);
      chunk.copy(bytes, rest.length, 0, chunk.length - left);
      rest = Buffer.from(chunk.subarray(chunk.length - left));
    }
    yield floats;
  }
}
