import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '#main/cli/program.ts';
import { createEngine } from '#main/engine.ts';
import { createInProcessClient } from '#main/gateway/in-process.ts';
import { createRouter } from '#main/gateway/router.ts';
import { silentLog } from '#main/platform/log/index.ts';
import { resourcesFolder } from '#main/platform/paths/index.ts';
import { makeVideo } from '../fixtures/media.ts';

const entry = join(import.meta.dirname, '../../src/main/cli.ts');

interface Run {
  code: number | null;
  out: string;
  err: string;
}

let folder: string;
let footage: string;
let library: string;
let projectFile: string;

/** Runs the terminal face as its own process, as a script does. */
function spotloom(args: readonly string[], options: { environment?: Record<string, string>; cwd?: string } = {}) {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: options.cwd ?? folder,
    env: { ...process.env, SPOTLOOM_LIBRARY: library, SPOTLOOM_CONFIG: join(folder, 'config'), ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run: Run = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk) => (run.out += chunk));
  child.stderr.on('data', (chunk) => (run.err += chunk));
  const ended = new Promise<Run>((resolve) => child.on('close', (code) => resolve({ ...run, code })));
  return { child, ended, run };
}

/** Runs a command inside this process: the same program over the same engine, without the start of a process. */
async function here(args: readonly string[]): Promise<Run> {
  const run: Run = { code: null, out: '', err: '' };
  const code = await runCli(args, {
    async open({ libraryFolder, isWorking }) {
      const log = silentLog();
      const engine = await createEngine({
        libraryFolder,
        isWorking,
        log,
        resourcesDir: resourcesFolder(),
        face: 'terminal',
        hasSample: false,
      });
      const router = createRouter(engine.handlersFor({ mediaBase: '' }), { log, isOutputValidated: true });
      return { client: createInProcessClient(router, log), close: () => engine.dispose() };
    },
    serve: () => Promise.reject(new Error('only in its own process')),
    defaultLibrary: () => library,
    workingFolder: folder,
    stdout(text) {
      run.out += text;
    },
    stderr(text) {
      run.err += text;
    },
    isTty: false,
    columns: () => 80,
    signal: new AbortController().signal,
  });
  return { ...run, code };
}

/** Runs a command with `--json` and reads the one document. */
async function json<Document>(...args: string[]): Promise<{ code: number | null; document: Document; err: string }> {
  const { code, out, err } = await here([...args, '--json']);
  return { code, document: JSON.parse(out) as Document, err };
}

interface ImportDocument {
  files: {
    path: string;
    outcome: string;
    error: { code: string } | null;
    asset: {
      id: string;
      kind: string;
      width: number;
      durationSeconds: number;
      renditions: { kind: string; state: string }[];
    } | null;
  }[];
  summary: { imported: number; duplicates: number; refused: number };
}

