import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createJobs, defineJob, type JobContext, type Jobs, type JobView } from '#main/jobs/index.ts';
import { type Clock, systemClock } from '#main/platform/clock/index.ts';
import { type Database, openDatabase } from '#main/platform/db/index.ts';
import { silentLog } from '#main/platform/log/index.ts';
import { migrationsFolder, resourcesFolder } from '#main/platform/paths/index.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import { type JobId, newId } from '#shared/model/index.ts';

const migrationsDir = migrationsFolder(resourcesFolder());
const open = new Set<{ jobs: Jobs; db: Database }>();

afterEach(async () => {
  for (const { jobs, db } of open) {
    await jobs.dispose();
    db.dispose();
  }
  open.clear();
});

type Handler = (context: JobContext<{ name: string }>) => Promise<string>;

interface SetUp {
  run?: Handler;
  folder?: string;
  clock?: Clock;
  limits?: { cpu: number; export: number; net: number; gpu: number };
}

/** A queue with one kind of job, `test`, whose handler the test gives. */
function setUp({
  run = async () => 'done',
  folder,
  clock = systemClock(),
  limits = { cpu: 2, export: 2, net: 2, gpu: 1 },
}: SetUp = {}) {
  const dir = folder ?? mkdtempSync(join(tmpdir(), 'spotloom-jobs-'));
  const log = silentLog();
  const db = openDatabase({ file: join(dir, 'library.sqlite'), migrationsDir, log, clock });
  const jobs = createJobs({ db, clock, log, limits, locksDir: join(dir, 'locks'), maxInterruptions: 3 });
  const backoff = { firstMs: 20, factor: 1, maxMs: 20 };
  const input = z.object({ name: z.string() });
  jobs.register(
    defineJob({
      type: 'test',
      lane: 'cpu',
      input,
      result: z.string(),
      backoff,
      title: ({ name }) => `Do ${name}`,
      run,
    }),
  );
  jobs.register(defineJob({ type: 'other', lane: 'net', input, result: z.string(), run }));
  open.add({ jobs, db });
  const add = (name: string, more: object = {}) => jobs.enqueue({ type: 'test', input: { name }, ...more });
  return { dir, db, jobs, add };
}

/** A handler that waits until it is let go or told to stop, and counts. */
function gate() {
  const waiting = new Map<string, () => void>();
  const started: string[] = [];
  const run: Handler = ({ input, signal }) => {
    started.push(input.name);
    return new Promise((resolve, reject) => {
      waiting.set(input.name, () => resolve(`done ${input.name}`));
      signal.addEventListener('abort', () => reject(cancelledError()), { once: true });
    });
  };
  const letGo = async (name: string) => {
    await vi.waitFor(() => expect(waiting.has(name)).toBe(true));
    waiting.get(name)?.();
  };
  return { run, started, letGo };
}

const states = (jobs: Jobs, ids: readonly JobId[]) => ids.map((id) => jobs.get(id).state);

describe('a job', () => {
  it('runs, keeps its result, and has a name for people', async () => {
    const { jobs, add } = setUp({ run: async ({ input }) => `hello ${input.name}` });
    const id = add('x', { group: 'g' });
    expect(jobs.get(id)).toMatchObject({ state: 'queued', title: 'Do x', attempt: 0, group: 'g', error: null });
    jobs.start();
    const finished = await jobs.waitFor(id);
    expect(finished).toMatchObject({ state: 'succeeded', result: 'hello x', attempt: 1, progress: null });
    expect(finished.finishedAtMs).toBeGreaterThanOrEqual(finished.createdAtMs);
    expect(await jobs.waitFor(id)).toEqual(finished);
  });

  it('is stored together with the caller’s rows, or not at all', async () => {
    const { db, jobs, add } = setUp();
    jobs.start();
    const rolledBack = () =>
      db.transaction(() => {
        add('never');
        throw new Error('no');
      });
    expect(rolledBack).toThrow('no');
    const id = db.transaction(() => add('kept'));
    await jobs.waitFor(id);
    expect(jobs.list().jobs).toHaveLength(1);
  });

  it('is refused at once for an unknown type, bad input or an unknown dependency', () => {
    const { jobs, add } = setUp();
    const code = (expected: string) => expect.objectContaining({ code: expected });
    expect(() => jobs.enqueue({ type: 'nothing', input: {} })).toThrow(code('invalid-input'));
    expect(() => jobs.enqueue({ type: 'test', input: { name: 3 } })).toThrow(code('invalid-input'));
    expect(() => add('x', { dependsOn: [newId<JobId>('job')] })).toThrow(code('not-found'));
    expect(() => jobs.get(newId<JobId>('job'))).toThrow(code('not-found'));
    expect(jobs.list().jobs).toEqual([]);
  });

  it('whose stored input no longer parses fails alone', async () => {
    const { db, jobs, add } = setUp();
    const [bad, good] = [add('bad'), add('good')];
    db.raw.prepare('UPDATE jobs SET input = ? WHERE id = ?').run('{"name":', bad);
    const worse = add('worse');
    db.raw.prepare('UPDATE jobs SET input = ? WHERE id = ?').run('{"title":1}', worse);
    jobs.start();
    expect((await jobs.waitFor(good)).state).toBe('succeeded');
    expect(await jobs.waitFor(worse)).toMatchObject({ state: 'failed', error: { code: 'invalid-input' } });
    expect((await jobs.waitFor(bad)).state).toBe('failed');
  });

  it('with the same key is the same job while it is not over', async () => {
    const { jobs, add } = setUp();
    const id = add('x', { idempotencyKey: 'k' });
    expect(add('x', { idempotencyKey: 'k' })).toBe(id);
    jobs.start();
    await jobs.waitFor(id);
    expect(add('x', { idempotencyKey: 'k', keyLasts: true })).toBe(id);
    expect(add('x', { idempotencyKey: 'k' })).not.toBe(id);
  });
});

