import { hashFile } from '#main/platform/files/index.ts';
import type { AssetRow } from '../asset-record.ts';
import type { AssetStore } from '../asset-store.ts';
import type { ContentKeys } from '../look/identity.ts';
import type { Placeholders } from '../placeholders.ts';

/**
 * The placeholder that waits for a file: one that expects its content, or that expects whatever lies at its path. Files
 * of other names are not read whole for it. Fills in `keys.sha256` when it had to be found out.
 */
export async function findWaiting(
  { assets, placeholders }: { assets: AssetStore; placeholders: Placeholders },
  file: { path: string; name: string; keys: ContentKeys },
  signal: AbortSignal,
): Promise<AssetRow | null> {
  const place = assets.locationOf(file.path);
  const here = place === undefined ? undefined : placeholders.of(place.asset_seq);
  if (here !== undefined && here.expected_hash === null) return assets.bySeq(here.asset_seq) ?? null;
  const expecting = [...(here ? [here] : []), ...placeholders.candidates(file.name, file.keys.sha256)].filter(
    (row) => row.expected_hash !== null,
  );
  if (expecting.length === 0) return null;
  file.keys.sha256 ??= (await hashFile(file.path, { signal })).sha256;
  const match = expecting.find((row) => row.expected_hash === file.keys.sha256);
  return (match && assets.bySeq(match.asset_seq)) ?? null;
}
