import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { benchScale, openBenchKit, watchMemory } from '../fixtures/bench-kit.ts';
import { benchTimeline } from '../fixtures/bench-projects.ts';
import type { BenchRow } from '../fixtures/bench-row.ts';

const run_ = promisify(execFile);
const { isTrial } = benchScale();
const lengthsSeconds = isTrial ? [12, 60] : [60, 1800];

/** Highest resident memory while an ad of this length is made, bytes: the engine in this process and its ffmpeg processes. */
async function peakBytes(seconds: number): Promise<number> {
  const bench = await openBenchKit();
  try {
    const memory = watchMemory();
    const cut = (n: number) => ({ media: 'flower' as const, inFrame: n % 28, frames: 120 });
    const project = benchTimeline(
      'long',
      Array.from({ length: seconds / 4 }, (_, n) => cut(n)),
    );
    await bench.export(project, { presetId: 'small-test' });
    return memory.stop();
  } finally {
    await bench.dispose();
    await rm(bench.kit.folder, { recursive: true, force: true });
  }
}

/**
 * Peak memory of a long ad against a short one, each in an engine of its own. Small, quick pictures: what could grow is
 * what is kept per frame, and that is the same at every size.
 */
export async function run(): Promise<BenchRow[]> {
  const peaks: number[] = [];
  for (const seconds of lengthsSeconds) {
    const args = ['--disable-warning=ExperimentalWarning', import.meta.filename, String(seconds)];
    peaks.push(Number((await run_(process.execPath, args)).stdout));
  }
  const [short = 1, long = Number.NaN] = peaks;
  const value = (long / short - 1) * 100;
  const sizes = peaks.map((peak, n) => `${lengthsSeconds[n]} s: ${(peak / 1e6).toFixed(0)} MB`).join(', ');
  const row = { name: 'peak memory, 30 min against 1 min', value, unit: '% more' };
  const note = `${sizes}; engine and its ffmpeg processes`;
  return [isTrial ? { ...row, note } : { ...row, bound: '≤ 10', holds: value <= 10, note }];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(String(await peakBytes(Number(process.argv[2]))));
  process.exit(0);
}