describe('failures', () => {
  it('that may pass are tried again, and counted', async () => {
    const attempts: number[] = [];
    const run: Handler = async ({ attempt }) => {
      attempts.push(attempt);
      if (attempt < 3) throw new AppError('timed-out', 'Too slow.');
      return 'at last';
    };
    const { jobs, add } = setUp({ run });
    jobs.start();
    expect(await jobs.waitFor(add('x'))).toMatchObject({ state: 'succeeded', attempt: 3, error: null });
    expect(attempts).toEqual([1, 2, 3]);
  });

  it('that need a person end the job at once, others run on', async () => {
    const run: Handler = async ({ input }) => {
      if (input.name === 'bad') throw new AppError('unsupported-media', 'No video.', { details: { path: '/a' } });
      return 'ok';
    };
    const { jobs, add } = setUp({ run });
    const [bad, ...good] = ['bad', 'a', 'b', 'c'].map((name) => add(name));
    jobs.start();
    expect(await jobs.waitFor(bad!)).toMatchObject({
      state: 'failed',
      attempt: 1,
      error: { code: 'unsupported-media', userMessage: 'No video.', details: { path: '/a' } },
    });
    for (const id of good) expect((await jobs.waitFor(id)).state).toBe('succeeded');
    expect(jobs.counts()).toMatchObject({ failed: 1, succeeded: 3, queued: 0 });
  });

  it('are retried by hand with everything that failed because of them', async () => {
    let isFixed = false;
    const run: Handler = async () => {
      if (!isFixed) throw new AppError('disk-full', 'The disk is full.');
      return 'ok';
    };
    const { jobs, add } = setUp({ run });
    const first = add('first');
    const second = add('second', { dependsOn: [first] });
    const third = add('third', { dependsOn: [second, first] });
    jobs.start();
    const failed = await jobs.waitFor(third);
    expect(failed).toMatchObject({ state: 'failed', attempt: 0, error: { code: 'job-failed' } });
    expect(failed.error?.userMessage).toContain('The disk is full.');
    isFixed = true;
    expect(() => jobs.retry(newId<JobId>('job'))).toThrow(expect.objectContaining({ code: 'not-found' }));
    jobs.retry(third);
    expect((await jobs.waitFor(third)).state).toBe('succeeded');
    expect(states(jobs, [first, second, third])).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(() => jobs.retry(first)).toThrow(expect.objectContaining({ code: 'conflict' }));
  });

  it('in a full database keep the result until it can be written', async () => {
    const { run, letGo } = gate();
    const { db, jobs, add } = setUp({ run });
    jobs.start();
    const id = add('x');
    await vi.waitFor(() => expect(jobs.get(id).state).toBe('running'));
    db.raw.exec("CREATE TEMP TRIGGER full BEFORE UPDATE ON jobs BEGIN SELECT raise(ABORT, 'disk is full'); END");
    await letGo('x');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(jobs.get(id).state).toBe('running');
    db.raw.exec('DROP TRIGGER full');
    expect(await jobs.waitFor(id)).toMatchObject({ state: 'succeeded', result: 'done x' });
  });
});

