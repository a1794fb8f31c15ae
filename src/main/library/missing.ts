import type { Database } from '#main/platform/db/index.ts';
import { cancelledError, isCancelled } from '#shared/errors/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import type { LocationRow } from './asset-record.ts';
import type { AssetStore } from './asset-store.ts';
import { inlineBytes, readContentKeys } from './look/identity.ts';
import { type CheckPlace, isUntouched, marksOf } from './media/check-place.ts';

/** What finding files again needs. */
export interface MissingOptions {
  db: Database;
  assets: AssetStore;
  checkPlace: CheckPlace;
  onChanged(id: AssetId): void;
}

/** Files looked at, at once; they may lie on a slow network disk. */
const parallel = 16;
const pageRows = 500;

/**
 * Looks at every place and marks which files are gone or hold something else now. Returns how many assets are missing.
 * Only places whose state changed are written. Where a placeholder's file should be is not looked at: only a project
 * file said so.
 */
export async function checkMissing(options: MissingOptions, signal: AbortSignal): Promise<number> {
  const { db } = options;
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
    const findings = await mapParallel(rows, (row) => lookAtPlace(options, row));
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
  isMissing: boolean;
}

/**
 * Whether an asset can still be had from a place. A large file that was only touched is not read whole here (all of a
 * disk may have been): its start and end do, and its new marks are not believed, so that whoever renders it reads it.
 * What was missing is back only when all of it is.
 */
async function lookAtPlace({ assets, checkPlace }: MissingOptions, row: LocationRow): Promise<PlaceFinding> {
  const marks = await marksOf(row.path);
  if (marks === null || marks.sizeBytes !== row.size_bytes) return { row, isMissing: true };
  if (isUntouched(row, marks)) return { row, isMissing: false };
  const asset = assets.bySeq(row.asset_seq);
  if (asset === undefined) return { row, isMissing: true };
  if (row.is_missing === 1 || row.size_bytes <= inlineBytes) {
    const finding = await checkPlace(asset, row).catch((error: unknown) => {
      if (isCancelled(error)) throw error;
      return null;
    });
    return { row, isMissing: finding?.found !== 'same' };
  }
  const keys = await readContentKeys(row.path).catch(() => null);
  return { row, isMissing: keys?.quickKey !== asset.quick_key };
}

function applyFindings({ db, assets, onChanged }: MissingOptions, findings: readonly PlaceFinding[]): void {
  const changed = findings.filter(({ row, isMissing }) => isMissing !== (row.is_missing === 1));
  if (changed.length === 0) return;
  db.transaction(() => {
    for (const { row, isMissing } of changed) assets.markLocation(row.path, isMissing);
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
