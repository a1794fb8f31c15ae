import type { AssetRow } from './asset-record.ts';
import type { AssetStore } from './asset-store.ts';
import type { Placeholders } from './placeholders.ts';

/** What media is recognised by without looking at the disk. */
export interface MediaMarks {
  /** SHA-256 of its content; null when unknown. */
  sha256: string | null;
  /** A place it is said to be at; null when unknown. */
  path: string | null;
}

/** Finds the asset that has this content, or this very place; one whose content is known to be other is none. */
export function findKnown(
  { assets, placeholders }: { assets: AssetStore; placeholders: Placeholders },
  { sha256, path }: MediaMarks,
): AssetRow | null {
  if (sha256 !== null) {
    const row = assets.byHash(sha256);
    if (row !== undefined) return row;
  }
  const place = path === null ? undefined : assets.locationOf(path);
  const atPlace = place === undefined ? undefined : assets.bySeq(place.asset_seq);
  if (atPlace !== undefined) {
    const hash = atPlace.content_hash ?? placeholders.of(atPlace.seq)?.expected_hash ?? null;
    if (hash === null || sha256 === null || hash === sha256) return atPlace;
  }
  const waiting = sha256 === null ? undefined : placeholders.byHash(sha256);
  return (waiting === undefined ? undefined : assets.bySeq(waiting.asset_seq)) ?? null;
}
