import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type Clock, systemClock } from '#main/platform/clock/index.ts';
import { type AssetId, listVariants, type ProjectId } from '#shared/model/index.ts';
import { makeSound, makeVideo } from '../fixtures/media.ts';
import { findFaults, processesIn, type Seen } from './faults-kill-checks.ts';
import { logSequence, readPromises } from './faults-kill-child.ts';
import { exportAll, openEngine, pause, projectOf, temporaryFolder, unfinishedNames, until } from './faults-kit.ts';

const isLong = process.env.SPOTLOOM_LONG === '1';
const kills = isLong ? 100 : 5;
/** A job that was interrupted twenty times is given up: before that, work may end once, however slow the machine. */
const killsBetweenRests = 10;
const childScript = join(import.meta.dirname, 'faults-kill-child.ts');
const temporary = temporaryFolder('spotloom-kill9-');
const folder = temporary.path;

afterAll(() => temporary.clean());

function start(round: string): { child: ChildProcess; ready: Promise<void>; ended: Promise<unknown> } {
  const child = spawn(process.execPath, [childScript, folder, round], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'exit');
  const ready = Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended]).then(() => undefined);
  return { child, ready, ended };
}

/** Three clips of their own content: the same picture with other bytes behind it. */
async function makeFootage(round: number): Promise<number> {
  const target = join(folder, 'footage', String(round));
  mkdirSync(target, { recursive: true });
  for (let number = 0; number < 3; number += 1) {
    const path = join(target, `clip ${round}-${number}.mp4`);
    await copyFile(join(folder, 'base', number === 2 ? 'b.mp4' : 'a.mp4'), path);
    const box = Buffer.from(`\0\0\0\x20free${`${round}-${number}`.padEnd(24)}`, 'latin1');
    appendFileSync(path, box);
  }
  return 3;
}

/** Some die while they open the library, most while they work. */
async function killOnce(round: number): Promise<{ wasReady: boolean }> {
  const { child, ready, ended } = start(String(round));
  let wasReady = false;
  child.stdout?.once('data', () => {
    wasReady = true;
  });
  if (round % 5 === 3) await pause(Math.random() * 900);
  else {
    // However slow the machine: not before it got something done.
    const before = promiseCount();
    await ready;
    await until(() => promiseCount() > before || child.exitCode !== null, 'something done', 60_000);
    await pause(Math.random() * (round === 0 ? 2500 : 1800));
  }
  child.kill('SIGKILL');
  await ended;
  await until(() => processesIn(folder).length === 0, `the end of ${processesIn(folder).join('; ')}`, 5000);
  return { wasReady };
}

