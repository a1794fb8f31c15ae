import { basename, dirname } from 'node:path';
import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import type { Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import { hashFile } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type AssetId, assetOriginSchema } from '#shared/model/index.ts';
import type { AssetRow } from './asset-record.ts';
import type { AssetStore } from './asset-store.ts';
import { type FollowUp, newAsset, queueJobs } from './importing/new-asset.ts';
import { type ContentKeys, readContentKeys } from './look/identity.ts';
import { lookAtFile } from './look/look-at-file.ts';
import type { FileMarks } from './media/check-place.ts';
import type { PlaceholderRow, Placeholders } from './placeholders.ts';
import type { TextIndex } from './search-text.ts';

/** What giving placeholders their files needs. */
export interface FillOptions extends FollowUp {
  db: Database;
  ffmpeg: Ffmpeg;
  clock: Clock;
  assets: AssetStore;
  placeholders: Placeholders;
  text: TextIndex;
  /** Names of the projects that use any of these. */
  usedBy(ids: readonly AssetId[]): readonly string[];
  onChanged(id: AssetId): void;
}

/** True when a placeholder waits for this file: its content where that is known, else its name or the person's choice. */
export async function isExpected(
  expected: PlaceholderRow,
  file: { path: string; isChosen: boolean },
  signal: AbortSignal,
): Promise<boolean> {
  const isNamed = basename(file.path).toLowerCase() === expected.file_name.toLowerCase();
  if (!isNamed && !file.isChosen) return false;
  if (expected.expected_hash === null) return true;
  const { sha256 } = await hashFile(file.path, { signal });
  return sha256 === expected.expected_hash;
}

/** Makes a placeholder the asset of a file. Throws what looking at the file throws, and `conflict`. */
export async function fillFrom(
  options: FillOptions,
  row: AssetRow,
  file: { path: string } & FileMarks,
  signal: AbortSignal,
): Promise<void> {
  const { db, ffmpeg, clock, assets, placeholders, text } = options;
  const name = basename(file.path);
  const keys = await readContentKeys(file.path, signal);
  const twin = await findTwin(assets, keys, file.path, signal);
  if (twin !== null) return takeOver(options, row, twin, file);
  const facts = await lookAtFile(ffmpeg, file.path, name, signal);
  const { sizeBytes, modifiedMs, changedMs } = file;
  const marks = { sizeBytes, modifiedMs, changedMs };
  const origin = assetOriginSchema.parse(row.origin);
  const looked = { name, origin, sourceFolder: dirname(file.path) };
  const nowMs = clock.nowMs();
  db.transaction(() => {
    if (placeholders.of(row.seq) === undefined) throw meanwhile(row.name);
    if (assets.byQuickKey(keys.quickKey).some((one) => one.content_hash === keys.sha256)) throw meanwhile(row.name);
    placeholders.fill(row.seq, newAsset({ id: row.id, file: looked, marks, keys, facts, nowMs }));
    assets.addLocation(row.seq, { path: file.path, mode: 'link', ...marks }, nowMs);
    text.refresh(row.seq);
    queueJobs(options, { seq: row.seq, id: row.id, name: row.name, keys, facts });
  });
}

/** The asset that holds this content already; contents are compared whole. */
async function findTwin(
  assets: AssetStore,
  keys: ContentKeys,
  path: string,
  signal: AbortSignal,
): Promise<AssetRow | null> {
  const candidates = assets.byQuickKey(keys.quickKey);
  if (candidates.length === 0) return null;
  keys.sha256 ??= (await hashFile(path, { signal })).sha256;
  return candidates.find((row) => row.content_hash === null || row.content_hash === keys.sha256) ?? null;
}

/**
 * The content is in the library under another id: that asset now goes by the placeholder's, so that the clips find it.
 * Only while nobody uses it under its own, which from then on is that of the placeholder, put away.
 */
function takeOver(options: FillOptions, row: AssetRow, twin: AssetRow, file: { path: string } & FileMarks): void {
  const { db, assets, placeholders, clock, text } = options;
  db.transaction(() => {
    if (placeholders.of(row.seq) === undefined) throw meanwhile(row.name);
    const [project] = options.usedBy([twin.id]);
    if (project !== undefined) {
      throw new AppError(
        'conflict',
        `"${basename(file.path)}" is in the library already and used in “${project}”. Put that media in the place of the missing one.`,
      );
    }
    placeholders.drop(row.seq);
    assets.swapIds(row, twin);
    assets.setRemoved(row.seq, clock.nowMs());
    assets.setRemoved(twin.seq, null);
    const { path, sizeBytes, modifiedMs, changedMs } = file;
    assets.addLocation(twin.seq, { path, mode: 'link', sizeBytes, modifiedMs, changedMs }, clock.nowMs());
    // What came with a project about what is said in it; words it has of its own stay.
    db.raw.prepare('UPDATE OR IGNORE asset_transcripts SET asset_seq = ? WHERE asset_seq = ?').run(twin.seq, row.seq);
    for (const seq of [row.seq, twin.seq]) text.refresh(seq);
    // Jobs under way know it by the other id.
    const [asset] = assets.load([twin.seq]);
    const open = asset?.renditions.filter((one) => one.state === 'queued').map((one) => one.kind) ?? [];
    options.derivations.queue({ seq: twin.seq, id: row.id, name: twin.name, probe: assets.probe(twin.seq) }, open);
  });
  options.onChanged(twin.id);
}

function meanwhile(name: string): AppError {
  return new AppError('conflict', `"${name}" or its file came into the library just now. Relink it again.`, {
    retry: 'relink',
  });
}
