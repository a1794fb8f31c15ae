import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeFfmpeg } from '../../scripts/lib/ffmpeg.mjs';
import { arePackagesInstalled } from '../../scripts/lib/packages.mjs';
import { runQuietly } from '../../scripts/lib/run.mjs';
import { failuresOf } from '../../scripts/lib/test-report.mjs';

const lib = resolve(import.meta.dirname, '../../scripts/lib');
const moduleUrl = (name: string): string => pathToFileURL(join(lib, name)).href;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spotloom-scripts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs module source under Node and returns how it ended and what it printed. */
function runModule(source: string, onStdout?: (text: string, kill: (signal: NodeJS.Signals) => void) => void) {
  return new Promise<{ code: number | null; signal: string | null; stdout: string }>((done) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      onStdout?.(stdout, (signal) => child.kill(signal));
    });
    child.on('close', (code, signal) => done({ code, signal, stdout }));
  });
}

const foreground = (script: string): string => `
  import { runForeground } from ${JSON.stringify(moduleUrl('run.mjs'))};
  process.exitCode = await runForeground(process.execPath, ['-e', ${JSON.stringify(script)}]);`;

describe('a program run in the foreground', () => {
  it('gives its exit code and its stdout, and nothing else', async () => {
    const { code, stdout } = await runModule(foreground("console.log('{}'); process.exit(7)"));
    expect([code, stdout]).toEqual([7, '{}\n']);
  });

  it.skipIf(process.platform === 'win32')('gets our SIGTERM and may end in its own way', async () => {
    const script =
      "process.on('SIGTERM', () => { console.log('bye'); process.exit(3) }); setInterval(() => {}, 1000); console.log('up')";
    const { code, stdout } = await runModule(
      foreground(script),
      (text, kill) => text.endsWith('up\n') && kill('SIGTERM'),
    );
    expect([code, stdout]).toEqual([3, 'up\nbye\n']);
  });

  it.skipIf(process.platform === 'win32')('reports a death by signal as 128 + n', async () => {
    const { code } = await runModule(foreground("process.kill(process.pid, 'SIGKILL')"));
    expect(code).toBe(137);
  });
});

describe('a program run quietly', () => {
  it('is stopped with its children when its time is over', async () => {
    const mark = join(folder, 'late');
    const grandchild = `setTimeout(() => require('fs').writeFileSync(${JSON.stringify(mark)}, ''), 1500)`;
    const script = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}]); setInterval(() => {}, 1000)`;
    const { code, isTimedOut } = await runQuietly(process.execPath, ['-e', script], { timeoutMs: 400 });
    expect([code === 0, isTimedOut]).toEqual([false, true]);
    await new Promise((done) => setTimeout(done, 1800));
    expect(existsSync(mark)).toBe(false);
  });

  it('that does not exist fails with a reason instead of hanging', async () => {
    const { code, tail } = await runQuietly(join(folder, 'nothing-here'), []);
    expect(code).toBe(127);
    expect(tail).toContain('ENOENT');
  });
});

describe('the set-up lock', () => {
  const locked = (file: string, log: string): string => `
    import { appendFileSync } from 'node:fs';
    import { withSetupLock } from ${JSON.stringify(moduleUrl('lock.mjs'))};
    await withSetupLock(async () => {
      appendFileSync(${JSON.stringify(log)}, 'in ');
      await new Promise((done) => setTimeout(done, 200));
      appendFileSync(${JSON.stringify(log)}, 'out ');
    }, ${JSON.stringify(file)});`;

  it('lets one command in at a time and takes over from a dead one', async () => {
    const [file, log] = [join(folder, 'setup.lock'), join(folder, 'log')];
    const dead = await runModule('console.log(process.pid)');
    writeFileSync(file, dead.stdout.trim());
    const runs = await Promise.all([1, 2, 3].map(() => runModule(locked(file, log))));
    expect(runs.map((run) => run.code)).toEqual([0, 0, 0]);
    expect(readFileSync(log, 'utf8')).toBe('in out in out in out ');
    expect(existsSync(file)).toBe(false);
  });
});

describe('the packages', () => {
  it('count as installed here, by npm’s own record', () => {
    expect(arePackagesInstalled()).toBe(true);
  });
});

describe.skipIf(process.platform === 'win32')('an ffmpeg', () => {
  /** A program that answers like an ffmpeg of this version with these encoders and filters. */
  function fake(
    name: string,
    version: string,
    avutil: string,
    encoders = ' V....D libx264 H.264',
    filters = ' ... ass V->V Render ASS',
  ): string {
    const path = join(folder, name);
    const answers = `case "$*" in *-version*) echo "ffmpeg version ${version} Copyright"; echo "libavutil      ${avutil} / x";; *-encoders*) echo "${encoders}";; *-filters*) echo "${filters}";; esac`;
    writeFileSync(path, `#!/bin/sh\n${answers}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  beforeAll(() => {
    fake('ffprobe', '6.0', '58.  2.100');
  });

  it.each([
    ['4.4.2-0ubuntu0', '56. 70.100', 'is version 4.4.2-0ubuntu0, older than 5.1'],
    ['5.0.1', '57. 17.100', 'is version 5.0.1, older than 5.1'],
    ['5.1.9-0+deb12u1', '57. 28.100', null],
    ['n7.1', '59. 39.100', null],
    ['10.0', '62.  1.100', null],
    ['N-47683-g0e8eb07980-static', '56. 24.101', 'is version N-47683-g0e8eb07980-static, older than 5.1'],
    ['N-118000-gabcdef', '60.  2.100', null],
  ])('of version %s (libavutil %s) is judged', (version, avutil, verdict) => {
    expect(judgeFfmpeg(fake('ffmpeg', version, avutil))).toBe(verdict);
  });

  it('without libx264, without libass, or broken is refused by name', () => {
    expect(judgeFfmpeg(fake('a', '6.0', '58.  2.100', ' V..... mpeg4'))).toBe('cannot encode H.264 (libx264)');
    expect(judgeFfmpeg(fake('b', '6.0', '58.  2.100', undefined, ' ... scale V->V'))).toBe('cannot draw text (libass)');
    expect(judgeFfmpeg(join(folder, 'log-that-is-not-there'))).toBe('does not start');
  });
});

describe('what is said of tests that failed', () => {
  it('names each with the beginning of why, and files that broke before their tests', () => {
    const long = Array.from({ length: 40 }, (_, n) => `line ${n}`).join('\n');
    const files = [
      { name: '/here/a.test.ts', status: 'passed', message: '', assertionResults: [{ status: 'passed' }] },
      {
        ...{ name: '/here/b.test.ts', status: 'failed', message: '' },
        assertionResults: [{ status: 'passed' }, { status: 'failed', fullName: 'adds up', failureMessages: [long] }],
      },
      { name: '/here/c.test.ts', status: 'failed', message: 'SyntaxError: odd', assertionResults: [] },
    ];
    const [one = '', other = '', ...more] = failuresOf(files, '/here');
    expect(one.split('\n').slice(0, 2)).toEqual(['b.test.ts > adds up', '    line 0']);
    expect(one.split('\n').length).toBeLessThan(20);
    expect(other).toBe('c.test.ts\n    SyntaxError: odd');
    expect(more).toEqual([]);
  });
});
