import { rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Jobs } from '#main/jobs/index.ts';
import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import type { Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import { hashFile, toFileError } from '#main/platform/files/index.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import { type AssetId, type AssetOrigin, newId } from '#shared/model/index.ts';
import type { AssetRow } from '../asset-record.ts';
import type { AssetStore, NewAsset } from '../asset-store.ts';
import type { Derivations } from '../derive/derivations.ts';
import { type ProxyChoice, planRenditions } from '../derive/plan-renditions.ts';
import { type ContentKeys, readContentKeys } from '../look/identity.ts';
import { type FileFacts, lookAtFile } from '../look/look-at-file.ts';
import { type CheckPlace, type FileMarks, hashPlace, isUntouched, marksOf } from '../media/check-place.ts';
import { findLocation } from '../media/locate.ts';
import type { Placeholders } from '../placeholders.ts';
import type { TextIndex } from '../search-text.ts';
import { copiedPath, copyIn, moveIn } from './copy-in.ts';
import { newAsset, queueJobs } from './new-asset.ts';
import { findWaiting } from './waiting.ts';

/** What importing one file needs. */
export interface ImportFileOptions {
  db: Database;
  jobs: Jobs;
  ffmpeg: Ffmpeg;
  clock: Clock;
  assets: AssetStore;
  placeholders: Placeholders;
  checkPlace: CheckPlace;
  derivations: Derivations;
  text: TextIndex;
  /** `LibraryPaths.media` */
  mediaDir: string;
  proxies(): ProxyChoice;
  onChanged(id: AssetId): void;
}

/** One file to import. */
export interface FileToImport {
  path: string;
  name: string;
  /** `move`: a finished upload of ours. */
  mode: 'link' | 'copy' | 'move';
  origin: AssetOrigin;
  /** Folder shown as its source. */
  sourceFolder: string;
  group: string;
}

/** What became of it. */
export interface ImportedFile {
  outcome: 'imported' | 'duplicate';
  assetId: AssetId;
}

/**
 * Imports one file: known? → what is it? → seen before? → asset, place and jobs in one transaction. Safe to run many at
 * a time and again after a crash: identity is settled inside the transaction. Throws AppErrors made for people.
 */
export type ImportFile = (file: FileToImport, signal: AbortSignal) => Promise<ImportedFile>;

/** Creates the importer of single files. */
export function createImportFile(options: ImportFileOptions): ImportFile {
  const { db, assets, clock, ffmpeg } = options;

  return async (file, signal) => {
    const marks = await readMarks(file);
    const known = knownPlace(assets, file, marks);
    if (known !== null) return bringBack(options, known);
    const keys = await readContentKeys(file.path, signal);
    const twin = await findTwin(options, keys, file.path, signal);
    if (twin !== null) return addPlace(options, twin, file, marks, signal);
    const facts = await lookAtFile(ffmpeg, file.path, file.name, signal);
    await refuseIfGrowing(file, marks);
    if (signal.aborted) throw cancelledError();
    return store({ file, marks, keys, facts, signal });
  };

  async function store(found: {
    file: FileToImport;
    marks: FileMarks;
    keys: ContentKeys;
    facts: FileFacts;
    signal: AbortSignal;
  }): Promise<ImportedFile> {
    const { file, marks, keys, facts, signal } = found;
    const waiting = await findWaiting(options, { path: file.path, name: file.name, keys }, signal);
    const id = waiting?.id ?? newId<AssetId>('asset');
    const place = await bringIn(options.mediaDir, id, file, signal);
    const nowMs = clock.nowMs();
    const tryToStore = () =>
      db.transaction(() => {
        // Another worker may have stored the same content since it was looked for.
        if (assets.byQuickKey(keys.quickKey).some((row) => maybeSame(row, keys))) return false;
        const seq = insertOrFill(options, waiting, newAsset({ id, file, marks, keys, facts, nowMs }));
        assets.addLocation(seq, { ...marks, ...place }, nowMs);
        options.text.refresh(seq);
        queueJobs(options, { seq, id, name: file.name, keys, facts, group: file.group });
        return true;
      });
    while (!tryToStore()) {
      const twin = await findTwin(options, keys, place.path, signal);
      // No twin: same size, start and end, yet different. Both hashes are known now, so the next try tells them apart.
      if (twin === null) continue;
      if (place.mode === 'copy') await rm(join(options.mediaDir, id), { recursive: true, force: true });
      return addPlace(options, twin, file, marks, signal);
    }
    options.onChanged(id);
    return { outcome: 'imported', assetId: id };
  }
}

/** A new asset, or the placeholder that waited for it. */
function insertOrFill({ assets, placeholders }: ImportFileOptions, waiting: AssetRow | null, found: NewAsset): number {
  if (waiting === null) return assets.insert(found);
  if (placeholders.of(waiting.seq) === undefined) {
    throw new AppError('conflict', `"${waiting.name}" was relinked just now. Import the file again.`, {
      retry: 'retry',
    });
  }
  placeholders.fill(waiting.seq, found);
  assets.setRemoved(waiting.seq, null);
  return waiting.seq;
}

async function readMarks(file: FileToImport): Promise<FileMarks> {
  const info = await stat(file.path).catch((error: unknown) => {
    throw toFileError(error, file.path, 'read');
  });
  if (!info.isFile()) {
    throw new AppError('unsupported-media', `"${file.name}" is not a file (a device, pipe or socket).`);
  }
  if (info.size === 0)
    throw new AppError('file-empty', `"${file.name}" is empty (0 bytes). Copy or download it again.`);
  return { sizeBytes: info.size, modifiedMs: info.mtimeMs, changedMs: info.ctimeMs };
}

/** The asset this very path already stands for, untouched since. */
function knownPlace(assets: AssetStore, file: FileToImport, marks: FileMarks): AssetRow | null {
  const place = assets.locationOf(file.path);
  if (place === undefined || !isUntouched(place, marks)) return null;
  return assets.bySeq(place.asset_seq) ?? null;
}

/** Content met again at a place that is known: nothing new, unless it was taken out of the library or went missing. */
function bringBack(options: ImportFileOptions, row: AssetRow): ImportedFile {
  const { db, assets } = options;
  if (row.removed_at === null && row.is_missing === 0) return { outcome: 'duplicate', assetId: row.id };
  db.transaction(() => {
    restore(options, row);
    for (const place of assets.locations(row.seq)) assets.markLocation(place.path, false);
  });
  options.onChanged(row.id);
  return { outcome: row.removed_at === null ? 'duplicate' : 'imported', assetId: row.id };
}

/** The asset with this content. A quick key met again is settled by reading both files whole. */
async function findTwin(
  options: ImportFileOptions,
  keys: ContentKeys,
  path: string,
  signal: AbortSignal,
): Promise<AssetRow | null> {
  const { assets } = options;
  const candidates = assets.byQuickKey(keys.quickKey).filter((row) => maybeSame(row, keys));
  if (candidates.length === 0) return null;
  const sha256 = keys.sha256 ?? (await hashFile(path, { signal })).sha256;
  keys.sha256 = sha256;
  for (const row of candidates) {
    const known = row.content_hash ?? (await hashOfAsset(options, row, signal));
    // Its file is gone before anyone read it whole: the same size, start and end is all there is to go by.
    if (known === null || known === sha256) return assets.bySeq(row.seq) ?? row;
  }
  return null;
}

async function hashOfAsset(
  { assets, checkPlace }: ImportFileOptions,
  row: AssetRow,
  signal: AbortSignal,
): Promise<string | null> {
  const place = await findLocation(assets, row.seq);
  if (place === null) return null;
  const sha256 = await hashPlace(checkPlace, row, place, { signal }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'file-changed') return null;
    throw error;
  });
  if (sha256 === null) return null;
  if (assets.byHash(sha256) === undefined) assets.setHash(row.seq, sha256);
  return sha256;
}

