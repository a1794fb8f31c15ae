import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppError } from '#shared/errors/index.ts';
import { listVariants, type OptionId, type Project, type SlotId } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { exportAll, makeProject, type Opened, openEngine, projectOf, refusal, temporaryFolder } from './faults-kit.ts';

const run = promisify(execFile);
const folder = temporaryFolder('spotloom-input-');
const inside = join(folder.path, 'project');
const requests: string[] = [];
const server = createServer((request, response) => {
  requests.push(request.url ?? '');
  response.end('x');
});
let opened: Opened;
let address = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  mkdirSync(inside);
  await makeVideo(join(inside, 'good.mp4'), { seconds: 0.5, size: '64x64' });
  await makeVideo(join(folder.path, 'secret.mp4'), { seconds: 0.5, size: '64x48' });
  symlinkSync(join(folder.path, 'secret.mp4'), join(inside, 'link.mp4'));
  if (process.platform !== 'win32') execFileSync('mkfifo', [join(inside, 'pipe.mp4'), join(inside, 'pipe.json')]);
  opened = await openEngine(join(folder.path, 'library'));
});

afterAll(async () => {
  await opened?.close();
  server.close();
  folder.clean();
});

const file = (media: string) => ({
  ...{ spotloom: 1, name: 'Hostile', media: { good: 'good.mp4', bad: media } },
  slots: [{ role: 'hook', options: ['good', [{ media: 'bad', length: 1 }]] }],
});

/** Hands a project file in and says what came of it: the error, or the media that was left out. */
async function handIn(text: string | Buffer): Promise<{ error: AppError | null; missing: string[] }> {
  const path = join(inside, 'x.spotloom.json');
  writeFileSync(path, text);
  const signal = AbortSignal.timeout(20_000);
  return opened.client.projects.importFile({ path }, { signal }).then(
    ({ missingMedia }) => ({ error: null, missing: missingMedia.map((one) => one.path) }),
    (error: AppError) => ({ error, missing: [] }),
  );
}

