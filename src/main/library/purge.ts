import { rmdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Database } from '#main/platform/db/index.ts';
import type { LibraryPaths } from '#main/platform/paths/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import type { AssetStore } from './asset-store.ts';

/** How long media taken out of the library can be brought back with all that was made of them. */
export const keepRemovedMs = 7 * 86_400_000;

/**
 * Frees the disk of media that were taken out a week ago: their copies in the library folder, their renditions and
 * frames. Files of the person are never touched, and the entry stays: the same content imported again is the same media,
 * so projects that used it are whole again. Safe to be killed at any moment; the next start goes on.
 */
export async function purgeRemoved(options: {
  db: Database;
  assets: AssetStore;
  paths: LibraryPaths;
  nowMs: number;
}): Promise<void> {
  const { db, assets, paths, nowMs } = options;
  const due = db.raw.prepare<{ seq: number; id: AssetId }>(`
    SELECT seq, id FROM assets WHERE removed_at IS NOT NULL AND removed_at <= ? AND (
      EXISTS (SELECT 1 FROM asset_locations WHERE asset_seq = seq AND mode = 'copy')
      OR EXISTS (SELECT 1 FROM renditions WHERE asset_seq = seq))`);
  const isStillRemoved = db.raw.prepare('SELECT 1 FROM assets WHERE seq = ? AND removed_at <= ?');
  const forgetRenditions = db.raw.prepare('DELETE FROM renditions WHERE asset_seq = ?');
  const latestMs = nowMs - keepRemovedMs;
  for (const { seq, id } of due.all(latestMs)) {
    const isFreed = db.transaction(() => {
      // Another process may have brought it back meanwhile; from here on none can.
      if (isStillRemoved.get(seq, latestMs) === undefined) return false;
      for (const { path, mode } of assets.locations(seq)) {
        if (mode !== 'copy' || !path.startsWith(paths.media + sep)) continue;
        rmSync(path, { force: true });
        removeIfEmpty(dirname(path));
        assets.removeLocation(path);
      }
      forgetRenditions.run(seq);
      return true;
    });
    if (!isFreed) continue;
    for (const folder of [paths.renditions, join(paths.root, 'cache', 'frames')]) {
      await rm(join(folder, id), { recursive: true, force: true });
    }
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something else lies in it, or it is gone already.
  }
}
