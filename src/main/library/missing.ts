import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import { hashFile, walkFolder } from '#main/platform/files/index.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import type { AssetRow, LocationRow } from './asset-record.ts';
import type { AssetStore } from './asset-store.ts';
import { readContentKeys } from './look/identity.ts';

/** What finding files again needs. */
export interface MissingOptions {
  db: Database;
  assets: AssetStore;
  clock: Clock;
  onChanged(id: AssetId): void;
}

/** Files looked at, at once; they may lie on a slow network disk. */
const parallel = 16;
const pageRows = 500;

/** What became of the file at a place. */
type Finding = 'same' | 'touched' | 'missing';

/**
 * Looks at every place and marks which files are gone or hold something else now. Returns how many assets are missing.
 * Only places whose state changed are written.
 */
export async function checkMissing(options: MissingOptions, signal: AbortSignal): Promise<number> {
  const { db, assets } = options;
  if (signal.aborted) throw cancelledError();
  const page = db.raw.prepare<LocationRow>('SELECT * FROM asset_locations WHERE path > ? ORDER BY path LIMIT ?');
  for (let after = ''; ; ) {
    if (signal.aborted) throw cancelledError();
    const rows = page.all(after, pageRows);
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.path;
    const findings = await mapParallel(rows, (row) => lookAtPlace(assets, row));
    if (signal.aborted) throw cancelledError();
    applyFindings(options, findings);
  }
  return countMissing(db);
}

/** Assets without a readable place, of those in the library. */
export function countMissing(db: Database): number {
  const sql = 'SELECT count(*) AS count FROM assets WHERE is_missing = 1 AND removed_at IS NULL';
  return db.raw.prepare<{ count: number }>(sql).get()?.count ?? 0;
}

interface PlaceFinding {
  row: LocationRow;
  finding: Finding;
  modifiedMs: number;
}

async function lookAtPlace(assets: AssetStore, row: LocationRow): Promise<PlaceFinding> {
  const info = await stat(row.path).catch(() => null);
  if (info === null || !info.isFile() || info.size !== row.size_bytes)
    return { row, finding: 'missing', modifiedMs: 0 };
  if (info.mtimeMs === row.modified_ms) return { row, finding: 'same', modifiedMs: info.mtimeMs };
  // Touched or written anew with the same length: its start and end tell.
  const keys = await readContentKeys(row.path).catch(() => null);
  const isSame = keys !== null && keys.quickKey === assets.bySeq(row.asset_seq)?.quick_key;
  return { row, finding: isSame ? 'touched' : 'missing', modifiedMs: info.mtimeMs };
}

function applyFindings({ db, assets, onChanged }: MissingOptions, findings: readonly PlaceFinding[]): void {
  const changed = findings.filter(
    ({ row, finding }) => finding === 'touched' || (finding === 'missing') !== (row.is_missing === 1),
  );
  if (changed.length === 0) return;
  db.transaction(() => {
    for (const { row, finding, modifiedMs } of changed) {
      if (finding === 'touched') assets.touchLocation(row.path, modifiedMs);
      assets.markLocation(row.path, finding === 'missing');
    }
  });
  for (const { row } of changed) {
    const asset = assets.bySeq(row.asset_seq);
    if (asset !== undefined) onChanged(asset.id);
  }
}

/**
 * Points missing assets to files that hold their content: one file for one asset, or whatever is found below a folder.
 * Throws `conflict` when the chosen file holds something else, `file-not-found`, `not-found`, `cancelled`.
 */
export async function relink(
  options: MissingOptions,
  request: { assetId?: AssetId | undefined; path: string },
  signal: AbortSignal,
): Promise<{ relinked: AssetId[]; stillMissing: number }> {
  const { db, assets } = options;
  const root = resolve(request.path);
  const info = await stat(root).catch(() => null);
  if (info === null) throw new AppError('file-not-found', `"${root}" is not there.`, { retry: 'relink' });
  const wanted = new Map(wantedAssets(db, assets, request.assetId).map((row) => [row.seq, row]));
  const relinked: AssetId[] = [];
  for await (const entry of walkFolder(root, { signal })) {
    if (entry.kind !== 'file' || wanted.size === 0) continue;
    const row = await findMatch(wanted, entry, signal);
    if (row === null) continue;
    db.transaction(() => {
      for (const place of assets.locations(row.seq)) {
        if (place.is_missing === 1 && place.mode === 'link') assets.removeLocation(place.path);
      }
      const { path, sizeBytes, modifiedMs } = entry;
      assets.addLocation(row.seq, { path, mode: 'link', sizeBytes, modifiedMs }, options.clock.nowMs());
    });
    wanted.delete(row.seq);
    relinked.push(row.id);
    options.onChanged(row.id);
  }
  if (request.assetId !== undefined && info.isFile() && relinked.length === 0) throw otherContent(root);
  return { relinked, stillMissing: countMissing(db) };
}

function wantedAssets(db: Database, assets: AssetStore, assetId: AssetId | undefined): AssetRow[] {
  if (assetId === undefined) {
    return db.raw.prepare<AssetRow>('SELECT * FROM assets WHERE is_missing = 1 AND removed_at IS NULL').all();
  }
  const row = assets.byId(assetId);
  if (row === undefined) throw new AppError('not-found', 'This media is not in the library.');
  return [row];
}

/** The wanted asset whose content a file holds: by size, then by its ends, then by the whole where it is known. */
async function findMatch(
  wanted: ReadonlyMap<number, AssetRow>,
  file: { path: string; sizeBytes: number },
  signal: AbortSignal,
): Promise<AssetRow | null> {
  const sameSize = [...wanted.values()].filter((row) => row.size_bytes === file.sizeBytes);
  if (sameSize.length === 0) return null;
  const keys = await readContentKeys(file.path, signal).catch(() => null);
  const candidates = sameSize.filter((row) => row.quick_key === keys?.quickKey);
  if (keys === null || candidates.length === 0) return null;
  const sha256 = keys.sha256 ?? (await hashFile(file.path, { signal })).sha256;
  return candidates.find((row) => row.content_hash === null || row.content_hash === sha256) ?? null;
}

function otherContent(path: string): AppError {
  return new AppError(
    'conflict',
    `"${path}" holds something else than the missing media. Choose the file itself, or its folder to search in.`,
    { retry: 'relink' },
  );
}

async function mapParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as Item);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, worker));
  return results;
}
