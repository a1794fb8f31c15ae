import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, copyFile, mkdir, open, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ffmpeg, RunOptions } from '#main/platform/ffmpeg/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Asset, Project } from '#shared/model/index.ts';
import { makeNumbered, readNumbers } from '../fixtures/numbered.ts';
import {
  assetOf,
  exportAll,
  exportRequest,
  openRenderEngine,
  openRenderKit,
  plainProject,
  project,
  type RenderEngine,
  type RenderKit,
  sourcesOf,
} from '../fixtures/render-kit.ts';

const run = promisify(execFile);
const signal = new AbortController().signal;
let kit: RenderKit;
let original: string;
let engine: RenderEngine;
let sources: ReturnType<typeof sourcesOf>;
/** Called before each ffmpeg run: where faults come from. */
let beforeRun: (options: RunOptions) => Promise<void> | void = () => {};

beforeAll(async () => {
  kit = await openRenderKit();
  original = join(kit.folder, 'original.mp4');
  await makeNumbered(original, { frames: 180, rate: '30', toneHz: 300 });
  const ffmpeg: Ffmpeg = {
    ...kit.ffmpeg,
    async run(options) {
      await beforeRun(options);
      return kit.ffmpeg.run(options);
    },
  };
  sources = sourcesOf([]);
  engine = openRenderEngine(kit, sources, [], { ffmpeg });
});
afterAll(async () => {
  await engine.dispose();
  await kit.dispose();
});

/** A copy of the footage under an id of its own. */
async function footage(id: string): Promise<Asset> {
  const path = join(kit.folder, `${id}.mp4`);
  await copyFile(original, path);
  const asset = await assetOf(kit.ffmpeg, id, path);
  sources.assets.set(asset.id, asset);
  return asset;
}

function ad(id: string, assetId = id, lengthFrames = 90): Project {
  const content = { kind: 'media', media: { assetId } };
  const made = plainProject([[{ id: 'c', startFrame: 0, lengthFrames, content }]], { id, name: id });
  engine.projects.set(made.id, made);
  return made;
}

const outDir = (id: string) => join(kit.folder, `out-${id}`);
const filesIn = async (folder: string) => (existsSync(folder) ? await readdir(folder) : []);
const isEncoding = (options: RunOptions) => options.args.includes('libx264');

/** Does something once, before the first encode. */
function onceEncoding(action: () => Promise<void> | void): void {
  let isDone = false;
  beforeRun = async (options) => {
    if (isDone || !isEncoding(options)) return;
    isDone = true;
    await action();
  };
}

test('a source that changes, or goes, while it is rendered is a clear error; nothing is left, and it goes on once mended', async () => {
  const changing = await footage('changing');
  const path = changing.locations[0]?.path ?? '';
  const of = ad('changing');
  onceEncoding(() => appendFile(path, 'x'));
  const [changed] = await exportAll(engine.render, exportRequest(of, { outDir: outDir('changing') }));
  expect(changed).toMatchObject({ state: 'failed', error: { code: 'file-changed', retry: 'relink' } });
  expect(await filesIn(outDir('changing'))).toEqual([]);

  await copyFile(original, path);
  onceEncoding(() => rm(path));
  const again = await engine.render.rerun(changed?.id ?? '');
  const [gone] = await engine.render.waitForBatch(again.batchId, signal);
  expect(gone?.state).toBe('failed');
  expect(['file-not-found', 'media-missing']).toContain(gone?.error?.code);

  await copyFile(original, path);
  beforeRun = () => {};
  await engine.render.rerun(changed?.id ?? '');
  const [mended] = await engine.render.waitForBatch(again.batchId, signal);
  expect(mended).toMatchObject({ state: 'finished', revision: 1 });
  expect(await filesIn(outDir('changing'))).toEqual(['changing_Body 1_16x9.mp4', 'manifests']);
});

