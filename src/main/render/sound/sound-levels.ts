import type { SoundStretch } from '#shared/contract/render.ts';
import type { SoundLevels } from '#shared/model/index.ts';
import { frameToSample, type Rate } from '#shared/units/index.ts';
import { type StemPlan, stemOf } from '../plan/plan-sound.ts';
import type { RenderTools } from '../render-tools.ts';
import { gatherSources } from '../sources/gather-sources.ts';
import { stemLevels } from './stem-levels.ts';
import { stemFiles } from './stems.ts';

/** Levels of stretches of sound, made from the same stems as exports; null where there is nothing to hear. */
export async function soundLevels(
  tools: RenderTools,
  { rate, stretches }: { rate: Rate; stretches: readonly SoundStretch[] },
  signal: AbortSignal,
): Promise<(SoundLevels | null)[]> {
  const ids = [...new Set(stretches.map(({ assetId }) => assetId))];
  const { table } = await gatherSources(ids, tools.sources, tools.ffmpeg, signal);
  const { ffmpeg } = await tools.ffmpeg.tools();
  const stemFor = (stretch: SoundStretch): StemPlan | null => {
    const facts = table.get(stretch.assetId);
    if (!facts?.sound) return null;
    const { startFrame, lengthFrames, assetId, sourceInSeconds, speed } = stretch;
    const samples = frameToSample(startFrame + lengthFrames, rate) - frameToSample(startFrame, rate);
    const content = { kind: 'media' as const, assetId, sourceInSeconds, speed };
    return stemOf(content, { ...facts, sound: facts.sound }, samples, ffmpeg.buildId);
  };
  const stems = stretches.map(stemFor);
  const wanted = stems.filter((stem) => stem !== null);
  const byIdentity = new Map([...table.values()].map((facts) => [facts.identity, facts]));
  const files = await tools.besides(() => stemFiles(tools, wanted, byIdentity, signal));
  const levels = new Map<StemPlan, SoundLevels>();
  for (const [n, stem] of wanted.entries()) levels.set(stem, await stemLevels(files[n] ?? '', stem.samples, signal));
  return stems.map((stem) => (stem === null ? null : (levels.get(stem) ?? null)));
}