interface RenderDocument {
  projectId: string;
  files: {
    path: string;
    state: string;
    ratio: string;
    width: number;
    height: number;
    frames: number;
    sizeBytes: number;
    variantName: string;
    check: { isPassed: boolean };
  }[];
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spotloom-cli-'));
  footage = join(folder, 'footage');
  library = join(folder, 'library');
  projectFile = join(footage, 'ad.spotloom.json');
  await mkdir(footage);
  await makeVideo(join(footage, 'hook one.mp4'), { seconds: 1, tonesHz: [440] });
  await makeVideo(join(footage, 'hook two.mp4'), { seconds: 1, source: 'smptebars' });
  await makeVideo(join(footage, 'body.mp4'), { seconds: 1, source: 'rgbtestsrc' });
  await writeFile(join(footage, 'broken.mp4'), 'this is text, not video');
  await writeFile(
    projectFile,
    JSON.stringify({
      spotloom: 1,
      name: 'Test ad',
      media: { one: 'hook one.mp4', two: 'hook two.mp4', body: 'body.mp4' },
      slots: [
        {
          id: 'hook',
          name: 'Hook',
          role: 'hook',
          options: [
            { name: 'Hook 1', clips: [{ media: 'one' }] },
            { name: 'Hook 2', clips: [{ media: 'two' }] },
          ],
        },
        { id: 'body', name: 'Body', role: 'body', options: [{ name: 'Body 1', clips: [{ media: 'body' }] }] },
      ],
    }),
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('import', () => {
  it('brings good files in, lists bad ones with their reason, and ends with 1', async () => {
    const { code, out } = await spotloom(['import', 'footage', '--json']).ended;
    const document = JSON.parse(out) as ImportDocument;
    expect(document.summary).toEqual(expect.objectContaining({ duplicates: 0 }));
    const videos = document.files.filter((file) => file.asset?.kind === 'video');
    expect(videos).toHaveLength(3);
    for (const { asset } of videos) {
      expect(asset).toMatchObject({ width: 320, durationSeconds: 1 });
      expect(asset?.renditions.find((one) => one.kind === 'thumbnail')?.state).toBe('ready');
      expect(asset?.renditions.every((one) => one.state === 'ready')).toBe(true);
    }
    const broken = document.files.find((file) => file.path.endsWith('broken.mp4'));
    expect(broken).toMatchObject({ outcome: 'refused' });
    expect(broken?.error?.code).toMatch(/unsupported-media|media-damaged/);
    expect(code).toBe(1);
  });

  it('says “duplicate” the second time, and ends with 0', async () => {
    const { code, document } = await json<ImportDocument>('import', 'footage/body.mp4');
    expect(document.summary).toMatchObject({ imported: 0, duplicates: 1, refused: 0 });
    expect(code).toBe(0);
  });

  it('says which file is not there', async () => {
    const { code, out } = await here(['import', 'nothing.mp4']);
    expect(out).toContain('nothing.mp4');
    expect(code).toBe(1);
  });
});

describe('assets', () => {
  it('finds media by words', async () => {
    const { document } = await json<{ assets: { name: string }[]; total: number }>('assets', '--search', 'hook');
    expect(document.assets.map((asset) => asset.name).sort()).toEqual(['hook one.mp4', 'hook two.mp4']);
    expect(document.total).toBe(2);
  });
});

describe('transcript', () => {
  it('takes words in, prints them, writes them, and says what is wrong', async () => {
    const { document } = await json<{ assets: { id: string }[] }>('assets', '--search', 'hook one');
    const id = document.assets[0]?.id ?? '';
    const file = join(folder, 'talk.json');
    expect((await here(['transcript', 'show', id])).err).toContain('transcript make');
    await writeFile(
      file,
      '{ "words": [{ "word": "Hi", "start": 0.1, "end": 0.4 }, { "word": "you", "start": 0.5, "end": 0.9 }] }',
    );
    expect((await here(['transcript', 'import', id, file, '--language', 'en'])).out.trim()).toBe('2 words kept.');
    expect((await here(['transcript', 'show', id])).out.trim()).toBe('Hi you');
    const captions = join(folder, 'talk-out.srt');
    expect((await here(['transcript', 'export', id, captions])).code).toBe(0);
    expect(await readFile(captions, 'utf8')).toContain('00:00:00,100 --> 00:00:01,150\r\nHi you\r\n');
    expect((await here(['transcript', 'export', id, captions])).code).toBe(1);
    expect((await here(['transcript', 'export', id, join(folder, 'talk.doc')])).code).toBe(2);
    await writeFile(file, '{ "words": [{ "word": "Hi", "start": 2, "end": 1 }] }');
    const bad = await here(['transcript', 'import', id, file]);
    expect([bad.code, bad.err]).toEqual([1, expect.stringContaining('At words[0]: ')]);
    expect((await json<{ words: unknown[] }>('transcript', 'show', id)).document.words).toHaveLength(2);
  });

  it('ends with 3 where no whisper.cpp is', async () => {
    const call = { signal: new AbortController().signal };
    const { document } = await json<{ assets: { id: string }[] }>('assets', '--search', 'hook one');
    const options = { libraryFolder: library, resourcesDir: resourcesFolder(), hasSample: false };
    const engine = await createEngine({ ...options, face: 'terminal', isWorking: false, log: silentLog() });
    engine.handlersFor({ mediaBase: '' }).settings.update({ whisperPath: join(folder, 'nothing') }, call);
    await engine.dispose();
    const made = await here(['transcript', 'make', document.assets[0]?.id ?? '']);
    expect([made.code, made.err]).toEqual([3, expect.stringContaining('may not be run')]);
  });
});

describe('project', () => {
  it('makes, lists, shows and exports', async () => {
    const made = await json<{ project: { id: string } }>('project', 'new', 'Empty one');
    const { id } = made.document.project;
    const listed = await json<{ projects: { id: string }[] }>('project', 'list');
    expect(listed.document.projects.map((project) => project.id)).toContain(id);
    const shown = await json<{ project: { name: string }; variants: unknown[] }>('project', 'show', id);
    expect(shown.document.project.name).toBe('Empty one');
    const file = join(folder, 'exported.spotloom.json');
    expect((await json('project', 'export', id, file)).code).toBe(0);
    expect((await json<{ error: { code: string } }>('project', 'export', id, file)).document.error.code).toBe(
      'conflict',
    );
    expect((await here(['project', 'export', id, file, '--force'])).code).toBe(0);
    expect((await json('project', 'import', file)).code).toBe(0);
  });

  it('puts captions onto an option, and names the line of a file that is wrong', async () => {
    // An ad of its own: one that was changed by hand is not the file's any more.
    const own = join(dirname(projectFile), 'talk.spotloom.json');
    await writeFile(own, JSON.stringify({ ...JSON.parse(await readFile(projectFile, 'utf8')), name: 'Talk' }));
    const { document } = await json<{ projectId: string }>('project', 'import', own);
    const file = join(folder, 'talk.srt');
    await writeFile(file, '00:00:00,100 --> 00:00:00,900\nHello\n\n00:00:05,000 --> 00:00:06,000\nToo late\n');
    const put = await here(['project', 'captions', document.projectId, 'Hook 2', file]);
    expect([put.code, put.out.trim()]).toEqual([
      0,
      '1 caption put on Hook 2, counted from its first frame. 1 begins after its end and was left out.',
    ]);
    const none = await json<{ error: { code: string; userMessage: string } }>(
      ...['project', 'captions', document.projectId, 'Hook 9', file],
    );
    expect([none.code, none.document.error.userMessage]).toEqual([2, expect.stringContaining('“Hook 1” (')]);
    const spoken = await here(['project', 'captions', document.projectId, 'Hook 1']);
    expect([spoken.code, spoken.out.trim()]).toEqual([0, '1 caption put on Hook 1, counted from its first frame.']);
    expect((await here(['project', 'captions', document.projectId, 'Hook 2'])).err).toContain('has a transcript');
    await writeFile(file, '00:00:00,100 --> 00:00:00,900\nHello\n\n00:00:05,000 -->\nToo late\n');
    const bad = await here(['project', 'captions', document.projectId, 'Hook 1', file]);
    expect([bad.code, bad.err]).toEqual([1, expect.stringContaining('At line 4: ')]);
  });

  it('ends with 1 for one that is not there and 2 for what can be none', async () => {
    expect((await json('project', 'show', 'project-unknown')).code).toBe(1);
    expect((await json('project', 'show', '../../etc')).code).toBe(2);
  });
});

describe('render', () => {
  const render = (...args: string[]) => json<RenderDocument>('render', projectFile, '--preset', 'small-test', ...args);

  it('makes every variant in every ratio, checked', async () => {
    const out = join(folder, 'out');
    const { code, document, err } = await render('--variants', 'all', '--ratios', '9:16,1x1', '--out', out);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(document.files).toHaveLength(4);
    for (const file of document.files) {
      expect(file).toMatchObject({
        state: 'finished',
        frames: 60,
        width: 180,
        height: file.ratio === '1:1' ? 180 : 320,
      });
      expect(file.check.isPassed).toBe(true);
      expect(file.sizeBytes).toBeGreaterThan(1000);
    }
    expect((await readdir(out)).filter((name) => name.endsWith('.mp4'))).toHaveLength(4);
  });

  it('uses the same project for the same file, and variants by name', async () => {
    const all = await render('--out', join(folder, 'again'), '--variants', 'hook 2·body 1');
    expect(all.document.files.map((file) => file.variantName)).toEqual(['Hook 2 · Body 1']);
    const { document } = await json<{ projects: { id: string; name: string }[] }>('project', 'list');
    expect(document.projects.filter((project) => project.name === 'Test ad')).toHaveLength(1);
    expect(document.projects.map((project) => project.id)).toContain(all.document.projectId);
  });

  it('keeps the project of a file whose text is changed', async () => {
    const file = join(footage, 'kept.spotloom.json');
    const text = JSON.parse(await readFile(projectFile, 'utf8')) as object;
    const projectOf = async (name: string) => {
      await writeFile(file, JSON.stringify({ ...text, name }));
      const out = join(folder, 'kept');
      const rendered = await json<RenderDocument>('render', file, '--preset', 'small-test', '--out', out);
      expect(rendered.code).toBe(0);
      return rendered.document.projectId;
    };
    const first = await projectOf('Kept 1');
    expect(await projectOf('Kept 2')).toBe(first);
    // Words that were there before are not taken for what the project shows now.
    expect(await projectOf('Kept 1')).toBe(first);
    const { document } = await json<{ projects: { id: string; name: string }[] }>('project', 'list');
    expect(document.projects.filter(({ name }) => name.startsWith('Kept'))).toEqual([
      expect.objectContaining({ id: first, name: 'Kept 1' }),
    ]);
  });

  it('ends with 2 and names what there is when variants or ratios make no sense', async () => {
    const variants = await here(['render', projectFile, '--variants', 'Hook 9']);
    expect(variants.code).toBe(2);
    expect(variants.err).toContain('Hook 1 · Body 1');
    const ratios = await here(['render', projectFile, '--ratios', '3:7']);
    expect(ratios.code).toBe(2);
    expect(ratios.err).toContain('9:16');
  });

  it('cancels cleanly on Ctrl-C and ends with 130', async () => {
    const out = join(folder, 'cancelled');
    const long = join(footage, 'long.mp4');
    await makeVideo(long, { seconds: 20, size: '640x360' });
    const file = join(footage, 'long.spotloom.json');
    await writeFile(
      file,
      JSON.stringify({ spotloom: 1, name: 'Long', media: { long: 'long.mp4' }, slots: [{ options: ['long'] }] }),
    );
    const { child, ended } = spotloom(['render', file, '--out', out, '--json']);
    await delay(3500);
    child.kill('SIGINT');
    const { code, out: text } = await ended;
    expect(code).toBe(130);
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'cancelled' } });
    expect((await readdir(out).catch(() => [])).filter((name) => name.endsWith('.mp4'))).toEqual([]);
    const { document } = await json<{ jobs: { type: string }[] }>('jobs', '--state', 'running,queued,waiting,retrying');
    expect(document.jobs.filter((job) => job.type.startsWith('render.'))).toEqual([]);
  });
});

