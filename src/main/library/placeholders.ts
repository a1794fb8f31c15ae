import { extname, isAbsolute } from 'node:path';
import type { Database } from '#main/platform/db/index.ts';
import type { AssetId, AssetKind, AssetOrigin, Probe } from '#shared/model/index.ts';
import type { AssetStore, NewAsset } from './asset-store.ts';
import { localDay } from './look/capture.ts';

/** Media that someone named and nobody has. */
export interface AbsentMedia {
  id: AssetId;
  /** What it is called; its ending tells the kind. */
  name: string;
  /** Where it should be; null when unknown. Nothing is asked of the disk. */
  path: string | null;
  /** SHA-256 of its content, lower-case hex; null when unknown. */
  sha256: string | null;
  origin: AssetOrigin;
}

/** What is known of the file a placeholder waits for. */
export interface PlaceholderRow {
  asset_seq: number;
  file_name: string;
  expected_hash: string | null;
}

/** Assets that wait for their file. Writers expect the caller's transaction. */
export interface Placeholders {
  of(seq: number): PlaceholderRow | undefined;
  /** Those that might be waiting for a file of this name or content. */
  candidates(fileName: string, sha256: string | null): PlaceholderRow[];
  byHash(sha256: string): PlaceholderRow | undefined;
  /** Returns the new asset's number. */
  add(media: AbsentMedia, nowMs: number): number;
  /** The placeholder becomes the asset it stood for; its id, name, tags and ratings stay. */
  fill(seq: number, found: NewAsset): void;
  /** It waits no longer: what it stood for is another asset. */
  drop(seq: number): void;
}

const unknownProbe: Probe = {
  container: '',
  durationSeconds: null,
  video: null,
  audio: [],
  otherStreams: [],
  capturedAtMs: null,
  device: null,
};

/** Prepares the statements. */
export function createPlaceholders(db: Database, assets: AssetStore): Placeholders {
  const of = db.raw.prepare<PlaceholderRow>('SELECT * FROM asset_placeholders WHERE asset_seq = ?');
  const byHash = db.raw.prepare<PlaceholderRow>(
    'SELECT * FROM asset_placeholders WHERE expected_hash = ? ORDER BY asset_seq',
  );
  const candidates = db.raw.prepare<PlaceholderRow>(
    'SELECT * FROM asset_placeholders WHERE file_name = ? OR expected_hash = ? ORDER BY asset_seq',
  );
  const insert = db.raw.prepare(
    'INSERT INTO asset_placeholders (asset_seq, file_name, expected_hash) VALUES (?, ?, ?)',
  );
  const remove = db.raw.prepare('DELETE FROM asset_placeholders WHERE asset_seq = ?');
  const markMissing = db.raw.prepare('UPDATE assets SET is_missing = 1 WHERE seq = ?');

  function drop(seq: number): void {
    for (const place of assets.locations(seq)) if (place.is_missing === 1) assets.removeLocation(place.path);
    remove.run(seq);
  }

  return {
    of: (seq) => of.get(seq),
    candidates: (fileName, sha256) => candidates.all(fileName, sha256),
    byHash: (sha256) => byHash.get(sha256),
    add({ id, name, path, sha256, origin }, nowMs) {
      const fileName = path === null ? name : (path.split(/[\\/]/).at(-1) ?? name);
      const seq = assets.insert({
        ...{ id, name, origin, kind: kindOf(fileName), sizeBytes: 0, contentHash: null },
        // No content has this key, so nothing that is imported is taken for it.
        ...{ quickKey: `placeholder-${id}`, probe: unknownProbe, playbackNote: 'It is missing.' },
        ...{ sourceFolder: '', shootDay: localDay(nowMs), importedAtMs: nowMs },
      });
      insert.run(seq, fileName, sha256);
      // A path belongs to one asset: one that is there keeps it.
      if (path !== null && isAbsolute(path) && assets.locationOf(path) === undefined) {
        assets.addLocation(seq, { path, mode: 'link', sizeBytes: 0, modifiedMs: 0, changedMs: null }, nowMs);
        assets.markLocation(path, true);
      }
      markMissing.run(seq);
      return seq;
    },
    fill(seq, found) {
      assets.replaceContent(seq, found);
      drop(seq);
    },
    drop,
  };
}

const endings: Readonly<Record<Exclude<AssetKind, 'video'>, RegExp>> = {
  image: /^\.(?:jpe?g|png|webp|gif|avif|heic|heif|tiff?|bmp|svg)$/,
  audio: /^\.(?:mp3|m4a|aac|wav|flac|ogg|oga|opus|aiff?|wma)$/,
  caption: /^\.(?:srt|vtt|ass|ssa|sbv)$/,
  document: /^\.(?:pdf|txt|md|docx?|rtf|csv|json)$/,
};

/** What a file of this name most likely is; looking at it will tell. */
function kindOf(fileName: string): AssetKind {
  const ending = extname(fileName).toLowerCase();
  const kinds = ['image', 'audio', 'caption', 'document'] as const;
  return kinds.find((kind) => endings[kind].test(ending)) ?? 'video';
}
