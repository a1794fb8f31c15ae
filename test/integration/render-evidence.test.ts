import { existsSync } from 'node:fs';
import { copyFile, open, readdir, rename, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunOptions } from '#main/platform/ffmpeg/index.ts';
import type { CheckReport, ExportView } from '#shared/contract/render.ts';
import { makeNumbered } from '../fixtures/numbered.ts';
import {
  assetOf,
  exportAll,
  exportRequest,
  openRenderEngine,
  openRenderKit,
  plainProject,
  type RenderEngine,
  type RenderKit,
  sourcesOf,
} from '../fixtures/render-kit.ts';

let kit: RenderKit;
let engine: RenderEngine;
/** Called with the path of each joined file, before anything looks at it. */
let spoil: ((path: string) => Promise<void>) | null = null;

/** An ad of 90 frames from one piece of media, from frame 30 of it on. */
const ad = (id: string) =>
  plainProject(
    [
      [
        {
          ...{ id: 'c', startFrame: 0, lengthFrames: 90 },
          content: { kind: 'media', media: { assetId: id }, sourceInSeconds: { num: 1, den: 1 } },
        },
      ],
    ],
    { id, name: id },
  );

beforeAll(async () => {
  kit = await openRenderKit();
  const make = async (id: string, change?: (path: string) => Promise<void>) => {
    const path = join(kit.folder, `${id}.mp4`);
    await makeNumbered(path, { frames: 180, rate: '30', toneHz: 300, args: ['-g', '15', '-movflags', '+faststart'] });
    await change?.(path);
    return assetOf(kit.ffmpeg, id, path);
  };
  const assets = [await make('whole'), await make('broken', damageMiddle)];
  const ffmpeg = {
    ...kit.ffmpeg,
    async run(options: RunOptions) {
      const result = await kit.ffmpeg.run(options);
      const target = options.args.at(-1) ?? '';
      if (spoil && options.args.includes('-auto_convert')) await spoil(target);
      return result;
    },
  };
  engine = openRenderEngine(kit, sourcesOf(assets), ['whole', 'broken'].map(ad), { ffmpeg });
});
afterAll(async () => {
  await engine.dispose();
  await kit.dispose();
});

/** Overwrites a good part of the media behind the middle: pictures from then on cannot be right. */
async function damageMiddle(path: string): Promise<void> {
  const file = await open(path, 'r+');
  const { size } = await file.stat();
  await file.write(Buffer.alloc(Math.floor(size * 0.2), 0x5a), 0, Math.floor(size * 0.2), Math.floor(size * 0.5));
  await file.close();
}

async function exported(id: string): Promise<ExportView> {
  const [done] = await exportAll(engine.render, exportRequest(ad(id)));
  if (!done) throw new Error('no export');
  return done;
}

test('an export that fails its check keeps pictures of the frames, until it is made good or forgotten', async () => {
  spoil = async (path) => {
    const lost = `${path}.lost.mp4`;
    const drop = ['-c', 'copy', '-bsf:v', "noise=drop='eq(n,40)'", '-movflags', '+faststart'];
    await kit.ffmpeg.run({ args: ['-y', '-i', path, ...drop, lost] });
    await rename(lost, path);
  };
  const failed = await exported('whole');
  spoil = null;
  expect(failed).toMatchObject({ state: 'failed', error: { code: 'output-check-failed' } });
  expect(existsSync(failed.path)).toBe(false);
  const finding = failed.check?.findings.find((one) => one.id === 'same-picture');
  expect(finding?.frames).toHaveLength(1);
  const [frame = -1] = finding?.frames ?? [];
  expect(finding?.pictures.map((one) => one.label)).toContain(`Frame ${frame} as it was meant`);
  for (const { url } of finding?.pictures ?? []) {
    expect(url).toMatch(new RegExp(`^exports/${failed.id}/evidence/\\d+$`));
    const file = engine.render.evidenceFile(failed.id, url.split('/').at(-1) ?? '');
    expect(file?.mime).toBe('image/jpeg');
    expect((await kit.ffmpeg.probe(file?.path ?? '')).streams[0]).toMatchObject({ codec_name: 'mjpeg' });
  }
  expect(engine.render.evidenceFile('../../library', '1')).toBeNull();
  expect(engine.render.evidenceFile(failed.id, '../1')).toBeNull();

  const again = await engine.render.rerun(failed.id);
  const [made] = await engine.render.waitForBatch(again.batchId, new AbortController().signal);
  expect(made).toMatchObject({ state: 'finished', error: null });
  expect(engine.render.evidenceFile(failed.id, '1')).toBeNull();
});