describe('check', () => {
  it('passes a finished ad and judges it for a placement', async () => {
    const [name] = (await readdir(join(folder, 'out'))).filter((one) => one.endsWith('.mp4'));
    const file = join(folder, 'out', name!);
    expect((await json('check', file)).code).toBe(0);
    const placed = await json<{ isPassed: boolean; findings: { id: string; state: string }[] }>(
      'check',
      file,
      '--placement',
      'tiktok-in-feed',
    );
    expect(placed.code).toBe(1);
    const states = Object.fromEntries(placed.document.findings.map((one) => [one.id, one.state]));
    expect(states).toMatchObject({
      'placement-tiktok-in-feed-ratio': 'ok',
      'placement-tiktok-in-feed-pixels': 'failed',
      'placement-tiktok-in-feed-length': 'failed',
      'placement-tiktok-in-feed-size': 'ok',
    });
  });

  it('fails what is no ad, and knows its placements', async () => {
    expect((await json('check', join(footage, 'broken.mp4'))).code).toBe(1);
    expect((await here(['check', 'x.mp4', '--placement', 'mars'])).code).toBe(2);
  });
});

describe('the machine', () => {
  it('is described by doctor', async () => {
    const { code, document } = await json<{ checks: { id: string; state: string }[]; isHealthy: boolean }>('doctor');
    expect(code).toBe(0);
    expect(document.isHealthy).toBe(true);
    const ids = document.checks.map((check) => check.id);
    for (const id of ['program', 'ffmpeg', 'library', 'disk', 'jobs']) expect(ids).toContain(id);
  });

  it('ends with 3 when the library cannot be written', async () => {
    await writeFile(join(folder, 'a-file'), '');
    const { code, err } = await here(['assets', '--library', join(folder, 'a-file', 'library')]);
    expect(code).toBe(3);
    expect(err).toContain('a-file');
  });
});

