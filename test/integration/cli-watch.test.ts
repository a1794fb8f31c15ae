import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '#main/cli/program.ts';
import { createEngine } from '#main/engine.ts';
import { createInProcessClient } from '#main/gateway/in-process.ts';
import { createRouter } from '#main/gateway/router.ts';
import { silentLog } from '#main/platform/log/index.ts';
import { resourcesFolder } from '#main/platform/paths/index.ts';
import { makeVideo } from '../fixtures/media.ts';

interface Result {
  key: string;
  state: string;
  finishedAt: string;
  projectId: string | null;
  files: {
    path: string;
    state: string;
    fileName: string;
    check: { isPassed: boolean } | null;
    creativeId: string;
    revision: number | null;
  }[];
  beside: { kind: string; path: string }[];
  outdated: string[];
  error: { userMessage: string } | null;
}

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'spotloom-watch-'));
  await makeVideo(join(base, 'one.mp4'), { seconds: 1, size: '180x320', tonesHz: [440] });
  await makeVideo(join(base, 'two.mp4'), { seconds: 1, size: '180x320', source: 'testsrc' });
});
afterAll(() => rm(base, { recursive: true, force: true }));

/** Starts `render --watch` inside this process. */
function startWatch(folder: string, ...more: string[]) {
  const stop = new AbortController();
  const said = { out: '', err: '' };
  const args = [
    'render',
    folder,
    '--watch',
    '--settle',
    '0.4',
    '--preset',
    'small-test',
    '--variants',
    'all',
    '--json',
  ];
  const ended = runCli([...args, ...more], {
    async open({ libraryFolder, isWorking }) {
      const log = silentLog();
      const engine = await createEngine({
        ...{ libraryFolder, isWorking, log, face: 'terminal', hasSample: false },
        resourcesDir: resourcesFolder(),
      });
      const router = createRouter(engine.handlersFor({ mediaBase: '' }), { log, isOutputValidated: true });
      return { client: createInProcessClient(router, log), close: () => engine.dispose() };
    },
    serve: () => Promise.reject(new Error('not here')),
    defaultLibrary: () => join(base, 'library'),
    workingFolder: base,
    stdout(text) {
      said.out += text;
    },
    stderr(text) {
      said.err += text;
    },
    isTty: false,
    columns: () => 80,
    signal: stop.signal,
  });
  return { stop: () => stop.abort(), ended, said };
}

const brief = (words: string, media: Record<string, string> = { one: 'one.mp4', two: 'footage/two.mp4' }) =>
  JSON.stringify({
    ...{ spotloom: 1, name: 'Ad', media },
    slots: [
      {
        role: 'hook',
        options: [
          { clips: [{ media: 'one' }] },
          { clips: [{ media: 'two' }], texts: [{ text: words, start: 0.2, length: 0.5 }] },
        ],
      },
    ],
  });

/** The result that is not the one before. */
async function nextResult(path: string, before: Result | null = null): Promise<Result> {
  for (;;) {
    const text = await readFile(path, 'utf8').catch(() => null);
    const result = text === null ? null : (JSON.parse(text) as Result);
    if (result && result.finishedAt !== before?.finishedAt) return result;
    await delay(50);
  }
}

const marks = async (result: Result) =>
  Promise.all(result.files.map(async ({ path }) => `${path} ${(await stat(path)).mtimeMs} ${(await stat(path)).ino}`));

