import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { moveIntoPlace, partPath, removeUnfinished } from '#main/render/exports/deliver.ts';
import { makeNumbered, readNumbers } from '../fixtures/numbered.ts';
import { openRenderKit, plainProject, type RenderKit } from '../fixtures/render-kit.ts';

const fixture = (name: string) => resolve(import.meta.dirname, '../fixtures', name);
let kit: RenderKit;

beforeAll(async () => {
  kit = await openRenderKit();
});
afterAll(() => kit.dispose());

/** The text a process writes on one of its streams, as it comes. */
function collect(stream: NodeJS.ReadableStream | null): { text: string } {
  const collected = { text: '' };
  stream?.setEncoding('utf8').on('data', (more: string) => {
    collected.text += more;
  });
  return collected;
}

const exited = (child: ChildProcess) => new Promise<number | null>((done) => child.once('exit', done));

test('killed while it gives a file its name on a disk without hard links, an export leaves nothing wrong', {
  timeout: 120_000,
}, async () => {
  const footage = join(kit.folder, 'footage.mp4');
  await makeNumbered(footage, { frames: 30, rate: '30', toneHz: 300 });
  const content = { kind: 'media', media: { assetId: 'one' }, sourceInSeconds: { num: 0, den: 1 } };
  const projects = [
    plainProject([[{ id: 'c', startFrame: 0, lengthFrames: 20, content }]], { id: 'one', name: 'One' }),
  ];
  const input = join(kit.folder, 'input.json');
  await writeFile(input, JSON.stringify({ projects, footage: { one: footage } }));
  const start = (hang: string) =>
    spawn(
      process.execPath,
      ['--import', pathToFileURL(fixture('no-links.ts')).href, fixture('render-child.ts'), kit.folder, input],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, SPOTLOOM_TEST_HANG: hang } },
    );
  const folder = join(kit.folder, 'library', 'exports');
  const visible = async () => (await readdir(folder)).filter((name) => name.endsWith('.mp4'));

  const killed = start('1');
  const end = exited(killed);
  const said = collect(killed.stderr);
  await Promise.race([
    end,
    new Promise<void>((done) => killed.stderr?.on('data', () => said.text.includes('renaming') && done())),
  ]);
  killed.kill('SIGKILL');
  await end;
  expect(said.text).toContain('renaming');
  const [placeholder = ''] = await visible();
  expect((await stat(join(folder, placeholder))).size).toBe(0);

  const last = start('0');
  const [output, errors] = [collect(last.stdout), collect(last.stderr)];
  expect(await exited(last), errors.text).toBe(0);
  const [result] = JSON.parse(output.text.trim()) as { state: string; path: string }[];
  expect(result).toMatchObject({ state: 'finished', path: join(folder, placeholder) });
  expect(await visible()).toEqual([placeholder]);
  expect(await readNumbers(join(folder, placeholder))).toEqual(Array.from({ length: 20 }, (_, frame) => frame));
});

test('an empty file that was there before stays, and so does one that is not empty', async () => {
  const folder = join(kit.folder, 'delivery');
  await mkdir(folder);
  const part = partPath(folder, 'export-1');
  await writeFile(part, 'finished');
  await writeFile(join(folder, 'Ad.mp4'), '');
  await writeFile(join(folder, 'Ad (2).mp4'), 'mine');
  const remembered: string[] = [];
  const placed = await moveIntoPlace(part, folder, 'Ad.mp4', (path) => remembered.push(path));
  expect(placed).toBe(join(folder, 'Ad (3).mp4'));
  expect(remembered).toEqual([placed]);
  await removeUnfinished({ outDir: folder, id: 'export-1', placing: { path: placed } });
  expect((await readdir(folder)).sort()).toEqual(['Ad (2).mp4', 'Ad (3).mp4', 'Ad.mp4']);
  expect(await readFile(placed, 'utf8')).toBe('finished');
});