describe('the command line', () => {
  it('ends with 2 for what it does not know, and says so in JSON too', async () => {
    expect((await here(['explode'])).code).toBe(2);
    expect((await here(['import'])).code).toBe(2);
    const { code, document } = await json<{ error: { code: string } }>('assets', '--explode');
    expect(code).toBe(2);
    expect(document.error.code).toBe('invalid-input');
    expect((await json('assets', '--limit', 'many')).code).toBe(2);
    expect((await json('jobs', '--state', 'asleep')).code).toBe(2);
  });

  it('prints help on stdout and ends with 0', async () => {
    const { code, out } = await here(['render', '--help']);
    expect(code).toBe(0);
    for (const word of ['--variants', '--ratios', '--library', '--json']) expect(out).toContain(word);
  });

  it('takes --library before and after the command', async () => {
    const other = join(folder, 'other');
    const before = await json<{ total: number }>('--library', other, 'assets');
    const after = await json<{ total: number }>('assets', '--library', other);
    expect([before.document.total, after.document.total]).toEqual([0, 0]);
  });
});

describe('serve', () => {
  it('prints one line with a link that works, and ends cleanly', async () => {
    const { child, ended, run } = spotloom(['serve', '--json', '--library', join(folder, 'served')]);
    for (let tries = 0; tries < 200 && !run.out.includes('\n'); tries += 1) await delay(50);
    const { url, pid } = JSON.parse(run.out) as { url: string; pid: number };
    expect(pid).toBe(child.pid);
    const { origin, hash } = new URL(url);
    const claim = await fetch(`${origin}/session`, {
      method: 'POST',
      body: JSON.stringify({ token: hash.slice('#token='.length) }),
    });
    expect(claim.status).toBe(200);
    child.kill('SIGTERM');
    const { code, out } = await ended;
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(1);
  });
});
