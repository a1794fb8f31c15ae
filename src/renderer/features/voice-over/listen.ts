/** Amplitude from which a sample counts as clipped: the last steps before full scale. */
const clippedFrom = 0.999;
/** Peaks below this are a room without a voice, or a microphone that is off: −56 dBFS. */
export const silentBelow = 0.0016;

/** Highest amplitude of a stretch of sound. */
export function peakOf(channels: readonly Float32Array[]): number {
  let peak = 0;
  for (const channel of channels) {
    for (let n = 0; n < channel.length; n += 1) {
      const value = Math.abs(channel[n] ?? 0);
      if (value > peak) peak = value;
    }
  }
  return peak;
}

/** Times at which sound goes over: neighbours at full scale are one. */
export function countClipped(channels: readonly Float32Array[]): number {
  let count = 0;
  for (const channel of channels) {
    let isOver = false;
    for (let n = 0; n < channel.length; n += 1) {
      const isNow = Math.abs(channel[n] ?? 0) >= clippedFrom;
      if (isNow && !isOver) count += 1;
      isOver = isNow;
    }
  }
  return count;
}

/** What is to be said about a recording. */
export interface Heard {
  peak: number;
  clipped: number;
}

/** What is to be said about a finished recording, for people; null when all is well. */
export function complaintAbout({ peak, clipped }: Heard): string | null {
  if (peak < silentBelow) return 'Nothing was heard: is the microphone muted, or is another one meant?';
  if (clipped === 0) return null;
  const times = clipped === 1 ? 'once' : clipped > 99 ? 'very often' : `${clipped} times`;
  return `It was too loud ${times}: turn the microphone down and record it again.`;
}
