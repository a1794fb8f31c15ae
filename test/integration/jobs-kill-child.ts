import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createJobs, defineJob, type Jobs } from '#main/jobs/index.ts';
import { systemClock } from '#main/platform/clock/index.ts';
import { type Database, openDatabase } from '#main/platform/db/index.ts';
import { silentLog } from '#main/platform/log/index.ts';
import { migrationsFolder, resourcesFolder } from '#main/platform/paths/index.ts';

/** The queue that the kill test kills; also run by it in its own process. Each run leaves its traces in a journal. */
export function openQueue(folder: string, options: { jobMs?: number } = {}): { db: Database; jobs: Jobs } {
  const clock = systemClock();
  const log = silentLog();
  const db = openDatabase({
    file: join(folder, 'library.sqlite'),
    migrationsDir: migrationsFolder(resourcesFolder()),
    log,
    clock,
  });
  const limits = { cpu: 8, export: 8, net: 8, gpu: 1 };
  const jobs = createJobs({ db, clock, log, limits, locksDir: join(folder, 'locks'), maxInterruptions: 1000 });
  const note = (line: string) => appendFileSync(join(folder, 'journal'), `${line} ${process.pid}\n`);
  jobs.register(
    defineJob({
      type: 'kill.work',
      lane: 'cpu',
      input: z.object({ name: z.string() }),
      result: z.string(),
      async run({ input, reportProgress, saveCheckpoint }) {
        note(`start ${input.name}`);
        reportProgress({ fraction: 0.5 });
        if (input.name.endsWith('7')) saveCheckpoint({ half: true });
        await clock.sleep(options.jobMs ?? 2);
        note(`end ${input.name}`);
        return input.name;
      },
    }),
  );
  return { db, jobs };
}

/** As a program: `node jobs-kill-child.ts <folder>` works until it is killed, or until nothing is left. */
async function main(folder: string): Promise<void> {
  const { db, jobs } = openQueue(folder);
  const startMs = performance.now();
  jobs.start();
  const recoveredMs = performance.now() - startMs;
  process.stdout.write(`ready ${recoveredMs.toFixed(1)}\n`);
  for (;;) {
    const { waiting, queued, running, retrying } = jobs.counts();
    if (waiting + queued + running + retrying === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await jobs.dispose();
  db.dispose();
  process.stdout.write('finished\n');
}

const [, script, folder] = process.argv;
if (script === import.meta.filename && folder !== undefined) await main(folder);
