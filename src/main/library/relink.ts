import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { hashFile, walkFolder } from '#main/platform/files/index.ts';
import { AppError, isCancelled } from '#shared/errors/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import type { AssetRow } from './asset-record.ts';
import { readContentKeys } from './look/identity.ts';
import { countMissing } from './missing.ts';
import { type FillOptions, fillFrom, isExpected } from './relink-placeholder.ts';

interface FoundFile {
  path: string;
  sizeBytes: number;
  modifiedMs: number;
  changedMs: number;
}

/**
 * Points missing assets to files that hold their content: one file for one asset, or whatever is found below a folder.
 * Throws `conflict` when the chosen file holds something else, `file-not-found`, `not-found`, `cancelled`.
 */
export async function relink(
  options: FillOptions,
  request: { assetId?: AssetId | undefined; path: string },
  signal: AbortSignal,
): Promise<{ relinked: AssetId[]; stillMissing: number }> {
  const { db } = options;
  const root = resolve(request.path);
  const info = await stat(root).catch(() => null);
  if (info === null) throw new AppError('file-not-found', `"${root}" is not there.`, { retry: 'relink' });
  const rows = wantedAssets(options, request.assetId);
  const wanted = new Map(rows.map((row) => [row.seq, row]));
  const isChosen = request.assetId !== undefined && info.isFile();
  const relinked: AssetId[] = [];
  for await (const entry of walkFolder(root, { signal })) {
    if (entry.kind !== 'file' || wanted.size === 0) continue;
    const row =
      (await relinkKnown(options, wanted, entry, signal)) ??
      (await relinkPlaceholder(options, wanted, { ...entry, isChosen }, signal));
    if (row === null) continue;
    wanted.delete(row.seq);
    relinked.push(row.id);
    options.onChanged(row.id);
  }
  if (isChosen && relinked.length === 0) throw otherContent(root);
  return { relinked, stillMissing: countMissing(db) };
}

function wantedAssets({ db, assets }: FillOptions, assetId: AssetId | undefined): AssetRow[] {
  if (assetId === undefined) {
    return db.raw.prepare<AssetRow>('SELECT * FROM assets WHERE is_missing = 1 AND removed_at IS NULL').all();
  }
  const row = assets.byId(assetId);
  if (row === undefined) throw new AppError('not-found', 'This media is not in the library.');
  return [row];
}

/** Gives a file to the missing asset whose content it holds. */
async function relinkKnown(
  { db, assets, clock }: FillOptions,
  wanted: ReadonlyMap<number, AssetRow>,
  file: FoundFile,
  signal: AbortSignal,
): Promise<AssetRow | null> {
  const row = await findMatch(wanted, file, signal);
  if (row === null) return null;
  db.transaction(() => {
    for (const place of assets.locations(row.seq)) {
      if (place.is_missing === 1 && place.mode === 'link') assets.removeLocation(place.path);
    }
    const { path, sizeBytes, modifiedMs, changedMs } = file;
    assets.addLocation(row.seq, { path, mode: 'link', sizeBytes, modifiedMs, changedMs }, clock.nowMs());
  });
  return row;
}

/** Gives a file to a placeholder that expects it, or that the person chose it for. Below a folder, names must agree. */
async function relinkPlaceholder(
  options: FillOptions,
  wanted: ReadonlyMap<number, AssetRow>,
  file: FoundFile & { isChosen: boolean },
  signal: AbortSignal,
): Promise<AssetRow | null> {
  for (const row of wanted.values()) {
    const expected = options.placeholders.of(row.seq);
    if (expected === undefined || !(await isExpected(expected, file, signal))) continue;
    try {
      await fillFrom(options, row, file, signal);
      return row;
    } catch (error) {
      // One file of a folder that cannot be used does not end the search.
      if (file.isChosen || isCancelled(error)) throw error;
    }
  }
  return null;
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
