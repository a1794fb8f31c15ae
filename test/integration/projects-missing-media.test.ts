import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, EngineHandlers } from '#main/engine/types.ts';
import { createEngine } from '#main/engine.ts';
import { silentLog } from '#main/platform/log/index.ts';
import { resourcesFolder } from '#main/platform/paths/index.ts';
import { assetFilterSchema, exportRequestSchema } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  type AssetId,
  assetSchema,
  exportBatchIdSchema,
  listVariants,
  type ProjectId,
  projectIdSchema,
  projectSchema,
  usedAssets,
} from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';

let folder: string;
let engine: Engine;
let call: EngineHandlers;
const context = { signal: new AbortController().signal };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'spotloom-missing-'));
  for (const name of ['ad', 'store', 'other']) mkdirSync(join(folder, name));
  engine = await createEngine({
    ...{ libraryFolder: join(folder, 'library'), resourcesDir: resourcesFolder(), face: 'terminal' },
    ...{ hasSample: false, log: silentLog() },
  });
  await engine.settled;
  call = engine.handlersFor({ mediaBase: '' });
});
afterAll(async () => {
  await engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const at = (...parts: string[]) => join(folder, ...parts);
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const small = { size: '64x64', rate: '30' };

function projectFile(name: string, media: Record<string, unknown>): string {
  const options = Object.keys(media).map((key) => ({ clips: [{ media: key, out: 0.5 }] }));
  const path = at('ad', `${name}.spotloom.json`);
  writeFileSync(path, JSON.stringify({ spotloom: 1, name, media, slots: [{ role: 'hook', options }] }));
  return path;
}

async function opened(path: string) {
  const report = await call.projects.importFile({ path, grantedFolders: [] }, context);
  const projectId = projectIdSchema.parse(report.projectId);
  const { project } = await call.projects.get({ id: projectId }, context);
  return { projectId, missingMedia: report.missingMedia, ids: usedAssets(projectSchema.parse(project)) };
}

const asset = (id: AssetId | undefined) => call.library.get({ id: id as AssetId }, context);
const refusal = (promise: unknown) =>
  Promise.resolve(promise).then(
    () => null,
    (error: unknown) => (error instanceof AppError ? error : null),
  );
const relink = async (assetId: AssetId | undefined, path: string) =>
  call.library.relink({ assetId, path } as { assetId: AssetId; path: string }, context);
const importFiles = async (...paths: string[]) => {
  const { importId } = await call.library.import({ paths, uploads: [], mode: 'link' }, context);
  return (await call.library.waitForImport({ importId }, context)).items;
};

async function request(projectId: ProjectId) {
  const { project } = await call.projects.get({ id: projectId }, context);
  const variants = listVariants(projectSchema.parse(project), 10);
  return exportRequestSchema.parse({ projectId, variants, ratios: ['1:1'], outDir: at('out') });
}

describe('media that the library has', () => {
  it('is used by content or by its place, without asking for its folder and without importing it again', async () => {
    await makeVideo(at('store', 'here.mp4'), small);
    await makeVideo(at('store', 'moved.mp4'), { ...small, source: 'smptebars' });
    const items = await importFiles(at('store', 'here.mp4'), at('store', 'moved.mp4'));
    const hash = sha256(at('store', 'moved.mp4'));
    const before = (await call.library.facets({}, context)).total;
    const path = projectFile('known', {
      byPlace: '../store/here.mp4',
      byContent: { path: 'gone/moved.mp4', sha256: hash },
      byNameOnly: { name: 'whatever.mp4', sha256: hash },
    });
    const { ids, missingMedia } = await opened(path);
    expect(missingMedia).toEqual([]);
    expect(new Set(ids)).toEqual(new Set(items.map((item) => item.assetId)));
    expect((await call.library.facets({}, context)).total).toBe(before);
  });

  it('is not taken for another content at its place', async () => {
    const path = projectFile('other-content', { a: { path: '../store/here.mp4', sha256: 'a'.repeat(64) } });
    expect((await refusal(opened(path)))?.code).toBe('path-refused');
  });

  it('comes back when it was taken out of the library', async () => {
    const { assets } = await call.library.list(
      { filter: assetFilterSchema.parse({ search: 'here' }), sort: 'newest', offset: 0, limit: 1 },
      context,
    );
    const id = assets[0]?.id as AssetId;
    await call.library.remove({ ids: [id], force: true }, context);
    const { ids } = await opened(projectFile('brought-back', { a: '../store/here.mp4' }));
    expect(ids).toEqual([id]);
    const { total } = await call.library.list(
      { filter: assetFilterSchema.parse({ search: 'here' }), sort: 'newest', offset: 0, limit: 1 },
      context,
    );
    expect(total).toBe(1);
  });
});

describe('media that nobody has', () => {
  it('is missing in the library, named when rendering, and works once it is relinked', async () => {
    await makeVideo(at('other', 'take.mp4'), { ...small, tonesHz: [440] });
    await makeVideo(at('other', 'wrong.mp4'), { ...small, source: 'rgbtestsrc' });
    const hash = sha256(at('other', 'take.mp4'));
    const { ids, projectId, missingMedia } = await opened(
      projectFile('absent', { a: { path: 'footage/hook 1.mp4', sha256: hash } }),
    );
    expect(missingMedia).toMatchObject([{ path: at('ad', 'footage', 'hook 1.mp4') }]);
    const [id] = ids;
    const placeholder = await asset(id);
    expect(assetSchema.parse(placeholder)).toEqual(placeholder);
    expect(placeholder).toMatchObject({ name: 'hook 1.mp4', kind: 'video', isMissing: true, contentHash: null });
    expect(placeholder.locations).toEqual([{ path: at('ad', 'footage', 'hook 1.mp4'), mode: 'link', isMissing: true }]);
    const listed = await call.library.list(
      { filter: assetFilterSchema.parse({ isMissing: true }), sort: 'newest', offset: 0, limit: 10 },
      context,
    );
    expect(listed.assets.map((one) => one.id)).toEqual([id]);
    expect(await call.library.checkMissing({}, context)).toEqual({ missing: 1 });

    const [problem] = (await call.render.estimate(await request(projectId), context)).problems;
    expect(problem?.error.code).toBe('media-missing');
    expect(problem?.error.userMessage).toContain('hook 1.mp4');

    const out = at('ad', 'again.spotloom.json');
    await call.projects.exportFile({ id: projectId, path: out, isOverwriting: true }, context);
    expect(Object.values(JSON.parse(readFileSync(out, 'utf8')).media)).toEqual([
      { path: 'footage/hook 1.mp4', sha256: hash },
    ]);
    // The same missing media again is the same placeholder.
    const again = await opened(out);
    expect(again).toMatchObject({ ids: [id], missingMedia: [{ path: at('ad', 'footage', 'hook 1.mp4') }] });

    expect((await refusal(relink(id, at('other', 'wrong.mp4'))))?.code).toBe('conflict');
    expect((await asset(id)).isMissing).toBe(true);
    expect(await relink(id, at('other', 'take.mp4'))).toEqual({ relinked: [id], stillMissing: 0 });
    const filled = await asset(id);
    expect(filled).toMatchObject({ isMissing: false, contentHash: hash, kind: 'video', name: 'hook 1.mp4' });
    expect(filled.probe.video).toMatchObject({ width: 64, height: 64 });
    expect(filled.renditions.map((one) => one.kind)).toContain('thumbnail');
    expect(filled.locations).toEqual([{ path: at('other', 'take.mp4'), mode: 'link', isMissing: false }]);

    const started = await call.render.start(await request(projectId), context);
    const batchId = exportBatchIdSchema.parse(started.batchId);
    const { exports } = await call.render.waitForBatch({ batchId }, context);
    expect(exports).toMatchObject([{ state: 'finished' }]);
  }, 60_000);

  it('accepts any file the person chooses when its content is not known, and finds it by name below a folder', async () => {
    await makeVideo(at('other', 'chosen.mp4'), { ...small, source: 'testsrc' });
    await makeVideo(at('other', 'named.mp4'), { ...small, source: 'pal75bars' });
    const { ids } = await opened(projectFile('unhashed', { a: 'x/first.mp4', b: 'x/named.mp4' }));
    expect((await relink(ids[0], at('other', 'chosen.mp4'))).relinked).toEqual([ids[0]]);
    expect((await call.library.relink({ path: at('other') }, context)).relinked).toEqual([ids[1]]);
    expect((await asset(ids[1])).locations).toMatchObject([{ path: at('other', 'named.mp4') }]);
    expect((await refusal(relink(ids[0], at('nowhere'))))?.code).toBe('file-not-found');
  });

  it('refuses a chosen file that is no media, and stays missing', async () => {
    writeFileSync(at('other', 'empty.mp4'), '');
    const { ids } = await opened(projectFile('unfit', { a: 'x/unfit.mp4' }));
    expect(await refusal(relink(ids[0], at('other', 'empty.mp4')))).not.toBeNull();
    expect((await asset(ids[0])).isMissing).toBe(true);
  });

  it('is filled by importing its file, at its place or with its content', async () => {
    await makeVideo(at('other', 'late.mp4'), { ...small, source: 'pal100bars' });
    await makeVideo(at('other', 'place.mp4'), { ...small, source: 'yuvtestsrc' });
    const { ids } = await opened(
      projectFile('late', {
        a: { path: 'x/renamed.mp4', sha256: sha256(at('other', 'late.mp4')) },
        b: 'place.mp4',
      }),
    );
    renameSync(at('other', 'place.mp4'), at('ad', 'place.mp4'));
    const items = await importFiles(at('other', 'late.mp4'), at('ad', 'place.mp4'));
    const idOf = (name: string) => items.find(({ path }) => path.endsWith(name))?.assetId;
    expect([idOf('late.mp4'), idOf('place.mp4')]).toEqual(ids);
    for (const id of ids) expect((await asset(id)).isMissing).toBe(false);
  });

  it('takes the place of an unused asset that holds the chosen content already', async () => {
    await makeVideo(at('other', 'early.mp4'), { ...small, source: 'yuvtestsrc', seconds: 2 });
    const { ids } = await opened(projectFile('early', { a: 'x/somewhere.mp4' }));
    const [item] = await importFiles(at('other', 'early.mp4'));
    await call.library.update({ ids: [item?.assetId as AssetId], patch: { rating: 4 } }, context);
    expect((await relink(ids[0], at('other', 'early.mp4'))).relinked).toEqual([ids[0]]);
    expect(await asset(ids[0])).toMatchObject({ name: 'early.mp4', isMissing: false, rating: 4 });
    const second = await opened(projectFile('early-2', { a: 'x/elsewhere.mp4' }));
    const error = await refusal(relink(second.ids[0], at('other', 'early.mp4')));
    expect(error?.userMessage).toContain('early');
    expect(await asset(ids[0])).toMatchObject({ isMissing: false });
  });

  it('makes one placeholder for one file that is named twice', async () => {
    const { ids, missingMedia } = await opened(projectFile('twice', { a: 'x/twice.wav', b: 'x/twice.wav' }));
    expect(ids).toHaveLength(1);
    expect(missingMedia).toHaveLength(2);
    expect((await asset(ids[0])).kind).toBe('audio');
  });
});
