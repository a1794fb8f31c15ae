import type { AssetId, FieldValues, Sequence } from '../model/index.ts';
import { type Frames, type Rate, toNumber } from '../units/index.ts';
import type { Stretch } from './cut.ts';
import { type HeardClip, heardClips, sourceClock } from './spoken.ts';

/** How loud a source is over time: signed 8-bit pairs (lowest, highest) per bucket, from its beginning on. */
export interface Loudness {
  peaks: Int8Array;
  bucketsPerSecond: number;
}

/** What counts as silence. */
export interface SilenceOptions {
  /** Sound that stays below this is none; dB of full scale, −45 (the finest that is known) to −15. */
  thresholdDb: number;
  /** Shorter pauses are left alone. */
  minMs: number;
  /** Left of a pause beside what is said, so that words keep their ends. */
  paddingMs: number;
}

/** Pauses that are felt as such; breath stays. */
export const usualSilence: SilenceOptions = { thresholdDb: -34, minMs: 700, paddingMs: 120 };

/** The highest peak between two moments of a source; where nothing is known, silence. */
function peakBetween({ peaks, bucketsPerSecond }: Loudness, fromMs: number, toMs: number): number {
  const last = Math.min(peaks.length / 2, Math.ceil((toMs * bucketsPerSecond) / 1000));
  let peak = 0;
  for (let bucket = Math.max(0, Math.floor((fromMs * bucketsPerSecond) / 1000)); bucket < last; bucket += 1)
    peak = Math.max(peak, Math.abs(peaks[bucket * 2] ?? 0), Math.abs(peaks[bucket * 2 + 1] ?? 0));
  return peak;
}

/** Whom to listen to: clips that speak where any does, else all that are heard. */
function voices(heard: readonly HeardClip[], speaks: (assetId: AssetId) => boolean): HeardClip[] {
  const speaking = heard.filter(({ assetId }) => speaks(assetId));
  return speaking.length > 0 ? speaking : [...heard];
}

/** What a frame is, the louder the higher: no voice, a silent one, a loud one. */
const sound = { none: 0, silent: 1, loud: 2 } as const;

/**
 * Pauses of a sequence: stretches in which none of its voices is louder than the threshold. Parts without any voice, and of
 * sources whose loudness is not known, are no pauses.
 */
export function findSilences(
  sequence: Sequence,
  options: SilenceOptions & {
    rate: Rate;
    loudness: ReadonlyMap<AssetId, Loudness>;
    speaks: (assetId: AssetId) => boolean;
    values?: FieldValues;
  },
): Stretch[] {
  const { rate, loudness, thresholdDb } = options;
  const heard = voices(heardClips(sequence, options.values), options.speaks);
  const length = Math.max(0, ...heard.map(({ clip }) => clip.startFrame + clip.lengthFrames));
  const frames = new Uint8Array(length);
  // Peaks are rounded away from zero: half a step is taken off.
  const limit = 128 * 10 ** (thresholdDb / 20) + 0.5;
  for (const one of heard) {
    const known = loudness.get(one.assetId);
    const clock = sourceClock(one, rate);
    const end = one.clip.startFrame + one.clip.lengthFrames;
    for (let frame = one.clip.startFrame; frame < end; frame += 1) {
      const isLoud = !known || peakBetween(known, clock.msAt(frame), clock.msAt(frame + 1)) >= limit;
      frames[frame] = Math.max(frames[frame] ?? sound.none, isLoud ? sound.loud : sound.silent);
    }
  }
  return stretchesOf(frames, options, rate);
}

/** Silent runs that are long enough, without the padding beside what is said. */
function stretchesOf(frames: Uint8Array, { minMs, paddingMs }: SilenceOptions, rate: Rate): Stretch[] {
  const toFrames = (ms: number): Frames => Math.round((ms * toNumber(rate)) / 1000);
  const padding = toFrames(paddingMs);
  const found: Stretch[] = [];
  let from: Frames | null = null;
  for (let frame = 0; frame <= frames.length; frame += 1) {
    const isSilent = frames[frame] === sound.silent;
    if (isSilent) from ??= frame;
    if (isSilent || from === null) continue;
    const startFrame = frames[from - 1] === sound.loud ? from + padding : from;
    const endFrame = frames[frame] === sound.loud ? frame - padding : frame;
    if (frame - from >= Math.max(1, toFrames(minMs)) && endFrame > startFrame) found.push({ startFrame, endFrame });
    from = null;
  }
  return found;
}
