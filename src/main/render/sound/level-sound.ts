import { createLoudnessMeter } from '#shared/sound/loudness.ts';
import { createLimiter } from './limiter.ts';
import { fromDb, type Loudness } from './measure-sound.ts';
import type { Chunks } from './mix.ts';

/** Highest true peak of finished sound, dBTP: what platforms ask for. */
export const loudestPeakDb = -1;
/** Below this nothing has to be limited, and what the encoder adds stays under the ceiling. */
const carefreePeakDb = -4;
/** First ceiling of the limiter: the encoder adds a little to loud sound. */
const firstCeilingDb = -1.5;
/** Nearer to the target than this is near enough to stop. */
const nearEnoughLu = 0.3;
/** Within this the target counts as reached (EBU R 128's tolerance for live programmes is twice that). */
export const toleranceLu = 0.5;
/** Quieter than this is room noise: nobody wants it at full level. */
const quietestLufs = -50;
/** Gain beyond what loudness asks for, to make up for what the limiter takes; more would only raise the noise. */
const mostMakeUpDb = 12;
const mostRounds = 6;

/** One linear gain for all of it, and the ceiling of the limiter behind it; null for none. */
export interface Level {
  gainDb: number;
  ceilingDb: number | null;
}

/** A mix before anything was done to it. */
export interface MixFacts {
  integratedLufs: number | null;
  /** Highest sample, dBFS; null for silence. */
  peakDb: number | null;
}

/** How a mix is to be brought to its loudness. */
export interface LevelPlan {
  level: Level;
  /** Why it is not brought to the target, for people. */
  note: string | null;
  /** The loudness that further rounds aim at; null for none. */
  aimLufs: number | null;
}

/** Looks at a mix once: its loudness and highest sample. */
export async function mixFacts(chunks: Chunks): Promise<MixFacts> {
  const meter = createLoudnessMeter();
  let highest = 0;
  for await (const chunk of chunks) {
    meter.push(chunk);
    // By index: an iterator would cost ten times the comparison.
    for (let n = 0; n < chunk.length; n += 1) {
      const size = Math.abs(chunk[n] ?? 0);
      if (size > highest) highest = size;
    }
  }
  return { integratedLufs: meter.integratedLufs(), peakDb: highest > 0 ? 20 * Math.log10(highest) : null };
}

/** The first try. */
export function firstLevel(mix: MixFacts, targetLufs: number | null): LevelPlan {
  const { integratedLufs, peakDb } = mix;
  const asMixed = (note: string | null): LevelPlan => ({ level: levelFor(0, peakDb), note, aimLufs: null });
  if (targetLufs === null) return asMixed(null);
  if (integratedLufs === null)
    return asMixed(peakDb === null ? 'It is silent.' : 'There is nothing loud enough to be measured.');
  if (integratedLufs < quietestLufs)
    return asMixed(`At ${integratedLufs.toFixed(1)} LUFS it is room noise rather than sound, and was not made louder.`);
  return { level: levelFor(targetLufs - integratedLufs, peakDb), note: null, aimLufs: targetLufs };
}

function levelFor(gainDb: number, peakDb: number | null): Level {
  const isLoud = peakDb !== null && peakDb + gainDb > carefreePeakDb;
  return { gainDb, ceilingDb: isLoud ? firstCeilingDb : null };
}

/** One try and what came out of the encoder. */
export interface Try {
  level: Level;
  heard: Loudness;
}

/** The next try after those made; null when the last is good enough, or as good as it gets. */
export function nextLevel(plan: LevelPlan, tries: readonly Try[]): Level | null {
  const last = tries.at(-1);
  if (!last || tries.length >= mostRounds) return null;
  const { level, heard } = last;
  const over = (heard.truePeakDb ?? Number.NEGATIVE_INFINITY) - loudestPeakDb;
  const missing = plan.aimLufs === null || heard.integratedLufs === null ? 0 : plan.aimLufs - heard.integratedLufs;
  const highest = plan.level.gainDb + mostMakeUpDb;
  const isFar = Math.abs(missing) > nearEnoughLu;
  const gainDb = isFar ? Math.min(highest, level.gainDb + missing / yieldOf(tries)) : level.gainDb;
  const ceilingDb = over > 0 ? (level.ceilingDb ?? loudestPeakDb) - over - 0.1 : level.ceilingDb;
  const isSame = Math.abs(gainDb - level.gainDb) < 0.05 && ceilingDb === level.ceilingDb;
  return isSame ? null : { gainDb, ceilingDb };
}

/** LU that a dB of gain brought between the last two tries: the limiter takes a part of it away. */
function yieldOf(tries: readonly Try[]): number {
  const [before, last] = tries.slice(-2);
  if (!before || !last || before.level.ceilingDb !== last.level.ceilingDb) return 1;
  const gained = (last.heard.integratedLufs ?? 0) - (before.heard.integratedLufs ?? 0);
  return Math.min(1, Math.max(0.15, gained / (last.level.gainDb - before.level.gainDb)));
}

/** What is said of sound that could not be brought to its loudness; null when it was. */
export function missedNote(plan: LevelPlan, heard: Loudness): string | null {
  if (plan.note !== null || plan.aimLufs === null) return plan.note;
  const found = heard.integratedLufs ?? Number.NEGATIVE_INFINITY;
  if (Math.abs(found - plan.aimLufs) <= toleranceLu) return null;
  return `Its loud moments are so short and its quiet ones so quiet that it cannot be louder than ${found.toFixed(1)} LUFS without distortion.`;
}

/** The same samples at a level, not shifted. */
export async function* levelled(chunks: Chunks, { gainDb, ceilingDb }: Level): AsyncGenerator<Float32Array> {
  const gain = fromDb(gainDb);
  const raised = gain === 1 ? chunks : amplified(chunks, gain);
  if (ceilingDb === null) yield* raised;
  else yield* limited(raised, fromDb(ceilingDb));
}

async function* amplified(chunks: Chunks, gain: number): AsyncGenerator<Float32Array> {
  for await (const chunk of chunks) {
    const raised = new Float32Array(chunk.length);
    for (let n = 0; n < chunk.length; n += 1) raised[n] = (chunk[n] ?? 0) * gain;
    yield raised;
  }
}

/** Nothing over the ceiling. */
async function* limited(chunks: Chunks, ceiling: number): AsyncGenerator<Float32Array> {
  const limiter = createLimiter(ceiling);
  let late = limiter.delay * 2;
  for await (const chunk of chunks) {
    const out = limiter.push(chunk);
    const skipped = Math.min(late, out.length);
    late -= skipped;
    if (skipped < out.length) yield out.subarray(skipped);
  }
  const rest = limiter.push(new Float32Array(limiter.delay * 2));
  yield rest.subarray(Math.min(late, rest.length));
}
