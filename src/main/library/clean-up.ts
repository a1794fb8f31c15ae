import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '#main/platform/db/index.ts';
import { cleanTemps } from '#main/platform/files/index.ts';
import type { LibraryPaths } from '#main/platform/paths/index.ts';
import type { Uploads } from './importing/uploads.ts';

const dayMs = 86_400_000;

/**
 * Deletes what a killed process left inside the library folder: copies that never got their asset, staged uploads and
 * unfinished files, all older than a day. Never touches anything outside.
 */
export async function cleanUp(options: {
  db: Database;
  paths: LibraryPaths;
  uploads: Uploads;
  nowMs: number;
}): Promise<void> {
  const { db, paths, uploads, nowMs } = options;
  const isKnown = db.raw.prepare<{ id: string }>('SELECT id FROM assets WHERE id = ?');
  for (const name of await readdir(paths.media).catch(() => [])) {
    const folder = join(paths.media, name);
    const info = await stat(folder).catch(() => null);
    if (info === null || !info.isDirectory() || info.mtimeMs > nowMs - dayMs) continue;
    // Only folders named as imports name them.
    if (/^asset-[0-9a-f]{20}$/.test(name) && isKnown.get(name) === undefined)
      await rm(folder, { recursive: true, force: true });
    else await cleanTemps(folder, { nowMs, olderThanMs: dayMs });
  }
  await uploads.clean(nowMs);
}
