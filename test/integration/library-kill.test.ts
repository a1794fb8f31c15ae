import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makePicture, makeSound, makeVideo } from '../fixtures/media.ts';
import { openLibrary, renditionPath, temporaryFolder } from './library-kit.ts';

const kills = process.env.SPOTLOOM_LONG === '1' ? 40 : 5;
let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.clean());

function startImport(library: string, footage: string, mode: string): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'library-kill-child.ts'), library, footage, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return child;
}

/** Kills the importer after a while, counted from when its library was open; true if it had finished before. */
async function runAndKill(child: ChildProcess, afterMs: number): Promise<boolean> {
  // A child that cannot even open the library must fail the test, not hang it.
  await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')]);
  if (child.exitCode !== null) return child.exitCode === 0;
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  const [code] = await once(child, 'exit');
  clearTimeout(timer);
  return code === 0;
}

test.each(['link', 'copy'] as const)(
  `an import (%s) killed ${kills} times ends whole: every file once, every rendition there`,
  async (mode) => {
    const footage = join(folder.path, 'footage');
    const library = join(folder.path, 'library');
    await mkdir(footage);
    for (let index = 0; index < 4; index += 1) {
      await makeVideo(join(footage, `clip-${index}.mkv`), { seconds: 0.5 + index / 10, tonesHz: [300 + index] });
      await makePicture(join(footage, `photo-${index}.bmp`), { size: `${64 + 4 * index}x48` });
    }
    await makeSound(join(footage, 'large.wav'), { seconds: 50, args: ['-ac', '2'] });
    await copyFile(join(footage, 'large.wav'), join(footage, 'twin.wav'));

    for (let round = 0; round < kills; round += 1) {
      await runAndKill(startImport(library, footage, mode), 20 + ((round * 397) % 1500));
    }
    expect(await runAndKill(startImport(library, footage, mode), 60_000)).toBe(true);

    const opened = openLibrary(library);
    try {
      await opened.settle();
      expect(opened.db.raw.prepare<{ integrity_check: string }>('PRAGMA integrity_check').get()).toEqual({
        integrity_check: 'ok',
      });
      const assets = opened.all();
      expect(assets).toHaveLength(9);
      expect(new Set(assets.map((asset) => asset.contentHash)).size).toBe(9);
      for (const asset of assets) {
        for (const rendition of asset.renditions) {
          expect({ name: asset.name, ...rendition }).toMatchObject({ state: 'ready' });
          const file = await renditionPath(opened, asset.id, rendition.kind);
          expect((await stat(file)).size).toBe(rendition.sizeBytes);
        }
        for (const location of asset.locations) expect((await stat(location.path)).size).toBe(asset.sizeBytes);
      }
      expect(opened.library.facets().total).toBe(9);
      expect(opened.library.list({ search: 'clip', rejected: 'hide' }, 'name', 0, 50).total).toBe(4);
      // Unfinished files may remain, but never under a finished name, and only in the library's own folders.
      expect(readdirSync(footage)).toHaveLength(10);
    } finally {
      await opened.close();
    }
  },
  600_000,
);