describe('a project file is treated as hostile', () => {
  it.each([
    ['climbs out of its folder', '../secret.mp4'],
    ['climbs out by a way round', 'sub/../../secret.mp4'],
    ['names a file elsewhere', '/etc/passwd'],
    ['follows a link out', 'link.mp4'],
    ['names a share of the network', '\\\\192.0.2.1\\share\\a.mp4'],
    ['names a share with slashes', '//192.0.2.1/share/a.mp4'],
    ['names a device', '/dev/zero'],
    ['names a Windows device', 'NUL.mp4'],
    ['names a page of the web', 'http://ADDRESS/a.mp4'],
    ['names a file address', 'file:///etc/passwd'],
    ['names several files', 'concat:good.mp4|../secret.mp4'],
    ['names a pipe', 'pipe.mp4'],
    ['hides a NUL', 'good.mp4\0.txt'],
  ])('%s: nothing outside is taken', async (_, media) => {
    const { error, missing } = await handIn(JSON.stringify(file(media.replace('ADDRESS', address))));
    const isNamed = error === null && missing.length === 1;
    const isRefused = error !== null && ['path-refused', 'project-file-invalid'].includes(error.code);
    expect({ isFine: isNamed || isRefused, code: error?.code, missing }).toMatchObject({ isFine: true });
    // Names of missing media may be kept, to be relinked; nothing has been read for them.
    const taken = (await opened.assets()).filter(({ isMissing }) => !isMissing).map(({ name }) => name);
    expect(taken.filter((name) => name !== 'good.mp4')).toEqual([]);
    expect(requests).toEqual([]);
  });

  it.each([
    ['text that is no JSON', 'hello'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0xd8])],
    ['nothing', ''],
    ['too large', `{"spotloom":1,"name":"${'x'.repeat(51_000_000)}"}`],
    ['too deep', `{"spotloom":1,"name":"x","slots":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
    ['a poisoned prototype', '{"spotloom":1,"name":"x","__proto__":{"isAdmin":true},"slots":[]}'],
    ['a poisoned constructor', '{"spotloom":1,"name":"x","media":{"constructor":{"prototype":{"isAdmin":true}}}}'],
    ['the same name twice', '{"spotloom":1,"name":"x","media":{"a":"good.mp4","a":"/etc/passwd"},"slots":[]}'],
    ['numbers without end', '{"spotloom":1,"name":"x","slots":[{"options":[[{"media":"a","length":1e400}]]}]}'],
    ['a million options', `{"spotloom":1,"name":"x","slots":[{"options":[${'{"isNone":true},'.repeat(400_000)}{}]}]}`],
  ])('%s is refused in words, quickly, and leaves no project', async (what, text) => {
    const before = (await opened.client.projects.list({})).projects.length;
    const { error } = await handIn(text);
    if (what !== 'the same name twice') {
      expect(error?.code).toBe('project-file-invalid');
      expect(error?.userMessage.length).toBeGreaterThan(20);
      expect((await opened.client.projects.list({})).projects).toHaveLength(before);
    } else expect((await opened.assets()).map(({ name }) => name)).not.toContain('passwd');
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });

  it('is not waited for when it is a pipe or a folder', async () => {
    for (const path of [join(inside, 'pipe.json'), inside]) {
      const signal = AbortSignal.timeout(5000);
      const error = await refusal(opened.client.projects.importFile({ path }, { signal }));
      expect(['file-unreadable', 'invalid-input']).toContain(error.code);
    }
  });

  it('a project is never written over a file unless told so, nor through a link to another place', async () => {
    const { project } = await opened.client.projects.create({ name: 'Out' });
    const path = join(inside, 'taken.spotloom.json');
    writeFileSync(path, 'mine');
    const { projects } = opened.client;
    expect((await refusal(projects.exportFile({ id: project.id, path }))).code).toBe('conflict');
    expect(statSync(path).size).toBe(4);
    await projects.exportFile({ id: project.id, path, isOverwriting: true });
    expect((await projects.importFile({ path })).missingMedia).toEqual([]);
  });
});

const strange = [
  '../../../evil',
  'CON',
  'a/b\\c:d*?"<>|',
  'emoji 🎬👩‍👩‍👧',
  '-rf --help',
  '.hidden',
  `"quotes" & 'more' $(touch x) \`y\``,
  'two\nlines\ttab',
  '\u202Egpj.exe',
  'é'.repeat(200),
  '%03d {hook} {ratio}',
  '   ',
];

describe('names from people', () => {
  let project: Project;

  beforeAll(async () => {
    const footage = join(folder.path, 'footage');
    mkdirSync(footage);
    const names = [
      "it's “one”.mp4",
      'two\nlines.mp4',
      '-x.mp4',
      `${'n'.repeat(251)}.mp4`,
      '🎬 [a-z]*.mp4',
      'a%03d;b.mp4',
    ];
    for (const [at, name] of names.entries()) {
      await makeVideo(join(footage, name), { seconds: 0.5, size: '64x64', source: `color=c=0x${at}0${at}0${at}0` });
    }
    expect(await opened.importPaths([footage], 'copy')).toMatchObject({ imported: names.length, refused: 0 });
    const assets = (await opened.assets()).filter(({ sourceFolder }) => sourceFolder === footage);
    expect(assets.map(({ name }) => name).sort()).toEqual([...names].sort());
    project = await makeProject(opened.client, 'Names', { hook: assets });
  });

  it('of footage: copied in, and exported from, whatever they are', async () => {
    const views = await exportAll(opened.client, project, listVariants(project));
    expect(views.map(({ state, error }) => error?.message ?? state)).toEqual(views.map(() => 'finished'));
  });

  it('of options: become file names that every system takes, inside the folder, all different', async () => {
    const { client } = opened;
    const { id } = project;
    const first = project.slots[0]?.options[0]?.id as OptionId;
    for (const [at, name] of strange.entries()) {
      const newOptionId = `strange-${at}` as OptionId;
      await client.projects.apply({ id, edit: { type: 'option.duplicate', optionId: first, newOptionId, name } });
    }
    await client.projects.apply({ id, edit: { type: 'project.rename', name: '../..\n/etc' } });
    const now = await projectOf(client, id);
    const variants = listVariants(now).filter((variant) => variant['hook' as SlotId]?.startsWith('strange'));
    const outDir = join(folder.path, 'named');
    const views = [
      ...(await exportAll(client, now, variants, { outDir, namingPattern: '{hook}' })),
      ...(await exportAll(client, now, variants.slice(0, 2), { outDir, namingPattern: '../{project}/{hook}/..' })),
      ...(await exportAll(client, now, variants.slice(9, 10), { outDir, namingPattern: '{hook}{hook}{hook}' })),
    ];
    expect(views.map(({ state, error }) => error?.message ?? state)).toEqual(views.map(() => 'finished'));
    const names = readdirSync(outDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(outDir, join(entry.parentPath, entry.name)))
      .filter((name) => !name.startsWith('manifests'));
    expect(names.sort()).toEqual(views.map(({ fileName }) => fileName).sort());
    for (const name of names) expect(name).toMatch(/\.mp4$/);
    for (const part of names.flatMap((name) => name.split('/'))) {
      expect(part).not.toMatch(/^[-.\s]|[/\\:*?"<>|\p{Cc}\u202e]|^con\b/iu);
      expect(Buffer.byteLength(`${part}.json`)).toBeLessThanOrEqual(255);
    }
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(views.length);
    expect(readdirSync(folder.path)).not.toContain('evil.mp4');
  });
});

describe('words in the picture', () => {
  it('stay words: commands of the subtitle format neither move nor hide nor draw anything', async () => {
    const black = join(folder.path, 'black.mp4');
    await makeVideo(black, { seconds: 0.5, size: '180x320', source: 'color=c=black' });
    await opened.importPaths([black]);
    const asset = (await opened.assets()).filter(({ name }) => name === 'black.mp4');
    const headlines = ['Hi', '{\\pos(20,20)}Hi', '{\\an7\\fs200}Hi', '\\pos(20,20)}{Hi', 'Hi{\\alpha&HFF&}{\\p1}m 0 0'];
    const plain = await makeProject(opened.client, 'Words', { hook: headlines.flatMap(() => asset) }, { headlines });
    const { batchId } = await opened.client.render.start({
      ...{ projectId: plain.id, variants: listVariants(plain), ratios: ['9:16'], presetId: 'small-test' },
    });
    const { exports } = await opened.client.render.waitForBatch({ batchId });
    const boxes = await Promise.all(exports.map(({ path }) => brightBox(path)));
    const [hi, ...others] = boxes;
    if (!hi) throw new Error('nothing was exported');
    expect(hi.top).toBeGreaterThan(150);
    for (const box of others) {
      // In their usual place, in their usual size, and more of them than the two letters that are left of a command.
      expect(box.top).toBeGreaterThan(150);
      expect(box.bottom - box.top).toBeLessThan(60);
      expect(box.right - box.left).toBeGreaterThan((hi.right - hi.left) * 1.5);
    }
  });
});

/** The smallest box around everything bright of a file's first frame, in pixels of 180 × 320. */
async function brightBox(path: string): Promise<{ left: number; right: number; top: number; bottom: number }> {
  const args = ['-v', 'error', '-i', `file:${path}`, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'];
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer' });
  const box = { left: 180, right: 0, top: 320, bottom: 0 };
  for (const [at, value] of stdout.entries()) {
    if (value < 128) continue;
    const [x, y] = [at % 180, Math.floor(at / 180)];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}