test('a file that was replaced since import is not rendered, and a new time alone makes no stale picture', async () => {
  const asset = await footage('replaced');
  const path = asset.locations[0]?.path ?? '';
  const of = ad('replaced');
  const [first] = await exportAll(engine.render, exportRequest(of));
  expect((await readNumbers(first?.path ?? ''))[0]).toBe(0);
  // Same size, other content, other time: the hash is not known yet, so only the time tells.
  const bytes = await readFile(path);
  const other = join(kit.folder, 'other.mp4');
  await makeNumbered(other, { frames: 180, rate: '30', toneHz: 300, args: ['-vf', 'negate'] });
  const replacement = Buffer.concat([await readFile(other), Buffer.alloc(bytes.length)]).subarray(0, bytes.length);
  await writeFile(path, replacement);
  await utimes(path, 1, 1);
  const [second] = await exportAll(engine.render, exportRequest(of));
  if (second?.state === 'finished') expect((await readNumbers(second.path))[0]).not.toBe(0);
  else expect(second?.error?.code).toBe('media-damaged');
  await appendFile(path, 'more');
  await expect(engine.render.start(exportRequest(of), signal)).rejects.toMatchObject({ code: 'file-changed' });
});

test('damaged footage is refused with evidence, not shown as it happens to decode', async () => {
  const asset = await footage('damaged');
  const path = asset.locations[0]?.path ?? '';
  const handle = await open(path, 'r+');
  const { size } = await handle.stat();
  await handle.write(Buffer.alloc(6000, 0xa5), 0, 6000, Math.floor(size * 0.3));
  await handle.close();
  const [done] = await exportAll(
    engine.render,
    exportRequest(ad('damaged', 'damaged', 170), { outDir: outDir('damaged') }),
  );
  expect(done).toMatchObject({ state: 'failed', error: { code: 'media-damaged' } });
  expect(String(done?.error?.details?.evidence)).not.toBe('');
  expect(await filesIn(outDir('damaged'))).toEqual([]);
});

test('cancelling stops ffmpeg and leaves nothing', async () => {
  await footage('cancelled');
  const of = ad('cancelled');
  const reached = Promise.withResolvers<void>();
  onceEncoding(() => reached.resolve());
  const { batchId, exports } = await engine.render.start(exportRequest(of, { outDir: outDir('cancelled') }), signal);
  await reached.promise;
  await engine.render.cancel({ batchId });
  expect(engine.render.get(exports[0]?.id ?? '').state).toBe('cancelled');
  expect(await filesIn(outDir('cancelled'))).toEqual([]);
  expect(engine.render.runningCount()).toBe(0);
  const rooms = await readdir(kit.paths.temp);
  for (const room of rooms) expect(await readdir(join(kit.paths.temp, room))).toEqual(['fonts']);
  await engine.render.rerun(exports[0]?.id ?? '');
  const [done] = await engine.render.waitForBatch(batchId, signal);
  expect(done?.state).toBe('finished');
});

test('a file that appears under the name meanwhile is not touched', async () => {
  await footage('foreign');
  const name = 'foreign_Body 1_16x9.mp4';
  onceEncoding(async () => {
    await mkdir(outDir('foreign'), { recursive: true });
    await writeFile(join(outDir('foreign'), name), 'mine');
  });
  const [done] = await exportAll(engine.render, exportRequest(ad('foreign'), { outDir: outDir('foreign') }));
  expect(done).toMatchObject({ state: 'finished', fileName: 'foreign_Body 1_16x9 (2).mp4', isFileMissing: false });
  expect(await readFile(join(outDir('foreign'), name), 'utf8')).toBe('mine');
});

test('a folder that cannot be written and a missing ffmpeg are named before anything starts', async () => {
  await footage('refused');
  const of = ad('refused');
  const request = exportRequest(of, { outDir: join(original, 'sub') });
  const { problems } = await engine.render.estimate(request, signal);
  expect(problems.map((problem) => problem.error.code)).toContain('folder-unwritable');
  await expect(engine.render.start(request, signal)).rejects.toMatchObject({ code: 'folder-unwritable' });
  const missing = new AppError('ffmpeg-missing', 'No ffmpeg.', { retry: 'install-ffmpeg' });
  const otherKit = await openRenderKit();
  const broken = openRenderEngine(otherKit, sources, [of], {
    ffmpeg: { ...otherKit.ffmpeg, tools: () => Promise.reject(missing) },
  });
  try {
    expect((await broken.render.estimate(exportRequest(of), signal)).problems[0]?.error.code).toBe('ffmpeg-missing');
    await expect(broken.render.start(exportRequest(of), signal)).rejects.toBe(missing);
    expect(broken.render.list({}, { offset: 0, limit: 1 }).total).toBe(0);
  } finally {
    await broken.dispose();
    await otherKit.dispose();
  }
});

