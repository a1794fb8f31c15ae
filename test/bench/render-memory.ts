import { rm } from 'node:fs/promises';
import { benchScale, openBenchKit, watchMemory } from '../fixtures/bench-kit.ts';
import { benchTimeline } from '../fixtures/bench-projects.ts';
import type { BenchRow } from '../fixtures/bench-row.ts';

const { isTrial } = benchScale();
const lengthsSeconds = isTrial ? [12, 60] : [60, 1800];

/**
 * Highest resident memory of the engine and its ffmpeg processes together while a long ad is made, against a short one.
 * Small, quick pictures: what could grow is what is kept per frame, and that is the same at every size.
 */
export async function run(): Promise<BenchRow[]> {
  const peaks: number[] = [];
  for (const seconds of lengthsSeconds) {
    const bench = await openBenchKit();
    try {
      globalThis.gc?.();
      const memory = watchMemory();
      const cuts = Array.from({ length: seconds / 4 }, (_, n) => ({
        media: 'flower' as const,
        inFrame: n % 28,
        frames: 120,
      }));
      await bench.export(benchTimeline(`long${seconds}`, cuts), { presetId: 'small-test', ratios: ['9:16'] });
      peaks.push(memory.stop());
    } finally {
      await bench.dispose();
      await rm(bench.kit.folder, { recursive: true, force: true });
    }
  }
  const [short = 1, long = Number.NaN] = peaks;
  const value = (long / short - 1) * 100;
  const note = `1 min ${(short / 1e6).toFixed(0)} MB, 30 min ${(long / 1e6).toFixed(0)} MB, engine and its ffmpeg processes`;
  const row = {
    name: 'peak memory, 30 min against 1 min',
    value,
    unit: '% more',
    bound: '≤ 10',
    holds: value <= 10,
    note,
  };
  return [row];
}
