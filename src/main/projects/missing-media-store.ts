import type { Database } from '#main/platform/db/index.ts';
import type { AssetId, ProjectId } from '#shared/model/index.ts';
import type { MissingMedia } from './resolve-media.ts';

/** Where a missing file should be. */
export type MissingMediaRow = Pick<MissingMedia, 'assetId' | 'path' | 'name' | 'sha256'>;

/** Media that project files named and nobody had. */
export interface MissingMediaStore {
  of(id: ProjectId): MissingMediaRow[];
  add(id: ProjectId, missing: readonly MissingMediaRow[]): void;
}

/** Prepares the statements. */
export function createMissingMediaStore(db: Database): MissingMediaStore {
  const all = db.raw.prepare<{ assetId: AssetId; path: string | null; name: string | null; sha256: string | null }>(
    'SELECT asset_id AS assetId, path, name, sha256 FROM project_missing_media WHERE project_id = ?',
  );
  const add = db.raw.prepare(
    'INSERT OR REPLACE INTO project_missing_media (project_id, asset_id, path, name, sha256) VALUES (?, ?, ?, ?, ?)',
  );
  return {
    of: (id) => all.all(id),
    add(id, missing) {
      for (const { assetId, path, name, sha256 } of missing) add.run(id, assetId, path, name, sha256);
    },
  };
}
