/** Bytes of one sample of one channel in {@link packPcm24}. */
export const pcm24Bytes = 3;

/** Bytes of the header that {@link wavHeader} makes. */
export const wavHeaderBytes = 44;

/** Most bytes of sound a WAV file can hold: its sizes are 32 bits. */
export const mostWavBytes = 0xffff_ffff - wavHeaderBytes;

const fullScale = 0x80_0000;

/**
 * Channels of equal length (amplitudes, −1 to 1) as interleaved 24-bit little-endian samples; what is beyond full scale
 * is held there, what is no number is silence.
 */
export function packPcm24(channels: readonly Float32Array[]): Uint8Array {
  const length = channels[0]?.length ?? 0;
  const bytes = new Uint8Array(length * channels.length * pcm24Bytes);
  let at = 0;
  for (let sample = 0; sample < length; sample += 1) {
    for (const channel of channels) {
      const value = Math.round((channel[sample] ?? 0) * fullScale) || 0;
      const held = Math.min(fullScale - 1, Math.max(-fullScale, value));
      bytes[at] = held & 0xff;
      bytes[at + 1] = (held >> 8) & 0xff;
      bytes[at + 2] = (held >> 16) & 0xff;
      at += pcm24Bytes;
    }
  }
  return bytes;
}

/** The header of a 24-bit PCM WAV file with this many samples per channel. */
export function wavHeader(sound: { sampleRateHz: number; channels: number; samples: number }): Uint8Array {
  const { sampleRateHz, channels, samples } = sound;
  const blockBytes = channels * pcm24Bytes;
  const dataBytes = samples * blockBytes;
  const header = new Uint8Array(wavHeaderBytes);
  const view = new DataView(header.buffer);
  const word = (at: number, text: string) => {
    for (let n = 0; n < text.length; n += 1) header[at + n] = text.charCodeAt(n);
  };
  word(0, 'RIFF');
  view.setUint32(4, dataBytes + wavHeaderBytes - 8, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * blockBytes, true);
  view.setUint16(32, blockBytes, true);
  view.setUint16(34, pcm24Bytes * 8, true);
  word(36, 'data');
  view.setUint32(40, dataBytes, true);
  return header;
}
