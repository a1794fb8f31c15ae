import type { Database, SqlValue } from '#main/platform/db/index.ts';
import { type Asset, type AssetId, nearestRatio, type Probe, type RenditionKind } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { type AssetRow, type LocationRow, parseProbe, type RenditionRow, toAsset } from './asset-record.ts';

/** A new asset, before it has a number. */
export interface NewAsset {
  id: AssetId;
  kind: Asset['kind'];
  name: string;
  sizeBytes: number;
  contentHash: string | null;
  quickKey: string;
  probe: Probe;
  playbackNote: string | null;
  origin: Asset['origin'];
  sourceFolder: string;
  shootDay: string;
  importedAtMs: number;
}

/** A file that holds an asset's content. */
export interface NewLocation {
  path: string;
  mode: 'link' | 'copy';
  sizeBytes: number;
  modifiedMs: number;
  /** When the system last noted any change of the file; null where no file was looked at. */
  changedMs: number | null;
}

/** Reads and writes assets and their locations. Writers expect the caller's transaction. */
export type AssetStore = ReturnType<typeof createAssetStore>;

/** Prepares the statements. */
export function createAssetStore(db: Database) {
  const { raw } = db;
  const bySeq = raw.prepare<AssetRow>('SELECT * FROM assets WHERE seq = ?');
  const byId = raw.prepare<AssetRow>('SELECT * FROM assets WHERE id = ?');
  const byHash = raw.prepare<AssetRow>('SELECT * FROM assets WHERE content_hash = ?');
  const byQuickKey = raw.prepare<AssetRow>('SELECT * FROM assets WHERE quick_key = ? ORDER BY seq');
  const byPath = raw.prepare<LocationRow>('SELECT * FROM asset_locations WHERE path = ?');
  const locations = raw.prepare<LocationRow>(
    'SELECT * FROM asset_locations WHERE asset_seq = ? ORDER BY is_missing, added_at, path',
  );
  const insert = raw.prepare<{ seq: number }>(`
    INSERT INTO assets (id, kind, name, size_bytes, content_hash, quick_key, duration_ms, ratio, playback_note,
      origin, source_folder, shoot_day, imported_at)
    VALUES (@id, @kind, @name, @sizeBytes, @contentHash, @quickKey, @durationMs, @ratio, @playbackNote,
      @origin, @sourceFolder, @shootDay, @importedAtMs) RETURNING seq`);
  const insertProbe = raw.prepare('INSERT INTO asset_probes (asset_seq, probe) VALUES (?, ?)');
  const probeOf = raw.prepare<{ probe: string }>('SELECT probe FROM asset_probes WHERE asset_seq = ?');
  const replace = raw.prepare(`
    UPDATE assets SET kind = @kind, size_bytes = @sizeBytes, content_hash = @contentHash, quick_key = @quickKey,
      duration_ms = @durationMs, ratio = @ratio, playback_note = @playbackNote, source_folder = @sourceFolder,
      shoot_day = @shootDay WHERE seq = @seq`);
  const replaceProbe = raw.prepare('UPDATE asset_probes SET probe = ? WHERE asset_seq = ?');
  const addLocation = raw.prepare(`
    INSERT INTO asset_locations (path, asset_seq, mode, size_bytes, modified_ms, changed_ms, added_at)
    VALUES (@path, @seq, @mode, @sizeBytes, @modifiedMs, @changedMs, @nowMs)
    ON CONFLICT (path) DO UPDATE SET asset_seq = excluded.asset_seq, mode = excluded.mode, is_missing = 0,
      size_bytes = excluded.size_bytes, modified_ms = excluded.modified_ms, changed_ms = excluded.changed_ms`);
  const removeLocation = raw.prepare('DELETE FROM asset_locations WHERE path = ?');
  const markLocation = raw.prepare('UPDATE asset_locations SET is_missing = ? WHERE path = ?');
  const touchLocation = raw.prepare('UPDATE asset_locations SET modified_ms = ?, changed_ms = ? WHERE path = ?');
  const recountMissing = raw.prepare(`
    UPDATE assets SET is_missing = NOT EXISTS (
      SELECT 1 FROM asset_locations WHERE asset_seq = assets.seq AND is_missing = 0) WHERE seq = ?`);
  const setHash = raw.prepare('UPDATE assets SET content_hash = ? WHERE seq = ?');
  const setId = raw.prepare('UPDATE assets SET id = ? WHERE seq = ?');
  const setRemoved = raw.prepare('UPDATE assets SET removed_at = ? WHERE seq = ?');

  return {
    bySeq: (seq: number) => bySeq.get(seq),
    byId: (id: AssetId) => byId.get(id),
    byHash: (hash: string) => byHash.get(hash),
    byQuickKey: (key: string) => byQuickKey.all(key),
    locationOf: (path: string) => byPath.get(path),
    locations: (seq: number) => locations.all(seq),
    /** Throws if the asset is unknown: every asset has a probe. */
    probe: (seq: number): Probe => parseProbe(probeOf.get(seq)?.probe ?? ''),
    insert(asset: NewAsset): number {
      const seq = insert.get(insertParameters(asset))?.seq ?? 0;
      insertProbe.run(seq, JSON.stringify(asset.probe));
      return seq;
    },
    /** Gives an asset the content of another file. */
    replaceContent(seq: number, asset: NewAsset): void {
      const { id: _id, name: _name, origin: _origin, importedAtMs: _at, ...content } = insertParameters(asset);
      replace.run({ ...content, seq });
      replaceProbe.run(JSON.stringify(asset.probe), seq);
    },
    /** Each of the two goes by the other's id. */
    swapIds(one: { seq: number; id: AssetId }, other: { seq: number; id: AssetId }): void {
      setId.run(`swapping-${one.id}`, one.seq);
      setId.run(one.id, other.seq);
      setId.run(other.id, one.seq);
    },
    /** Adds a place, taking the path over from whatever asset had it before. */
    addLocation(seq: number, location: NewLocation, nowMs: number): void {
      const before = byPath.get(location.path);
      const { path, mode, sizeBytes, modifiedMs, changedMs } = location;
      addLocation.run({ path, seq, mode, sizeBytes, modifiedMs, changedMs, nowMs });
      recountMissing.run(seq);
      if (before !== undefined && before.asset_seq !== seq) recountMissing.run(before.asset_seq);
    },
    removeLocation(path: string): void {
      const before = byPath.get(path);
      removeLocation.run(path);
      if (before !== undefined) recountMissing.run(before.asset_seq);
    },
    markLocation(path: string, isMissing: boolean): void {
      markLocation.run(isMissing ? 1 : 0, path);
      const location = byPath.get(path);
      if (location !== undefined) recountMissing.run(location.asset_seq);
    },
    touchLocation: (path: string, { modifiedMs, changedMs }: { modifiedMs: number; changedMs: number }) =>
      void touchLocation.run(modifiedMs, changedMs, path),
    setHash: (seq: number, hash: string) => void setHash.run(hash, seq),
    setRemoved: (seq: number, removedAtMs: number | null) => void setRemoved.run(removedAtMs, seq),
    /** Whole assets for these numbers, in their order; unknown ones are left out. */
    load: createLoad(db),
    /** Numbers of these ids, in their order; unknown ones are left out. */
    seqsOf(ids: readonly AssetId[]): number[] {
      return ids.map((id) => byId.get(id)?.seq).filter((seq) => seq !== undefined);
    },
  };
}