describe('order', () => {
  it('is by priority, then by arrival, within the lane’s limit', async () => {
    const { run, started, letGo } = gate();
    const { jobs, add } = setUp({ run, limits: { cpu: 1, export: 1, net: 1, gpu: 1 } });
    add('a');
    add('b');
    add('urgent', { priority: 5 });
    const other = jobs.enqueue({ type: 'other', input: { name: 'net' } });
    jobs.start();
    await vi.waitFor(() => expect(started.sort()).toEqual(['net', 'urgent']));
    for (const name of ['urgent', 'a', 'b', 'net']) await letGo(name);
    expect(started).toEqual(['net', 'urgent', 'a', 'b']);
    await jobs.waitFor(other);
  });

  it('waits for dependencies, also within one batch', async () => {
    const order: string[] = [];
    const { jobs } = setUp({ run: async ({ input }) => `${order.push(input.name)}` });
    const [a, b] = [newId<JobId>('job'), newId<JobId>('job')];
    const request = (name: string, id: JobId, dependsOn: JobId[] = []) => ({
      type: 'test',
      input: { name },
      id,
      dependsOn,
    });
    const last = newId<JobId>('job');
    jobs.enqueueMany([request('a', a), request('b', b, [a, a]), request('last', last, [a, b])]);
    expect(states(jobs, [a, b, last])).toEqual(['queued', 'waiting', 'waiting']);
    jobs.start();
    await jobs.waitFor(last);
    expect(order).toEqual(['a', 'b', 'last']);
    expect(jobs.get(jobs.enqueue(request('after', newId<JobId>('job'), [a]))).state).toBe('queued');
  });

  it('does not wait for what has failed already', async () => {
    const { jobs, add } = setUp({ run: () => Promise.reject(new AppError('media-damaged', 'Broken.')) });
    jobs.start();
    const failed = add('failed');
    await jobs.waitFor(failed);
    expect(jobs.get(add('late', { dependsOn: [failed] }))).toMatchObject({
      state: 'failed',
      error: { code: 'job-failed' },
    });
  });

  it('stops in a paused lane and goes on when it is resumed', async () => {
    const { jobs, add } = setUp();
    jobs.pause('cpu');
    jobs.start();
    const id = add('x');
    const other = jobs.enqueue({ type: 'other', input: { name: 'y' } });
    await jobs.waitFor(other);
    expect([jobs.get(id).state, jobs.pausedLanes()]).toEqual(['queued', ['cpu']]);
    jobs.resume('cpu');
    expect((await jobs.waitFor(id)).state).toBe('succeeded');
  });
});

describe('cancelling', () => {
  it('ends jobs in every state with what depends on them, and waits until they stopped', async () => {
    const { run, started } = gate();
    let stopped = 0;
    const slow: Handler = (context) =>
      run(context).finally(async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        stopped += 1;
      });
    const { jobs, add } = setUp({ run: slow, limits: { cpu: 1, export: 1, net: 1, gpu: 1 } });
    jobs.start();
    const running = add('running', { group: 'g' });
    const queued = add('queued', { group: 'g' });
    const dependant = add('dependant', { dependsOn: [running] });
    await vi.waitFor(() => expect(started).toEqual(['running']));
    await jobs.cancelGroup('g');
    expect(stopped).toBe(1);
    expect(states(jobs, [running, queued, dependant])).toEqual(['cancelled', 'cancelled', 'cancelled']);
    await jobs.cancel(running);
    await expect(jobs.cancel(newId<JobId>('job'))).rejects.toMatchObject({ code: 'not-found' });
    expect(started).toEqual(['running']);
  });

  it('does not end the job of someone who only stops waiting', async () => {
    const { run, letGo } = gate();
    const { jobs, add } = setUp({ run });
    jobs.start();
    const id = add('x');
    const abort = new AbortController();
    const waiting = jobs.waitFor(id, abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await letGo('x');
    expect((await jobs.waitFor(id)).state).toBe('succeeded');
  });
});

