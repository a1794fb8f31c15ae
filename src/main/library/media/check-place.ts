import { stat } from 'node:fs/promises';
import { hashFile } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { AssetRow, LocationRow } from '../asset-record.ts';
import type { AssetStore } from '../asset-store.ts';
import { readContentKeys } from '../look/identity.ts';

/** A file's outward marks. */
export interface FileMarks {
  sizeBytes: number;
  modifiedMs: number;
  /** When the system last noted any change of it; programs cannot set it. */
  changedMs: number;
}

/** What lies at an asset's place: its own content, another one, or no file. */
export type PlaceFinding = { found: 'same'; marks: FileMarks } | { found: 'other' | 'gone' };

/** Looks at the file at a place; reads it whole only when its marks are not the remembered ones. */
export type CheckPlace = (asset: AssetRow, place: LocationRow) => Promise<PlaceFinding>;

/** A file's marks; null when there is no file. */
export async function marksOf(path: string): Promise<FileMarks | null> {
  const info = await stat(path).catch(() => null);
  if (info === null || !info.isFile()) return null;
  return { sizeBytes: info.size, modifiedMs: info.mtimeMs, changedMs: info.ctimeMs };
}

/** True when nothing says that the file was touched since it was remembered. Where no change was noted, size and time count. */
export function isUntouched(place: LocationRow, marks: FileMarks): boolean {
  const isNoted = place.changed_ms === null || place.changed_ms === marks.changedMs;
  return place.size_bytes === marks.sizeBytes && Math.abs(place.modified_ms - marks.modifiedMs) < 1 && isNoted;
}

function areSame(a: FileMarks, b: FileMarks | null): boolean {
  return a.sizeBytes === b?.sizeBytes && a.modifiedMs === b.modifiedMs && a.changedMs === b.changedMs;
}

/**
 * True when the file holds the asset's content, by its hash. While that is not known, its size, start and end are all
 * there is to go by; such an asset's pictures are kept under the file's marks, never under a hash.
 */
async function holdsContent(asset: AssetRow, path: string, marks: FileMarks, signal: AbortSignal): Promise<boolean> {
  if (asset.content_hash === null) {
    if ((await readContentKeys(path, signal)).quickKey !== asset.quick_key) return false;
  } else if ((await hashFile(path, { signal })).sha256 !== asset.content_hash) return false;
  return areSame(marks, await marksOf(path));
}

/**
 * Makes the one judge of what lies at a place. A file that was only touched, or put back, is read once and its new marks
 * are remembered; what was found to be another file is not read again until its marks change. `signal` ends the reading:
 * that is for whom all ask, so one asker who goes away does not stop it.
 */
export function createCheckPlace(assets: AssetStore, signal: AbortSignal): CheckPlace {
  const read = new Map<string, { marks: FileMarks; hash: string | null; isSame: Promise<boolean> }>();

  function readOnce(asset: AssetRow, path: string, marks: FileMarks): Promise<boolean> {
    const known = read.get(path);
    if (known && areSame(known.marks, marks) && known.hash === asset.content_hash) return known.isSame;
    const isSame = holdsContent(asset, path, marks, signal);
    read.set(path, { marks, hash: asset.content_hash, isSame });
    isSame.catch(() => read.delete(path));
    return isSame;
  }

  return async (asset, place) => {
    const marks = await marksOf(place.path);
    if (marks === null) return { found: 'gone' };
    if (marks.sizeBytes !== place.size_bytes) return { found: 'other' };
    if (!isUntouched(place, marks) && !(await readOnce(asset, place.path, marks))) return { found: 'other' };
    if (place.modified_ms !== marks.modifiedMs || place.changed_ms !== marks.changedMs)
      assets.touchLocation(place.path, marks);
    read.delete(place.path);
    return { found: 'same', marks };
  };
}

/** SHA-256 of an asset's file, as long as it is still the file that was imported. Throws `file-changed`. */
export async function hashPlace(
  check: CheckPlace,
  asset: AssetRow,
  place: LocationRow,
  options: Parameters<typeof hashFile>[1] = {},
): Promise<string> {
  const before = await check(asset, place);
  const { sha256 } = await hashFile(place.path, options);
  if (before.found !== 'same' || !areSame(before.marks, await marksOf(place.path))) throw otherFile(asset, place.path);
  return sha256;
}

/** What is said when another file lies where an asset's was. */
export function otherFile({ id, name }: Pick<AssetRow, 'id' | 'name'>, path: string): AppError {
  const sentence = `“${name}” is not the file that was imported any more: another one lies in its place. Put the old file back, or relink it to a copy. To use the new file, import it and replace the clip’s media with it.`;
  return new AppError('file-changed', sentence, { retry: 'relink', details: { assetId: id, path } });
}