function insertParameters(asset: NewAsset): Record<string, SqlValue> {
  const { video, durationSeconds } = asset.probe;
  return {
    id: asset.id,
    kind: asset.kind,
    name: asset.name,
    sizeBytes: asset.sizeBytes,
    contentHash: asset.contentHash,
    quickKey: asset.quickKey,
    durationMs: durationSeconds === null ? null : Math.round(toNumber(durationSeconds) * 1000),
    ratio: video === null ? null : nearestRatio(video),
    playbackNote: asset.playbackNote,
    origin: asset.origin,
    sourceFolder: asset.sourceFolder,
    shootDay: asset.shootDay,
    importedAtMs: asset.importedAtMs,
  };
}

/** Six statements for any number of assets; the numbers go in as one JSON array. */
function createLoad(db: Database): (seqs: readonly number[]) => Asset[] {
  const among = 'IN (SELECT value FROM json_each(?))';
  const prepare = <Row>(sql: string) => db.raw.prepare<Row>(sql);
  const rowsOf = prepare<AssetRow>(`SELECT * FROM assets WHERE seq ${among}`);
  const probesOf = prepare<{ asset_seq: number; probe: string }>(
    `SELECT asset_seq, probe FROM asset_probes WHERE asset_seq ${among}`,
  );
  const locationsOf = prepare<LocationRow>(
    `SELECT * FROM asset_locations WHERE asset_seq ${among} ORDER BY is_missing, added_at, path`,
  );
  const renditionsOf = prepare<RenditionRow>(
    `SELECT * FROM renditions WHERE asset_seq ${among} ORDER BY ${renditionOrder}`,
  );
  const tagsOf = prepare<{ asset_seq: number; tag: string }>(
    `SELECT asset_seq, tag FROM asset_tags WHERE asset_seq ${among} ORDER BY tag`,
  );
  const collectionsOf = prepare<{ asset_seq: number; collection_id: string }>(
    `SELECT asset_seq, collection_id FROM collection_assets WHERE asset_seq ${among}`,
  );
  const transcriptsOf = prepare<{ asset_seq: number }>(
    `SELECT asset_seq FROM asset_transcripts WHERE asset_seq ${among}`,
  );
  return (seqs) => {
    if (seqs.length === 0) return [];
    const list = JSON.stringify(seqs);
    const rows = new Map(rowsOf.all(list).map((row) => [row.seq, row]));
    const probes = new Map(probesOf.all(list).map((one) => [one.asset_seq, one.probe]));
    const locations = groupBySeq(locationsOf.all(list));
    const renditions = groupBySeq(renditionsOf.all(list));
    const tags = groupBySeq(tagsOf.all(list));
    const collections = groupBySeq(collectionsOf.all(list));
    const transcripts = new Set(transcriptsOf.all(list).map((one) => one.asset_seq));
    return seqs.flatMap((seq) => {
      const row = rows.get(seq);
      const probe = probes.get(seq);
      if (row === undefined || probe === undefined) return [];
      return toAsset({
        row,
        probe,
        locations: locations.get(seq) ?? [],
        renditions: renditions.get(seq) ?? [],
        tags: (tags.get(seq) ?? []).map((one) => one.tag),
        collectionIds: (collections.get(seq) ?? []).map((one) => one.collection_id),
        hasTranscript: transcripts.has(seq),
      });
    });
  };
}

const order: readonly RenditionKind[] = ['thumbnail', 'still', 'filmstrip', 'waveform', 'proxy'];
const renditionOrder = `CASE kind ${order.map((kind, index) => `WHEN '${kind}' THEN ${index}`).join(' ')} END`;

function groupBySeq<Row extends { asset_seq: number }>(rows: readonly Row[]): Map<number, Row[]> {
  return Map.groupBy(rows, (row) => row.asset_seq);
}