describe('what is shown', () => {
  it('announces changes at most ten times a second, each job with its newest view', async () => {
    const run: Handler = async ({ reportProgress }) => {
      for (let step = 1; step <= 50; step += 1) {
        reportProgress({ fraction: step / 50, step: `step ${step}` });
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return 'ok';
    };
    const { jobs, add } = setUp({ run });
    const heard: { atMs: number; views: readonly JobView[] }[] = [];
    jobs.events.on('changed', (views) => heard.push({ atMs: performance.now(), views }));
    jobs.start();
    await jobs.waitFor(add('x'));
    await vi.waitFor(() => expect(heard.at(-1)?.views.at(-1)?.state).toBe('succeeded'));
    const gaps = heard.slice(1).map(({ atMs }, index) => atMs - (heard[index]?.atMs ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(90);
    const progress = heard
      .flatMap(({ views }) => views.map((view) => view.progress?.fraction ?? 0))
      .filter((fraction) => fraction > 0);
    expect(progress.length).toBeGreaterThan(2);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  it('is listed in pages, newest first, and counted', () => {
    const { jobs, add } = setUp();
    const ids = Array.from({ length: 25 }, (_, index) => add(`${index}`, { group: index % 2 === 0 ? 'even' : 'odd' }));
    const first = jobs.list({ group: 'even' }, { limit: 10 });
    const second = jobs.list({ group: 'even' }, { limit: 10, cursor: first.nextCursor });
    expect([...first.jobs, ...second.jobs].map(({ id }) => id)).toEqual(
      ids.filter((_, index) => index % 2 === 0).reverse(),
    );
    expect(second.nextCursor).toBeNull();
    expect(jobs.counts({ group: 'odd' }).queued).toBe(12);
    expect(jobs.list({ states: ['failed'] }).jobs).toEqual([]);
    expect(() => jobs.list({}, { cursor: 'x' })).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  it('is counted without looking at the jobs, and rightly after everything that can happen to them', async () => {
    const run: Handler = async ({ input }) => {
      if (input.name === 'bad') throw new AppError('invalid-input', 'No.');
      return 'done';
    };
    const { db, jobs, add } = setUp({ run });
    const counted = () =>
      db.raw.prepare<{ state: string; jobs: number }>('SELECT state, count(*) AS jobs FROM jobs GROUP BY state').all();
    const expectRight = () => {
      const real = Object.fromEntries(counted().map(({ state, jobs: count }) => [state, count]));
      const shown = Object.entries(jobs.counts()).filter(([, count]) => count > 0);
      expect(Object.fromEntries(shown)).toEqual(real);
    };
    const bad = add('bad');
    add('waits for the bad one', { dependsOn: [bad] });
    const cancelled = add('cancelled');
    await jobs.cancel(cancelled);
    expectRight();
    jobs.start();
    await jobs.waitFor(add('good'));
    await jobs.waitFor(bad);
    expectRight();
    jobs.pause('cpu');
    jobs.retry(bad);
    expectRight();
    expect(() =>
      db.transaction(() => {
        add('taken back');
        throw new Error('rolled back');
      }),
    ).toThrow('rolled back');
    expectRight();
    jobs.removeFinished();
    expectRight();
    // Three hundred thousand finished jobs cost nothing to count: only the number kept is read.
    db.raw.exec("UPDATE job_counts SET jobs = 300000 WHERE state = 'succeeded'");
    expect(jobs.counts().succeeded).toBe(300_000);
  });

  it('can be forgotten when it is over', async () => {
    const { jobs, add } = setUp();
    jobs.start();
    const first = add('x');
    await jobs.waitFor(add('y', { dependsOn: [first] }));
    expect(jobs.removeFinished({ olderThanMs: 60_000 })).toBe(0);
    jobs.pause('cpu');
    add('still here');
    expect(jobs.removeFinished()).toBe(2);
    expect(jobs.counts()).toMatchObject({ queued: 1, succeeded: 0 });
  });
});

describe('the end of a process', () => {
  it('in which a job always dies gives that job up, and only that one', async () => {
    const { db, jobs, add } = setUp();
    const [poison, unlucky, cancelled] = [add('poison'), add('unlucky'), add('cancelled')];
    const dependant = add('dependant', { dependsOn: [poison] });
    const die = (ids: JobId[]) => {
      // As a dead process leaves it: known, without its lock.
      db.raw.exec("INSERT INTO job_owners VALUES ('ghost', 1, 0)");
      const take = db.raw.prepare(
        "UPDATE jobs SET state = 'running', owner = 'ghost', attempt = attempt + 1 WHERE id = ?",
      );
      for (const id of ids) take.run(id);
    };
    for (let death = 1; death <= 4; death += 1) {
      die(death === 1 ? [poison, unlucky, cancelled] : [poison]);
      if (death === 1) db.raw.prepare('UPDATE jobs SET is_cancel_requested = 1 WHERE id = ?').run(cancelled);
      await jobs.cancelGroup('nobody');
    }
    expect(jobs.get(poison)).toMatchObject({
      state: 'failed',
      error: { code: 'job-failed', details: { interruptions: 4 } },
    });
    expect(states(jobs, [unlucky, cancelled, dependant])).toEqual(['queued', 'cancelled', 'failed']);
    jobs.start();
    expect(await jobs.waitFor(unlucky)).toMatchObject({ state: 'succeeded', attempt: 1 });
    jobs.retry(poison);
    expect((await jobs.waitFor(dependant)).state).toBe('succeeded');
  });

  it('puts running jobs back uncounted, and another goes on from the checkpoint', async () => {
    const run: Handler = async ({ checkpoint, saveCheckpoint, signal, attempt }) => {
      if (checkpoint !== null) return `from ${JSON.stringify(checkpoint)} in attempt ${attempt}`;
      saveCheckpoint({ frames: 12 });
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(cancelledError())));
    };
    const first = setUp({ run });
    first.jobs.start();
    const id = first.add('x');
    await vi.waitFor(() => expect(first.jobs.get(id).state).toBe('running'));
    await first.jobs.dispose();
    await first.jobs.dispose();
    const second = setUp({ run, folder: first.dir });
    expect(second.jobs.get(id)).toMatchObject({ state: 'queued', attempt: 0 });
    second.jobs.start();
    expect((await second.jobs.waitFor(id)).result).toBe('from {"frames":12} in attempt 1');
  });
});

describe('two processes on one library', () => {
  it('share the work and the limit, run nothing twice, and see each other', async () => {
    let active = 0;
    let most = 0;
    const runs = new Map<string, number>();
    const run: Handler = async ({ input }) => {
      most = Math.max(most, ++active);
      runs.set(input.name, (runs.get(input.name) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, 2));
      active -= 1;
      return 'ok';
    };
    const one = setUp({ run, limits: { cpu: 4, export: 4, net: 1, gpu: 1 } });
    const two = setUp({ run, folder: one.dir, limits: { cpu: 4, export: 4, net: 1, gpu: 1 } });
    const ids = one.jobs.enqueueMany(
      Array.from({ length: 300 }, (_, index) => ({ type: 'test', input: { name: `${index}` } })),
    );
    one.jobs.start();
    two.jobs.start();
    await Promise.all(ids.map((id, index) => (index % 2 === 0 ? one : two).jobs.waitFor(id)));
    expect([...runs.values()].every((count) => count === 1)).toBe(true);
    expect(runs.size).toBe(300);
    expect(most).toBeLessThanOrEqual(4);
  });

  it('cancel and retry each other’s jobs, and a process that only looks hears of changes', async () => {
    const { run, started } = gate();
    const one = setUp({ run });
    const looking = setUp({ run, folder: one.dir });
    let changes = 0;
    looking.jobs.events.on('changedElsewhere', () => (changes += 1));
    one.jobs.start();
    const id = looking.add('x');
    await vi.waitFor(() => expect(started).toEqual(['x']));
    await looking.jobs.cancel(id);
    expect(one.jobs.get(id).state).toBe('cancelled');
    expect(changes).toBeGreaterThan(0);
    looking.jobs.retry(id);
    await vi.waitFor(() => expect(started).toEqual(['x', 'x']));
  });
});

describe('the wall clock', () => {
  it('may jump either way without losing or repeating a job', async () => {
    let offsetMs = 0;
    const real = systemClock();
    const clock: Clock = { ...real, nowMs: () => real.nowMs() + offsetMs };
    const { run, started, letGo } = gate();
    const failing: Handler = (context) =>
      context.input.name === 'retry' && context.attempt === 1 ? Promise.reject(new TypeError('once')) : run(context);
    const one = setUp({ run: failing, clock });
    const two = setUp({ run: failing, clock, folder: one.dir });
    one.jobs.start();
    const id = one.add('long');
    await vi.waitFor(() => expect(started).toEqual(['long']));
    two.jobs.start();
    for (const jump of [10 * 365 * 86_400_000, -20 * 365 * 86_400_000]) {
      offsetMs = jump;
      await new Promise((resolve) => setTimeout(resolve, 2_300));
    }
    expect([one.jobs.get(id).state, started]).toEqual(['running', ['long']]);
    // A retry planned in the far future that never was is still soon.
    offsetMs = 0;
    const retry = one.add('retry');
    await vi.waitFor(() => expect(one.jobs.get(retry).attempt).toBe(1));
    offsetMs = -10 * 365 * 86_400_000;
    await letGo('retry');
    await letGo('long');
    expect((await one.jobs.waitFor(retry)).state).toBe('succeeded');
    expect((await one.jobs.waitFor(id)).attempt).toBe(1);
  });
});