function maybeSame(row: AssetRow, keys: ContentKeys): boolean {
  return row.content_hash === null || keys.sha256 === null || row.content_hash === keys.sha256;
}

/** Back in the library; what was made of it and freed since is made again. */
function restore({ assets, derivations, proxies }: ImportFileOptions, { seq, removed_at }: AssetRow): void {
  if (removed_at === null) return;
  assets.setRemoved(seq, null);
  const [asset] = assets.load([seq]);
  if (asset === undefined) return;
  const made = new Set(asset.renditions.map(({ kind }) => kind));
  const wanted = planRenditions(asset, proxies()).filter((kind) => !made.has(kind));
  derivations.queue({ seq, id: asset.id, name: asset.name, probe: asset.probe }, wanted);
}

/**
 * The same content at another place: one asset, two locations. Uploads and copies are not kept twice, but are kept when
 * nothing else of it is there any more.
 */
async function addPlace(
  options: ImportFileOptions,
  twin: AssetRow,
  file: FileToImport,
  marks: FileMarks,
  signal: AbortSignal,
): Promise<ImportedFile> {
  const { db, assets, clock, mediaDir } = options;
  const isNeeded = file.mode === 'link' || (await findLocation(assets, twin.seq)) === null;
  const place = isNeeded ? await bringIn(mediaDir, twin.id, file, signal) : null;
  db.transaction(() => {
    if (place !== null) assets.addLocation(twin.seq, { ...marks, ...place }, clock.nowMs());
    restore(options, twin);
  });
  options.onChanged(twin.id);
  return { outcome: twin.removed_at === null ? 'duplicate' : 'imported', assetId: twin.id };
}

/** Where a file lies for the library. */
type Place = { path: string; mode: 'link' | 'copy' } & Partial<FileMarks>;

async function bringIn(mediaDir: string, id: AssetId, file: FileToImport, signal: AbortSignal): Promise<Place> {
  if (file.mode === 'link') return { path: file.path, mode: 'link' };
  const target = copiedPath(mediaDir, id, basename(file.path));
  const folder = dirname(target);
  if (file.mode === 'move') await moveIn(file.path, target, folder);
  else await copyIn(file.path, target, folder, signal);
  // The copy has marks of its own.
  const marks = await marksOf(target);
  return { path: target, mode: 'copy', ...(marks && { modifiedMs: marks.modifiedMs, changedMs: marks.changedMs }) };
}

async function refuseIfGrowing(file: FileToImport, marks: FileMarks): Promise<void> {
  const now = await readMarks(file);
  if (now.sizeBytes === marks.sizeBytes) return;
  throw new AppError('file-changed', `"${file.name}" is still being written. Import it again when it is complete.`, {
    retry: 'retry',
  });
}
