/** Linear factor of decibels; −96 dB and below is silence. */
export function gainOfDb(gainDb: number): number {
  return gainDb <= -96 ? 0 : 10 ** (gainDb / 20);
}
