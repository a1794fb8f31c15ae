import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type JobId, newId } from '#shared/model/index.ts';
import { openQueue } from './jobs-kill-child.ts';

const isLong = process.env['SPOTLOOM_LONG'] === '1';
const kills = isLong ? 100 : 5;
const jobCount = isLong ? 20_000 : 1_500;
const childScript = join(import.meta.dirname, 'jobs-kill-child.ts');

async function startChild(
  folder: string,
): Promise<{ child: ChildProcess; recoveredMs: number; ended: Promise<unknown> }> {
  const child = spawn(process.execPath, [childScript, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [first] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, ended, recoveredMs: Number(/ready ([\d.]+)/.exec(first.toString())?.[1] ?? Number.NaN) };
}

/** Waits until a process has begun a job, or has ended: a kill before that would hit nothing. */
async function untilAtWork(folder: string, child: ChildProcess): Promise<void> {
  const isAtWork = () =>
    existsSync(join(folder, 'journal')) &&
    readJournal(folder).some(({ what, pid }) => what === 'start' && pid === `${child.pid}`);
  while (child.exitCode === null && !isAtWork()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Every job as a chain of three where the third waits for the others. */
function enqueueAll(folder: string): JobId[] {
  const { db, jobs } = openQueue(folder);
  const ids = Array.from({ length: jobCount }, () => newId<JobId>('job'));
  jobs.enqueueMany(
    ids.map((id, index) => ({
      id,
      type: 'kill.work',
      input: { name: `${index}` },
      ...(index % 3 === 2 ? { dependsOn: ids.slice(index - 2, index) } : {}),
    })),
  );
  db.dispose();
  return ids;
}

interface Trace {
  what: 'start' | 'end' | 'kill';
  name: string;
  pid: string;
}

function readJournal(folder: string): Trace[] {
  return readFileSync(join(folder, 'journal'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ') as [Trace['what'], string, string])
    .map(([what, name, pid]) => ({ what, name, pid }));
}

/** A job may start again only when the process that had it was killed before; and within one process only once. */
function findDoubles(journal: readonly Trace[]): string[] {
  const killed = new Set<string>();
  const lastStart = new Map<string, string>();
  const doubles: string[] = [];
  for (const { what, name, pid } of journal) {
    if (what === 'kill') killed.add(pid);
    if (what !== 'start') continue;
    const earlier = lastStart.get(name);
    if (earlier !== undefined && !killed.has(earlier)) doubles.push(`${name}: ${earlier} and ${pid}`);
    lastStart.set(name, pid);
  }
  return doubles;
}

/** Every third job waits for the two before it. */
function findEarly(journal: readonly Trace[]): string[] {
  const ended = new Set<string>();
  const early: string[] = [];
  for (const { what, name } of journal) {
    if (what === 'end') ended.add(name);
    const index = Number(name);
    if (what !== 'start' || index % 3 !== 2) continue;
    if (!ended.has(`${index - 1}`) || !ended.has(`${index - 2}`)) early.push(name);
  }
  return early;
}

it(`survives kill -9 at ${kills} random moments: no job is lost, none runs twice at once, order holds`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spotloom-kill-'));
  const ids = enqueueAll(folder);
  const recoveries: number[] = [];
  for (let round = 0; round < kills; round += 1) {
    // Every other time a second process is at work and takes over while the first one dies.
    const first = await startChild(folder);
    const second = round % 2 === 1 ? await startChild(folder) : null;
    recoveries.push(first.recoveredMs);
    await untilAtWork(folder, first.child);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    for (const process of [first, second]) {
      if (process === null) continue;
      appendFileSync(join(folder, 'journal'), `kill - ${process.child.pid}\n`);
      process.child.kill('SIGKILL');
      await process.ended;
      if (second !== null) await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
    }
  }
  const last = await startChild(folder);
  await last.ended;

  const { db, jobs } = openQueue(folder);
  expect(jobs.counts()).toMatchObject({ succeeded: jobCount, failed: 0, cancelled: 0 });
  const results = await Promise.all(ids.map((id) => jobs.waitFor(id)));
  expect(results.map(({ result }) => result)).toEqual(ids.map((_, index) => `${index}`));
  expect(results.every(({ attempt }) => attempt === 1)).toBe(true);
  expect(db.raw.prepare<{ integrity_check: string }>('PRAGMA integrity_check').get()?.integrity_check).toBe('ok');
  expect(db.raw.prepare('SELECT * FROM job_owners').all()).toEqual([]);
  db.dispose();

  const journal = readJournal(folder);
  expect(findDoubles(journal)).toEqual([]);
  expect(findEarly(journal)).toEqual([]);
  expect(journal.filter(({ what }) => what === 'kill').length).toBeGreaterThanOrEqual(kills);
  // The kills must have hit something, or this test shows nothing.
  expect(journal.filter(({ what }) => what === 'start').length).toBeGreaterThan(jobCount);
  expect(Math.max(...recoveries)).toBeLessThan(5_000);
});

it('would notice a double run and an early one', () => {
  expect(findEarly([{ what: 'start', name: '2', pid: 'a' }])).toEqual(['2']);
  expect(
    findDoubles([
      { what: 'start', name: '1', pid: 'a' },
      { what: 'start', name: '1', pid: 'b' },
    ]),
  ).toHaveLength(1);
  expect(
    findDoubles([
      { what: 'start', name: '1', pid: 'a' },
      { what: 'kill', name: '-', pid: 'a' },
      { what: 'start', name: '1', pid: 'b' },
    ]),
  ).toEqual([]);
});