it(
  `loses nothing, doubles nothing and shows nothing half-made over ${kills} kills during import, edits and exports`,
  async () => {
    mkdirSync(join(folder, 'base'), { recursive: true });
    await makeVideo(join(folder, 'base', 'a.mp4'), { seconds: 1, size: '160x90', tonesHz: [440] });
    await makeVideo(join(folder, 'base', 'b.mp4'), { seconds: 1, size: '160x90', tonesHz: [660], source: 'testsrc' });
    await makeSound(join(folder, 'base', 'c.wav'), { seconds: 1 });
    const seen: Seen = new Set();
    let clips = 3;
    let readyCount = 0;
    for (let round = 0; round < kills; round += 1) {
      if (round > 0 && round % killsBetweenRests === 0) await start('rest').ended;
      clips += await makeFootage(round);
      if ((await killOnce(round)).wasReady) readyCount += 1;
      expect(await findFaults(folder, seen), `after kill ${round + 1}`).toEqual([]);
      expect(childErrors(), `child of round ${round + 1}`).toBe('');
    }

    const last = start('finish');
    await last.ended;
    expect(childErrors()).toBe('');
    expect(last.child.exitCode).toBe(0);
    expect(await findFaults(folder, seen)).toEqual([]);

    const promises = readPromises(folder);
    const opened = await openEngine(join(folder, 'library'), { isWorking: false });
    try {
      const { total } = await opened.client.library.list({ filter: {} });
      const exports = await opened.client.render.list({ limit: 500 });
      const { counts } = await opened.client.jobs.list({ limit: 1 });
      const figures = {
        kills,
        readyCount,
        assets: total,
        edits: promises.edits.size,
        exports: exports.total,
        jobs: counts,
      };
      console.log(JSON.stringify(figures));
      expect(total).toBe(clips);
      expect(counts).toMatchObject({ waiting: 0, queued: 0, running: 0, retrying: 0, failed: 0, cancelled: 0 });
      expect(exports.exports.every(({ state }) => state === 'finished')).toBe(true);
      // One file and one manifest per finished export, nothing else.
      const files = readdirSync(join(folder, 'exports')).filter(
        (name) => name !== 'manifests' && !/^\.spotloom-part-/.test(name),
      );
      expect(files.sort()).toEqual(exports.exports.map(({ fileName }) => fileName).sort());
      const manifests = readdirSync(join(folder, 'exports', 'manifests')).filter((name) => !name.startsWith('.'));
      expect(manifests).toHaveLength(files.length);
      expect(readdirSync(join(folder, 'library', 'temp')).filter((name) => name !== 'uploads')).toEqual([]);
      if (promises.projectId === null) throw new Error('no child came as far as a project: this test shows nothing');
      const project = await projectOf(opened.client, promises.projectId);
      expect(listVariants(project)).toHaveLength(2);
      expect(project.sequences.find(({ id }) => id === logSequence)?.tracks[0]?.clips.length).toBeGreaterThanOrEqual(
        promises.edits.size,
      );
      // The kills must have hit work, or this test shows nothing.
      expect(promises.edits.size).toBeGreaterThan(kills * 3);
      expect(exports.total).toBeGreaterThanOrEqual(Math.ceil(kills / 5));
    } finally {
      await opened.close();
    }
    await expectNothingHalfMadeLater();
  },
  isLong ? 1_800_000 : 120_000,
);

it(
  'would notice an edit that is gone, an export that was cut off, and one too many',
  async () => {
    const before = await findFaults(folder, new Set());
    expect(before).toEqual([]);
    appendFileSync(join(folder, 'promises'), 'edit 999999\nexport export-0\n');
    const [whole = ''] = readdirSync(join(folder, 'exports')).filter((name) => name.endsWith('.mp4'));
    const bytes = readFileSync(join(folder, 'exports', whole));
    writeFileSync(join(folder, 'exports', 'cut.mp4'), bytes.subarray(0, bytes.length - 3000));
    const faults = (await findFaults(folder, new Set())).join('\n');
    expect(faults).toContain('edit 999999 was answered and is gone');
    expect(faults).toContain('export export-0 was promised and is gone');
    expect(faults).toContain('cut.mp4');
  },
  isLong ? 900_000 : 120_000,
);

/** Half-made files may belong to someone for a while. Two days later, after a start and an export, none is left. */
async function expectNothingHalfMadeLater(): Promise<void> {
  const system = systemClock();
  const clock: Clock = { ...system, nowMs: () => system.nowMs() + 2 * 86_400_000 };
  const opened = await openEngine(join(folder, 'library'), { clock });
  try {
    const { projects } = await opened.client.projects.list({});
    const project = await projectOf(opened.client, projects[0]?.id as ProjectId);
    const variants = listVariants(project).slice(0, 1);
    appendFileSync(join(folder, 'promises'), `try-export ${Date.now()}\n`);
    const [view] = await exportAll(opened.client, project, variants, { outDir: join(folder, 'exports') });
    expect(view?.state).toBe('finished');
    await until(() => unfinishedNames(folder).length === 0, `the end of ${unfinishedNames(folder).join(', ')}`);
    const media = readdirSync(join(folder, 'library', 'media'));
    const { assets } = await opened.client.library.getMany({ ids: media as AssetId[] });
    expect(assets.map(({ id }) => id).sort()).toEqual(media.sort());
  } finally {
    await opened.close();
  }
}

function promiseCount(): number {
  return readPromises(folder).edits.size;
}

function childErrors(): string {
  const file = join(folder, 'child-errors');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
