import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packPcm24, pcm24Bytes, wavHeader, wavHeaderBytes } from './pcm.ts';

/** The samples in packed bytes, as amplitudes. */
function unpack(bytes: Uint8Array): number[] {
  return Array.from({ length: bytes.length / pcm24Bytes }, (_, n) => {
    const [low = 0, middle = 0, high = 0] = bytes.subarray(n * pcm24Bytes);
    return (((high << 24) | (middle << 16) | (low << 8)) >> 8) / 0x80_0000;
  });
}

describe('24-bit sound', () => {
  it('keeps every sample within half a step, channels side by side', () => {
    const amplitude = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(amplitude, amplitude), { maxLength: 50 }), (pairs) => {
        const [left, right] = [0, 1].map((side) => Float32Array.from(pairs, (pair) => pair[side] ?? 0));
        const back = unpack(packPcm24([left ?? new Float32Array(), right ?? new Float32Array()]));
        expect(back).toHaveLength(pairs.length * 2);
        for (const [n, [one, other]] of pairs.entries()) {
          expect(Math.abs((back[2 * n] ?? 9) - one)).toBeLessThan(1.3e-7);
          expect(Math.abs((back[2 * n + 1] ?? 9) - other)).toBeLessThan(1.3e-7);
        }
      }),
    );
  });

  it('holds what is beyond full scale, and silences what is no number', () => {
    expect(unpack(packPcm24([Float32Array.of(3, -3, Number.NaN)]))).toEqual([0x7f_ffff / 0x80_0000, -1, 0]);
  });

  it('has a header that tells length and layout', () => {
    const view = new DataView(wavHeader({ sampleRateHz: 48_000, channels: 2, samples: 1000 }).buffer);
    expect(view.byteLength).toBe(wavHeaderBytes);
    expect([view.getUint32(4, true), view.getUint32(40, true)]).toEqual([6036, 6000]);
    expect([view.getUint16(22, true), view.getUint32(24, true), view.getUint32(28, true)]).toEqual([
      2, 48_000, 288_000,
    ]);
    expect([view.getUint16(32, true), view.getUint16(34, true)]).toEqual([6, 24]);
  });
});
