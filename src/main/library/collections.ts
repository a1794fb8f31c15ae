import { count, eq, sql } from 'drizzle-orm';
import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type AssetId, type Collection, type CollectionId, collectionIdSchema, newId } from '#shared/model/index.ts';
import type { AssetStore } from './asset-store.ts';
import { collectionAssets, collections } from './schema.ts';

/** Hand-made groups of assets. */
export interface Collections {
  list(): Collection[];
  add(name: string): Collection;
  /** Throws `not-found`. */
  rename(id: CollectionId, name: string): void;
  /** Takes the group away, never its media. */
  remove(id: CollectionId): void;
  /** Adds and removes members; unknown assets are left out. Throws `not-found`. Returns the assets concerned. */
  change(id: CollectionId, add: readonly AssetId[], remove: readonly AssetId[]): AssetId[];
}

/** Collections over the library's database. */
export function createCollections(db: Database, assets: AssetStore, clock: Clock): Collections {
  const { orm } = db;
  const join = db.raw.prepare('INSERT OR IGNORE INTO collection_assets (collection_id, asset_seq) VALUES (?, ?)');
  const leave = db.raw.prepare('DELETE FROM collection_assets WHERE collection_id = ? AND asset_seq = ?');

  function must(id: CollectionId): void {
    const row = orm.select({ id: collections.id }).from(collections).where(eq(collections.id, id)).get();
    if (row === undefined)
      throw new AppError('not-found', 'This collection is gone. It may have been removed elsewhere.');
  }

  return {
    list() {
      const rows = orm
        .select({ id: collections.id, name: collections.name, count: count(collectionAssets.assetSeq) })
        .from(collections)
        .leftJoin(collectionAssets, eq(collectionAssets.collectionId, collections.id))
        .groupBy(collections.id)
        .orderBy(sql`${collections.name} COLLATE NOCASE`)
        .all();
      return rows.map((row) => ({ ...row, id: collectionIdSchema.parse(row.id) }));
    },
    add(name) {
      const id = newId<CollectionId>('collection');
      orm.insert(collections).values({ id, name, createdAt: clock.nowMs() }).run();
      return { id, name, count: 0 };
    },
    rename(id, name) {
      must(id);
      orm.update(collections).set({ name }).where(eq(collections.id, id)).run();
    },
    remove(id) {
      must(id);
      orm.delete(collections).where(eq(collections.id, id)).run();
    },
    change(id, add, remove) {
      return db.transaction(() => {
        must(id);
        for (const seq of assets.seqsOf(add)) join.run(id, seq);
        for (const seq of assets.seqsOf(remove)) leave.run(id, seq);
        return [...add, ...remove];
      });
    },
  };
}
