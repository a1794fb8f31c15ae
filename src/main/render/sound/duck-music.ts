import { type DuckingCurve, duckingCurve, type PlacedVoice, voicePower } from '#shared/model/index.ts';
import type { SoundPlan } from '../plan/plan-sound.ts';
import { stemLevels } from './stem-levels.ts';

/** How the music of a plan gives way to its voices; null where it does not. `files`: the parts' stems, in their order. */
export async function duckingOf(
  plan: SoundPlan,
  files: readonly string[],
  signal: AbortSignal,
): Promise<DuckingCurve | null> {
  if (plan.ducking === null) return null;
  const voices: PlacedVoice[] = [];
  for (const [n, { role, startSample, envelope, stem }] of plan.parts.entries()) {
    if (role !== 'voice') continue;
    voices.push({ startSample, envelope, levels: await stemLevels(files[n] ?? '', stem.samples, signal) });
  }
  return duckingCurve(voicePower(voices, plan.totalSamples), plan.ducking);
}
