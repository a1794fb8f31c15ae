import { stat } from 'node:fs/promises';
import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import { cancelledError } from '#shared/errors/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import type { LocationRow } from './asset-record.ts';
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
 * Only places whose state changed are written. Where a placeholder's file should be is not looked at: only a project
 * file said so.
 */
export async function checkMissing(options: MissingOptions, signal: AbortSignal): Promise<number> {
  const { db, assets } = options;
  if (signal.aborted) throw cancelledError();
  const page = db.raw.prepare<LocationRow>(`
    SELECT * FROM asset_locations WHERE path > ? AND asset_seq NOT IN (SELECT asset_seq FROM asset_placeholders)
    ORDER BY path LIMIT ?`);
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