test('what cannot be exported yet is named; one broken variant does not hold up another', async () => {
  await footage('good');
  const sequence = (id: string, assetId: string) => ({
    id,
    tracks: [
      {
        id: `t-${id}`,
        kind: 'visual',
        clips: [{ id: `c-${id}`, startFrame: 0, lengthFrames: 40, content: { kind: 'media', media: { assetId } } }],
      },
    ],
  });
  const option = (id: string) => ({ id: `o-${id}`, name: id, content: { kind: 'sequence', sequenceId: id } });
  const of = project({
    id: 'mixed',
    name: 'Mixed',
    slots: [
      { id: 'hook', name: 'Hook', role: 'hook', options: [option('good'), option('nowhere')] },
      { id: 'cta', name: 'CTA', role: 'cta', options: [option('end')] },
    ],
    sequences: [sequence('good', 'good'), sequence('nowhere', 'nowhere'), sequence('end', 'good')],
  });
  engine.projects.set(of.id, of);
  const results = await exportAll(engine.render, exportRequest(of));
  expect(results.map(({ variantName, state, error }) => [variantName, state, error?.code])).toEqual([
    ['good · end', 'finished', undefined],
    ['nowhere · end', 'failed', 'media-missing'],
  ]);
  // A nested cut that is moved as a whole.
  const nested = structuredClone(sequence('good', 'good'));
  const [clip] = nested.tracks[0]?.clips ?? [];
  Object.assign(clip ?? {}, { content: { kind: 'sequence', sequenceId: 'end' }, layout: { scale: 0.5 } });
  engine.projects.set(of.id, project({ ...of, sequences: [nested, ...of.sequences.slice(1)] }));
  const { problems } = await engine.render.estimate(exportRequest(of), signal);
  expect(
    problems.filter(({ error }) => error.code === 'capability-missing').map(({ error }) => error.userMessage)[0],
  ).toContain('as a whole');
});

test('characters and fonts that are not there are named before rendering', async () => {
  const text = (words: string, style: object = {}) => {
    const content = { kind: 'text', text: words, style };
    return plainProject([[{ id: 't', startFrame: 0, lengthFrames: 30, content }]], { id: 'glyphs' });
  };
  const errorsOf = async (of: Project) => {
    engine.projects.set(of.id, of);
    return (await engine.render.estimate(exportRequest(of), signal)).problems.map(({ error }) => error.userMessage);
  };
  expect(await errorsOf(text('Élan – naïve “ok” €5'))).toEqual([]);
  expect(await errorsOf(text('Hot 🔥 deal 👩‍👩‍👧 ❤️ 1️⃣'))).toEqual([]);
  expect((await errorsOf(text('Hot 𓀀')))[0]).toContain('𓀀');
  expect((await errorsOf(text('x', { fontFamily: 'Comic Sans MS' })))[0]).toContain('Comic Sans MS');
});

test('a full disk is a clear error, and the export goes on when there is room', async (context) => {
  const folder = join(kit.folder, 'small-disk');
  await mkdir(folder);
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=2000k', 'tmpfs', folder]);
  } catch {
    context.skip('this account may not mount a small disk');
  }
  try {
    await footage('full');
    const ballast = join(folder, 'ballast');
    await writeFile(ballast, Buffer.alloc(1_980_000));
    const of = ad('full', 'full', 170);
    const request = exportRequest(of, { outDir: folder });
    const { problems } = await engine.render.estimate(request, signal);
    expect(problems.map(({ error }) => error.code)).toContain('disk-full');
    await expect(engine.render.start(request, signal)).rejects.toMatchObject({
      code: 'disk-full',
      retry: 'free-space',
    });
    // There is room at the start, and none when the file is written.
    await rm(ballast);
    onceEncoding(() => writeFile(ballast, Buffer.alloc(2_000_000)));
    const [failed] = await exportAll(engine.render, request);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'disk-full', retry: 'free-space' } });
    expect(await filesIn(folder)).toEqual(['ballast']);
    await rm(ballast);
    const again = await engine.render.rerun(failed?.id ?? '');
    const [done] = await engine.render.waitForBatch(again.batchId, signal);
    expect(done).toMatchObject({ state: 'finished', error: null });
  } finally {
    await run('umount', [folder]);
  }
});
