import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rational } from '#shared/units/index.ts';
import { makeNumbered, readNumbers } from '../fixtures/numbered.ts';
import {
  assetOf,
  exportAll,
  exportRequest,
  openRenderEngine,
  openRenderKit,
  plainProject,
  sourcesOf,
} from '../fixtures/render-kit.ts';

/** The build of 2018 that npm brings; null where it is not installed. */
function oldFfmpeg(): string | null {
  try {
    const { path } = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string };
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

test('the ffmpeg of 2018 makes the plain set: trims, speed, layout, still, text, music, several ratios', async (context) => {
  const ffmpegPath = oldFfmpeg();
  if (ffmpegPath === null) return context.skip('@ffmpeg-installer/ffmpeg is not installed');
  const kit = await openRenderKit(ffmpegPath);
  try {
    expect((await kit.ffmpeg.tools()).ffmpeg.path).toBe(ffmpegPath);
    const path = join(kit.folder, 'a.mp4');
    await makeNumbered(path, { frames: 150, rate: '30', toneHz: 500 });
    const still = join(kit.folder, 'still.mp4');
    await makeNumbered(still, { frames: 90, rate: '30000/1001' });
    const assets = [await assetOf(kit.ffmpeg, 'a', path), await assetOf(kit.ffmpeg, 'b', still)];
    const media = (id: string, from: number, speed = rational(1)) => ({
      kind: 'media',
      media: { assetId: id },
      sourceInSeconds: rational(from, 30),
      speed,
    });
    const of = plainProject(
      [
        [
          { id: 'c1', startFrame: 0, lengthFrames: 60, content: media('a', 10) },
          {
            id: 'c2',
            startFrame: 60,
            lengthFrames: 30,
            content: media('a', 30, rational(2)),
            layout: { fit: 'blur-fill' },
          },
          { id: 'c3', startFrame: 90, lengthFrames: 30, content: media('b', 0), layout: { fit: 'fit', opacity: 0.5 } },
        ],
        [
          {
            id: 't',
            startFrame: 30,
            lengthFrames: 40,
            content: { kind: 'text', text: 'Old', style: { boxColour: '#FFCC00' } },
            layout: { y: 0.4 },
          },
        ],
      ],
      { id: 'old' },
    );
    const engine = openRenderEngine(kit, sourcesOf(assets), [of]);
    try {
      const done = await exportAll(engine.render, exportRequest(of, { ratios: ['16:9', '1:1'], presetId: 'draft' }));
      for (const one of done) {
        expect(one.error).toBeNull();
        expect(one.check?.findings.filter((finding) => finding.state !== 'ok')).toEqual([]);
      }
      const numbers = await readNumbers(done[0]?.path ?? '');
      expect(numbers).toHaveLength(120);
      expect(numbers.slice(0, 60)).toEqual(Array.from({ length: 60 }, (_, n) => n + 10));
      expect(numbers.slice(60, 90)).toEqual(Array.from({ length: 30 }, (_, n) => 30 + 2 * n));
    } finally {
      await engine.dispose();
    }
  } finally {
    await kit.dispose();
  }
});
