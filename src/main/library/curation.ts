import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { AssetId, UsageRights } from '#shared/model/index.ts';
import type { AssetStore } from './asset-store.ts';
import type { TextIndex } from './search-text.ts';

/** What can be changed about assets. */
export interface AssetPatch {
  name?: string | undefined;
  rating?: number | undefined;
  isRejected?: boolean | undefined;
  rights?: UsageRights | null | undefined;
  addTags?: readonly string[] | undefined;
  removeTags?: readonly string[] | undefined;
}

/** What people say about media: names, ratings, tags, rights, in or out of the library. */
export interface Curation {
  /** Unknown ids are left out. */
  update(ids: readonly AssetId[], patch: AssetPatch): void;
  /** Takes assets out; files stay. Throws `conflict` with the names of projects that use them, unless `force`. */
  remove(ids: readonly AssetId[], force: boolean): void;
  restore(ids: readonly AssetId[]): void;
}

/** What curation needs. */
export interface CurationOptions {
  db: Database;
  assets: AssetStore;
  text: TextIndex;
  clock: Clock;
  /** Names of the projects that use any of these. */
  usedBy(ids: readonly AssetId[]): readonly string[];
}

/** Creates the curation of one library. */
export function createCuration(options: CurationOptions): Curation {
  const { db, assets, text, clock, usedBy } = options;
  const { raw } = db;
  const setName = raw.prepare('UPDATE assets SET name = ? WHERE seq = ?');
  const setRating = raw.prepare('UPDATE assets SET rating = ? WHERE seq = ?');
  const setRejected = raw.prepare('UPDATE assets SET is_rejected = ? WHERE seq = ?');
  const setRights = raw.prepare('UPDATE assets SET rights = ? WHERE seq = ?');
  const addTag = raw.prepare('INSERT OR IGNORE INTO asset_tags (tag, asset_seq) VALUES (?, ?)');
  const removeTag = raw.prepare('DELETE FROM asset_tags WHERE tag = ? AND asset_seq = ?');

  function change(seq: number, patch: AssetPatch): void {
    if (patch.name !== undefined) setName.run(patch.name, seq);
    if (patch.rating !== undefined) setRating.run(patch.rating, seq);
    if (patch.isRejected !== undefined) setRejected.run(patch.isRejected ? 1 : 0, seq);
    if (patch.rights !== undefined) setRights.run(patch.rights === null ? null : JSON.stringify(patch.rights), seq);
    for (const tag of cleanTags(patch.removeTags)) removeTag.run(tag, seq);
    for (const tag of cleanTags(patch.addTags)) addTag.run(tag, seq);
    const isSearched = patch.name !== undefined || patch.addTags !== undefined || patch.removeTags !== undefined;
    if (isSearched) text.refresh(seq);
  }

  return {
    update: (ids, patch) =>
      db.transaction(() => {
        for (const seq of assets.seqsOf(ids)) change(seq, patch);
      }),
    remove(ids, force) {
      const projects = force ? [] : usedBy(ids);
      if (projects.length > 0) throw inUse(projects, ids.length);
      db.transaction(() => {
        for (const seq of assets.seqsOf(ids)) assets.setRemoved(seq, clock.nowMs());
      });
    },
    restore: (ids) =>
      db.transaction(() => {
        for (const seq of assets.seqsOf(ids)) assets.setRemoved(seq, null);
      }),
  };
}

function cleanTags(tags: readonly string[] | undefined): string[] {
  return [...new Set((tags ?? []).map((tag) => tag.normalize('NFC').trim().replaceAll(/\s+/g, ' ')))].filter(
    (tag) => tag !== '',
  );
}

function inUse(projects: readonly string[], count: number): AppError {
  const shown = projects.slice(0, 3).map((name) => `"${name}"`);
  const more = projects.length > shown.length ? ` and ${projects.length - shown.length} more` : '';
  return new AppError(
    'conflict',
    `${count === 1 ? 'This media is' : 'Some of this media is'} used in ${shown.join(', ')}${more}. Removing it leaves gaps there; your files stay on the disk either way.`,
    { details: { projects: [...projects] } },
  );
}
