import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';
import { createJobs, defineJob, type Jobs } from '#main/jobs/index.ts';
import { systemClock } from '#main/platform/clock/index.ts';
import { type Database, openDatabase } from '#main/platform/db/index.ts';
import { silentLog } from '#main/platform/log/index.ts';
import { migrationsFolder, resourcesFolder } from '#main/platform/paths/index.ts';
import type { BenchRow } from '../fixtures/bench-row.ts';

const jobCount = 10_000;

function open(folder: string): { db: Database; jobs: Jobs; ran: () => number } {
  const clock = systemClock();
  const log = silentLog();
  const db = openDatabase({
    file: join(folder, 'library.sqlite'),
    migrationsDir: migrationsFolder(resourcesFolder()),
    log,
    clock,
  });
  const jobs = createJobs({
    db,
    clock,
    log,
    limits: { cpu: 2, export: 8, net: 8, gpu: 1 },
    locksDir: join(folder, 'locks'),
  });
  let runs = 0;
  const count = async () => {
    runs += 1;
  };
  const input = z.object({ number: z.number() });
  jobs.register(defineJob({ type: 'bench.empty', lane: 'cpu', input, run: count }));
  const run = ({ signal }: { signal: AbortSignal }) =>
    new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
  jobs.register(defineJob({ type: 'bench.stuck', lane: 'net', input, run }));
  return { db, jobs, ran: () => runs };
}

const requests = (type: string, count: number) =>
  Array.from({ length: count }, (_, number) => ({ type, input: { number } }));

async function measureThroughput(folder: string): Promise<BenchRow[]> {
  const { db, jobs } = open(folder);
  jobs.start();
  // Someone watches, as the studio does.
  jobs.events.on('changed', () => {});
  const enqueueMs = performance.now();
  const ids = jobs.enqueueMany(requests('bench.empty', jobCount));
  const startMs = performance.now();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  for (const id of ids.slice(-4)) await jobs.waitFor(id);
  delay.disable();
  const perSecond = jobCount / ((performance.now() - startMs) / 1000);
  await jobs.dispose();
  db.dispose();
  const p99Ms = delay.percentile(99) / 1e6;
  return [
    row('queue: empty jobs per second', perSecond, 'jobs/s', { atLeast: 2_000 }),
    row('queue: enqueued per second in one batch', jobCount / ((startMs - enqueueMs) / 1000), 'jobs/s'),
    row('queue: event-loop delay p99 meanwhile', p99Ms, 'ms', { below: 20 }),
  ];
}

/** Fills a queue, dies with jobs running, and measures how long the next process needs until it runs them again. */
async function measureRecovery(folder: string): Promise<BenchRow[]> {
  const child = spawn(process.execPath, [import.meta.filename, '--die', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const startMs = performance.now();
  const { db, jobs, ran } = open(folder);
  jobs.start();
  while (ran() === 0 || jobs.counts({ types: ['bench.stuck'] }).running === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const recoveryMs = performance.now() - startMs;
  await jobs.dispose();
  db.dispose();
  return [row(`queue: recovery after kill -9 with ${jobCount} queued`, recoveryMs, 'ms', { below: 5_000 })];
}

function row(name: string, value: number, unit: string, must?: { atLeast: number } | { below: number }): BenchRow {
  const figure = { name, value: Math.round(value * 10) / 10, unit };
  if (must === undefined) return figure;
  return 'atLeast' in must
    ? { ...figure, bound: `≥ ${must.atLeast}`, holds: value >= must.atLeast }
    : { ...figure, bound: `< ${must.below}`, holds: value < must.below };
}

/** Measures the queue; about three seconds. */
export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const measure of [measureThroughput, measureRecovery]) {
    const folder = mkdtempSync(join(tmpdir(), 'spotloom-bench-'));
    try {
      rows.push(...(await measure(folder)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
}

/** The process that dies: 8 jobs running, the rest queued. */
async function liveUntilKilled(folder: string): Promise<void> {
  const { jobs } = open(folder);
  jobs.pause('cpu');
  jobs.enqueueMany([...requests('bench.stuck', 8), ...requests('bench.empty', jobCount)]);
  jobs.start();
  while (jobs.counts().running < 8) await new Promise((resolve) => setTimeout(resolve, 5));
  jobs.resume('cpu');
  process.stdout.write('ready\n');
  // A second process finds jobs in every state: some done, some running, most queued.
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}

if (process.argv[1] === import.meta.filename) {
  const [, , mode, folder] = process.argv;
  if (mode === '--die' && folder !== undefined) await liveUntilKilled(folder);
  else console.table(await run());
}