it('renders what is put into a folder, again what changed, and says what is wrong', { timeout: 240_000 }, async () => {
  const folder = join(base, 'in');
  await mkdir(join(folder, 'footage'), { recursive: true });
  const one = await readFile(join(base, 'one.mp4'));
  const two = await readFile(join(base, 'two.mp4'));
  const watching = startWatch(folder, '--naming', '{ratio}/{hook}', '--table', '--covers');
  try {
    // A brief first, then its footage, a piece at a time: it waits for all of it.
    await writeFile(join(folder, 'ad.spotloom.json'), brief('Hello'));
    await writeFile(join(folder, 'footage', 'two.mp4'), two);
    for (let at = 0; at < one.length; at += Math.ceil(one.length / 10)) {
      await appendFile(join(folder, 'one.mp4'), one.subarray(at, at + Math.ceil(one.length / 10)));
      await delay(60);
    }
    const resultFile = join(folder, 'ad.result.json');
    const first = await nextResult(resultFile);
    expect([first.state, first.error]).toEqual(['finished', null]);
    expect(first.files.map(({ path, check }) => [path, check?.isPassed])).toEqual([
      [join(folder, 'out', '9x16', 'Hook 1.mp4'), true],
      [join(folder, 'out', '9x16', 'Hook 2.mp4'), true],
    ]);
    expect(first.beside.map(({ kind }) => kind).sort()).toEqual(['cover', 'cover', 'mapping', 'table']);
    for (const { path } of first.beside) expect((await stat(path)).size).toBeGreaterThan(0);
    const made = await marks(first);

    // A word changed: only the film that shows it is another one.
    await writeFile(join(folder, 'ad.spotloom.json'), brief('Goodbye'));
    const second = await nextResult(resultFile, first);
    expect([second.state, second.error]).toEqual(['finished', null]);
    const made2 = await marks(second);
    expect([made2[0] === made[0], made2[1] === made[1]]).toEqual([true, false]);

    // Another take of the same name.
    await writeFile(join(folder, 'one.mp4'), two);
    const third = await nextResult(resultFile, second);
    expect([third.state, third.error]).toEqual(['finished', null]);
    const made3 = await marks(third);
    expect([made3[0] === made2[0], made3[1] === made2[1]]).toEqual([false, true]);

    // Nonsense beside it is told, and does not stop the rest.
    await writeFile(join(folder, 'bad.spotloom.json'), '{"spotloom": 1, "name": "x", "slotz": []}');
    const bad = await nextResult(join(folder, 'bad.result.json'));
    expect(bad.state).toBe('failed');
    expect(bad.error?.userMessage).toMatch(/slotz/);
    await writeFile(join(folder, 'far.spotloom.json'), brief('x', { one: '../one.mp4', two: 'footage/two.mp4' }));
    const far = await nextResult(join(folder, 'far.result.json'));
    expect([far.state, far.files]).toEqual(['failed', []]);

    // Somebody's own file is never replaced.
    const mine = join(folder, 'out', '9x16', 'Hook 1.mp4');
    await writeFile(mine, 'mine');
    await writeFile(join(folder, 'ad.spotloom.json'), brief('Again'));
    await writeFile(join(folder, 'one.mp4'), one);
    const fourth = await nextResult(resultFile, third);
    expect(fourth.error?.userMessage).toMatch(/Hook 1\.mp4.*already there/);
    expect(await readFile(mine, 'utf8')).toBe('mine');
  } finally {
    watching.stop();
  }
  expect(await watching.ended).toBe(130);
  const { rounds } = JSON.parse(watching.said.out) as { rounds: { brief: string; state: string }[] };
  // What it writes itself wakes nothing up.
  expect(rounds.map((round) => `${round.brief} ${round.state}`)).toEqual([
    ...['ad.spotloom.json finished', 'ad.spotloom.json finished', 'ad.spotloom.json finished'],
    ...['bad.spotloom.json failed', 'far.spotloom.json failed', 'ad.spotloom.json failed'],
  ]);
  expect((await readdir(join(folder, 'out'))).filter((name) => name.startsWith('.'))).toEqual([]);
});

it('creative ids stay what they were, whatever is written into the file', { timeout: 120_000 }, async () => {
  const folder = join(base, 'kept');
  await mkdir(join(folder, 'footage'), { recursive: true });
  await writeFile(join(folder, 'one.mp4'), await readFile(join(base, 'one.mp4')));
  await writeFile(join(folder, 'footage', 'two.mp4'), await readFile(join(base, 'two.mp4')));
  const place = join(folder, 'ad.spotloom.json');
  const resultFile = join(folder, 'ad.result.json');
  await writeFile(place, brief('One'));
  const watching = startWatch(folder);
  const facts = ({ files }: Result) => files.map(({ creativeId }) => creativeId);
  try {
    const first = await nextResult(resultFile);
    expect(first.files.map(({ revision }) => revision)).toEqual([1, 1]);
    expect(new Set(facts(first)).size).toBe(2);
    await writeFile(place, brief('Two'));
    const second = await nextResult(resultFile, first);
    expect([second.error, second.projectId, facts(second)]).toEqual([null, first.projectId, facts(first)]);
    expect(second.files.map(({ revision }) => revision)).toEqual([2, 2]);
    // Nor without what was told of it, or with words that were there before.
    await rm(resultFile);
    await writeFile(place, brief('One'));
    const third = await nextResult(resultFile, second);
    expect([third.error, third.projectId, facts(third)]).toEqual([null, first.projectId, facts(first)]);
  } finally {
    watching.stop();
    await watching.ended;
  }
});

it('Ctrl-C leaves nothing half-made, and the next start goes on', { timeout: 120_000 }, async () => {
  const folder = join(base, 'stopped');
  await mkdir(folder);
  await writeFile(join(folder, 'one.mp4'), await readFile(join(base, 'one.mp4')));
  const text = { spotloom: 1, name: 'S', media: { one: 'one.mp4' }, slots: [{ role: 'hook', options: ['one'] }] };
  await writeFile(join(folder, 's.spotloom.json'), JSON.stringify(text));
  const first = startWatch(folder);
  while (!first.said.err.includes('rendering')) await delay(10);
  first.stop();
  expect(await first.ended).toBe(130);
  expect((await readdir(join(folder, 'out')).catch(() => [])).filter((name) => name.startsWith('.'))).toEqual([]);
  const second = startWatch(folder);
  const result = await nextResult(join(folder, 's.result.json'));
  second.stop();
  await second.ended;
  expect(result.state).toBe('finished');
  // Nothing changed since: a third start has nothing to do.
  const third = startWatch(folder);
  await delay(1500);
  third.stop();
  await third.ended;
  expect(third.said.err).not.toContain('rendering');
});

it('a folder that is not there, and options that make no sense, are refused at once', async () => {
  const nowhere = startWatch(join(base, 'nowhere'));
  expect(await nowhere.ended).toBe(2);
  expect(nowhere.said.err).toContain('is not a folder');
  const odd = startWatch(base, '--versions', 'loud');
  expect(await odd.ended).toBe(2);
  expect(odd.said.err).toContain('textless');
});
