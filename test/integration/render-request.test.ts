import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PreflightFinding } from '#shared/contract/render.ts';
import type { AppError } from '#shared/errors/index.ts';
import type { Asset, AssetId, ProjectId } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import {
  assetOf,
  exportAll,
  exportRequest,
  openRenderEngine,
  openRenderKit,
  plainProject,
  type RenderKit,
  sourcesOf,
} from '../fixtures/render-kit.ts';

const signal = new AbortController().signal;
let kit: RenderKit;
let footage: Asset;
beforeAll(async () => {
  kit = await openRenderKit();
  const path = join(kit.folder, 'footage.mp4');
  await makeVideo(path, { seconds: 1 });
  footage = await assetOf(kit.ffmpeg, 'footage', path);
});
afterAll(() => kit.dispose());

const ad = plainProject([
  [{ id: 'c', startFrame: 0, lengthFrames: 20, content: { kind: 'media', media: { assetId: 'footage' } } }],
]);

test('what a placement would refuse is named before, and keeps an export from starting until it is left out', async () => {
  const engine = openRenderEngine(kit, sourcesOf([footage]), [ad]);
  try {
    const request = exportRequest(ad, {
      ...{ ratios: ['9:16'], outDir: join(kit.folder, 'placed'), placements: ['facebook-reels', 'youtube-shorts'] },
    });
    const findings = await engine.render.preflight(request, signal);
    const short = ({ placement, id, severity }: PreflightFinding) => `${placement} ${id} ${severity}`;
    expect(findings.map(short)).toEqual([
      ...['facebook-reels pixels error', 'facebook-reels length error', 'facebook-reels loudness warning'],
      'youtube-shorts loudness warning',
    ]);
    const refused = await engine.render.start(request, signal).catch((error: AppError) => error.toData());
    expect(refused).toMatchObject({ code: 'invalid-input', details: { findings: [{}, {}, {}, {}] } });
    expect(engine.render.list({}, { offset: 0, limit: 9 }).total).toBe(0);
    const [made] = await exportAll(engine.render, { ...request, placements: ['youtube-shorts'] });
    expect(made?.error?.message ?? made?.state).toBe('finished');
    expect(made?.placements).toEqual(['youtube-shorts']);
  } finally {
    await engine.dispose();
  }
});

test('an estimate and a preflight that are asked together plan once', async () => {
  const sources = sourcesOf([footage]);
  let plans = 0;
  // Each planning looks at the one source once.
  const renderSource = (id: AssetId) => {
    plans += 1;
    return sources.renderSource(id);
  };
  const engine = openRenderEngine(kit, { ...sources, renderSource }, [ad]);
  try {
    const request = exportRequest(ad, { ratios: ['9:16'], placements: ['facebook-reels'] });
    const [estimate, findings] = await Promise.all([
      engine.render.estimate(request, signal),
      engine.render.preflight(request, signal),
    ]);
    expect([estimate.outputs.length, findings.length > 0, plans]).toEqual([1, true, 1]);
    expect(await engine.render.preflight(request, signal)).toEqual(findings);
    expect(plans).toBe(1);
    // The next estimate is of now.
    await engine.render.estimate(request, signal);
    expect(plans).toBe(2);
  } finally {
    await engine.dispose();
  }
});

test('files get the names that were shown before, whatever lies there, and permanent ids when asked for', async () => {
  const outDir = join(kit.folder, 'named');
  await mkdir(join(outDir, '9x16'), { recursive: true });
  await writeFile(join(outDir, '9x16', 'ACME BODY 1.MP4'), 'theirs');
  const other = { ...ad, id: 'other' as ProjectId };
  const engine = openRenderEngine(kit, sourcesOf([footage]), [other]);
  try {
    engine.settings.update({ brandName: 'Acme' });
    const request = exportRequest(other, { ratios: ['9:16', '1:1'], outDir, namingPattern: '{ratio}/{brand} {body}' });
    const shown = async (more: Partial<typeof request> = {}) =>
      (await engine.render.estimate({ ...request, ...more }, signal)).outputs.map(({ fileName }) => fileName);
    const before = await shown();
    expect(before).toEqual(['9x16/Acme Body 1 (2).mp4', '1x1/Acme Body 1.mp4']);
    const made = await exportAll(engine.render, request);
    expect(made.map(({ error, fileName }) => error?.message ?? fileName)).toEqual(before);
    expect(made.every(({ isFileMissing }) => !isFileMissing)).toBe(true);
    expect((await readdir(join(outDir, 'manifests'), { recursive: true })).sort()).toEqual(
      [...['9x16', '1x1'], ...before.map((name) => `${name}.json`)].sort(),
    );
    await expect(shown({ namingPattern: '{body}_{product}' })).rejects.toThrow(/\{product\}.*\{brand\}/);
    // Ids stay what they are: shown twice, and what the exports have.
    const [first, second] = await shown({ namingPattern: '{creative}-{group}' });
    expect(await shown({ namingPattern: '{creative}-{group}' })).toEqual([first, second]);
    expect(made[0]?.creativeId).toContain(first?.slice(0, 8));
    expect(first?.split('-')[1]).toBe(second?.split('-')[1]);
    expect(first?.split('-')[0]).not.toBe(second?.split('-')[0]);
  } finally {
    await engine.dispose();
  }
});
