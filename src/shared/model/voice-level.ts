import { gainOfDb } from './decibels.ts';
import { levelWindowSamples } from './ducking-curve.ts';
import { gainAt, type SoundEnvelope } from './sound.ts';

/**
 * Loudness of a sound before gain and fades, one number per window of {@link levelWindowSamples} from its own first
 * sample on: hundredths of dBFS of the mean square of both sides. Whole numbers, so that whoever has them from the engine
 * computes the same as the engine.
 */
export type SoundLevels = Int16Array;

/** What is as good as silence, hundredths of dBFS. */
const silentLevel = -12_000;

/** Levels of interleaved stereo as it passes; pieces of any size give the same. */
export interface LevelMeter {
  push(interleaved: Float32Array): void;
  /** All of them; a last window that is not full counts as if silence followed. */
  finish(): SoundLevels;
}

/** A meter that has heard nothing. */
export function createLevelMeter(): LevelMeter {
  const levels: number[] = [];
  let energy = 0;
  let count = 0;
  const endWindow = () => {
    const power = energy / (2 * levelWindowSamples);
    levels.push(power > 0 ? Math.max(silentLevel, Math.round(1000 * Math.log10(power))) : silentLevel);
    energy = 0;
    count = 0;
  };
  return {
    push(interleaved) {
      for (let n = 0; n + 1 < interleaved.length; n += 2) {
        const left = interleaved[n] ?? 0;
        const right = interleaved[n + 1] ?? 0;
        energy += left * left + right * right;
        count += 1;
        if (count === levelWindowSamples) endWindow();
      }
    },
    finish() {
      if (count > 0) endWindow();
      return Int16Array.from(levels, (level) => Math.min(level, 32_767));
    },
  };
}

/** A voice where it sounds. */
export interface PlacedVoice {
  startSample: number;
  envelope: SoundEnvelope;
  levels: SoundLevels;
}

/** Mean square of all voices together per window of the ad: their powers added up, each with its gain in the window's middle. */
export function voicePower(voices: readonly PlacedVoice[], totalSamples: number): Float64Array {
  const power = new Float64Array(Math.ceil(totalSamples / levelWindowSamples));
  for (const { startSample, envelope, levels } of voices) {
    const sides = (envelope.left ** 2 + envelope.right ** 2) / 2;
    const own = Float64Array.from(levels, (level) => (level <= silentLevel ? 0 : gainOfDb(level / 100) ** 2));
    const first = Math.max(0, Math.floor(startSample / levelWindowSamples));
    for (let window = first; window < power.length; window += 1) {
      // Windows of the ad lie across two of the sound.
      const place = (window * levelWindowSamples - startSample) / levelWindowSamples;
      const before = Math.floor(place);
      if (before >= own.length) break;
      const part = place - before;
      const heard = (own[before] ?? 0) * (1 - part) + (own[before + 1] ?? 0) * part;
      if (heard === 0) continue;
      const gain = gainAt(envelope, (window + 0.5) * levelWindowSamples);
      power[window] = (power[window] ?? 0) + heard * gain * gain * sides;
    }
  }
  return power;
}
