import type { SoundStretch } from '#shared/contract/render.ts';
import type { SoundLevels } from '#shared/model/index.ts';
import { createLoudnessMeter } from '#shared/sound/loudness.ts';
import { frameToSample, type Rate } from '#shared/units/index.ts';
import { type StemPlan, stemOf } from '../plan/plan-sound.ts';
import type { RenderTools } from '../render-tools.ts';
import { gatherSources } from '../sources/gather-sources.ts';
import { readStem, stemLevels } from './stem-levels.ts';
import { stemFiles } from './stems.ts';

/** The little of render's tools that listening to stems takes. */
type ListenTools = Pick<RenderTools, 'ffmpeg' | 'cache' | 'sources' | 'besides'>;
interface Listen {
  rate: Rate;
  stretches: readonly SoundStretch[];
}

/** Levels of stretches of sound, made from the same stems as exports; null where there is nothing to hear. */
export function soundLevels(tools: ListenTools, asked: Listen, signal: AbortSignal): Promise<(SoundLevels | null)[]> {
  return heardOf(tools, asked, signal, (path, samples) => stemLevels(path, samples, signal));
}

/** Integrated loudness of stretches of sound, LUFS; null for silence and where there is nothing to hear. */
export function soundLoudness(tools: ListenTools, asked: Listen, signal: AbortSignal): Promise<(number | null)[]> {
  return heardOf(tools, asked, signal, async (path, samples) => {
    const meter = createLoudnessMeter();
    await readStem(path, samples, signal, (chunk) => meter.push(chunk));
    return meter.integratedLufs();
  });
}

/** What `listen` makes of the stem of each stretch. */
async function heardOf<Heard>(
  tools: ListenTools,
  { rate, stretches }: Listen,
  signal: AbortSignal,
  listen: (path: string, samples: number) => Promise<Heard>,
): Promise<(Heard | null)[]> {
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
  const heard = new Map<StemPlan, Heard>();
  for (const [n, stem] of wanted.entries()) heard.set(stem, await listen(files[n] ?? '', stem.samples));
  return stems.map((stem) => (stem === null ? null : (heard.get(stem) ?? null)));
}
