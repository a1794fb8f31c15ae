import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Asset, Project } from '#shared/model/index.ts';
import { releaseSchema } from '#shared/model/index.ts';
import { makeNumbered, readNumbers } from '../fixtures/numbered.ts';
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

let kit: RenderKit;
let footage: Asset;
beforeAll(async () => {
  kit = await openRenderKit();
  const path = join(kit.folder, 'footage.mp4');
  await makeNumbered(path, { frames: 240, rate: '30', toneHz: 440 });
  footage = await assetOf(kit.ffmpeg, 'footage', path);
});
afterAll(() => kit.dispose());

const media = (inFrame: number, speed = 1) => ({
  kind: 'media',
  media: { assetId: 'footage' },
  sourceInSeconds: { num: inFrame, den: 30 },
  speed: { num: speed, den: 1 },
});

function adProject(more: Record<string, unknown> = {}): Project {
  return plainProject(
    [
      [{ id: 'c1', startFrame: 0, lengthFrames: 120, content: media(30) }],
      [{ id: 't1', startFrame: 20, lengthFrames: 40, content: { kind: 'text', text: 'Hello' } }],
    ],
    more,
  );
}

test('an export ends as a checked file with a release and a manifest, and a second one has nothing left to encode', async () => {
  const ad = adProject({ id: 'quick', name: 'My ad: 50% off?' });
  const engine = openRenderEngine(kit, sourcesOf([footage]), [ad]);
  try {
    const [first] = await exportAll(engine.render, exportRequest(ad, { ratios: ['16:9', '9:16'] }));
    expect(first?.error).toBeNull();
    expect(first).toMatchObject({ state: 'finished', fraction: 1, revision: 1, frameCount: 120, isFileMissing: false });
    expect(first?.fileName).toBe('My ad_ 50% off_Body 1_16x9.mp4');
    expect(first?.check?.isPassed).toBe(true);
    expect(await readNumbers(first?.path ?? '')).toEqual(Array.from({ length: 120 }, (_, n) => n + 30));
    const outDir = dirname(first?.path ?? '');
    const manifest = JSON.parse(await readFile(join(outDir, 'manifests', `${first?.fileName}.json`), 'utf8'));
    const { releases } = engine.render.releases(ad.id, { offset: 0, limit: 10 });
    expect(releases).toHaveLength(2);
    expect(releases).toContainEqual(releaseSchema.parse(manifest));

    const { missingSeconds } = await engine.render.estimate(exportRequest(ad), new AbortController().signal);
    expect(missingSeconds).toBe(0);
    const [second] = await exportAll(engine.render, exportRequest(ad));
    expect(second).toMatchObject({ state: 'finished', revision: 2, fileName: 'My ad_ 50% off_Body 1_16x9_v2.mp4' });
    expect(await readFile(second?.path ?? '')).toEqual(await readFile(first?.path ?? ''));
    const states = await engine.render.variantStates(ad.id, new AbortController().signal);
    expect(states.map(({ ratio, state, revision }) => [ratio, state, revision]).sort()).toEqual([
      ['16:9', 'exported', 2],
      ['9:16', 'exported', 1],
    ]);
    expect((await readdir(outDir)).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(existsSync(kit.paths.temp) ? (await readdir(kit.paths.temp)).length : 0).toBeLessThanOrEqual(1);
  } finally {
    await engine.dispose();
  }
  expect(await readdir(kit.paths.temp)).toEqual([]);
});
