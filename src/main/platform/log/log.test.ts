import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { runInBackground } from './background.ts';
import { createLog } from './log.ts';

const folder = () => mkdtemp(join(tmpdir(), 'spotloom-log-'));

it('writes JSON lines to a file and short lines for people, both masked', async () => {
  const dir = await folder();
  const lines: string[] = [];
  const { log, dispose } = createLog({ folder: dir, writeStderr: (line) => lines.push(line) });
  log
    .child('jobs')
    .child('runner')
    .warn('it failed', { clientSecret: 'hunter2', error: new Error('boom') });
  log.info('only in the file');
  log.debug('nowhere');
  await dispose();
  const written = (await readFile(join(dir, 'spotloom.log'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(written.map(({ msg }) => msg)).toEqual(['it failed', 'only in the file']);
  expect(written[0]).toMatchObject({ name: 'jobs.runner', clientSecret: '***', error: { message: 'boom' } });
  expect(lines).toEqual(['warn  jobs.runner: it failed {"clientSecret":"***","error":"boom"}\n']);
});

it('keeps no more files than asked for', async () => {
  const dir = await folder();
  const { log, dispose } = createLog({ folder: dir, stderrLevel: null, maxFileBytes: 1000, maxFiles: 3 });
  for (let line = 0; line < 100; line += 1) log.info(`line ${line}`);
  await dispose();
  expect((await readdir(dir)).filter((name) => name.endsWith('.log')).length).toBeLessThanOrEqual(3);
  expect(await readFile(join(dir, 'spotloom.log'), 'utf8')).toContain('line 99');
});

it('does without a file when the folder cannot be made', async () => {
  const dir = await folder();
  await writeFile(join(dir, 'file'), '');
  const lines: string[] = [];
  const { log, dispose } = createLog({ folder: join(dir, 'file', 'logs'), writeStderr: (line) => lines.push(line) });
  log.warn('still here');
  await dispose();
  expect(lines.at(-1)).toBe('warn  still here\n');
});

it('logs what a background task throws, at once or later', async () => {
  const error = vi.fn();
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error, child: vi.fn() };
  const boom = () => {
    throw new Error('boom');
  };
  runInBackground('sync', boom, log);
  runInBackground('async', async () => boom(), log);
  await vi.waitFor(() => expect(error).toHaveBeenCalledTimes(2));
});