test('a source that turns out broken is shown where it breaks: frames of the ad, time in the file, pictures', async () => {
  const failed = await exported('broken');
  expect(failed).toMatchObject({ state: 'failed', error: { code: 'media-damaged' } });
  const details = failed.error?.details as { frames: number[]; sourceSeconds: number; report: CheckReport };
  // Damage begins somewhere behind the middle of six seconds; the ad shows the file from its first second on.
  expect(details.sourceSeconds).toBeGreaterThan(1.5);
  expect(details.sourceSeconds).toBeLessThan(4);
  expect(details.frames[0]).toBe(Math.round((details.sourceSeconds - 1) * 30) + 1);
  expect(failed.error?.userMessage).toMatch(/“broken.mp4”.*of the file on; frames? \d+/);
  const [finding] = failed.check?.findings ?? [];
  expect(finding).toMatchObject({ id: 'source', state: 'failed', frames: details.frames });
  expect(finding?.pictures[0]?.label).toBe('Last good frame of the file');
  const [first] = finding?.pictures ?? [];
  expect(first?.url).not.toBe('');
  engine.render.forget([failed.id]);
  await expect.poll(() => readdir(join(kit.paths.root, 'evidence')), { timeout: 10_000 }).not.toContain(failed.id);
});

test('another file in the place of a source is shown for what it is: size, where it breaks, which frames need the old one', async () => {
  const path = join(kit.folder, 'taken.mp4');
  await makeNumbered(path, { frames: 180, rate: '30', toneHz: 300, args: ['-g', '15', '-movflags', '+faststart'] });
  const kept = join(kit.folder, 'kept.mp4');
  await copyFile(path, kept);
  const assets = [await assetOf(kit.ffmpeg, 'taken', path)];
  const own = openRenderEngine(kit, sourcesOf(assets), [ad('taken')]);
  try {
    const signal = new AbortController().signal;
    const exportedWith = async (change: () => Promise<void>) => {
      await copyFile(kept, path);
      own.jobs.pause('export');
      const { batchId } = await own.render.start(exportRequest(ad('taken')), signal);
      await change();
      own.jobs.resume('export');
      const [view] = await own.render.waitForBatch(batchId, signal);
      return view;
    };
    const cut = await exportedWith(async () => {
      await truncate(path, Math.floor((await stat(path)).size * 0.6));
    });
    expect(cut).toMatchObject({ state: 'failed', error: { code: 'file-changed' } });
    expect(cut?.error?.userMessage).toMatch(/The new file is damaged from \d\.\d+ s on/);
    const [finding] = cut?.check?.findings ?? [];
    expect(finding?.found).toMatch(/another file of .* [KM]B; damaged from .*; needed for frames 0 to 89 of the ad/);
    expect(finding?.pictures.map(({ label }) => label)).toContain('Last good frame of the new file');
    expect(finding?.pictures[0]?.url).not.toBe('');

    const words = await exportedWith(() => writeFile(path, 'This is no video.'));
    expect(words?.error?.userMessage).toContain('Nothing of the new file can be read.');
    expect(words?.check?.findings[0]?.found).toContain('nothing of it can be read');
  } finally {
    await own.dispose();
  }
});
