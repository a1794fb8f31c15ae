-- One media item. `seq` is the order of arrival ("newest" and "oldest" sort by it, and FTS rows carry it as rowid).
-- Times are ms since the epoch; JSON is text. `is_visible` is what a listing shows by default.
CREATE TABLE assets (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('video', 'image', 'audio', 'caption', 'document')),
  name TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  -- SHA-256 of the whole content; null until it has been read whole.
  content_hash TEXT,
  -- Size, first and last 64 KiB: equal contents always have equal keys, so a duplicate is seen before it is stored.
  quick_key TEXT NOT NULL,
  duration_ms INTEGER,
  -- 9:16, 4:5, 1:1, 16:9; null when the picture is near none of them.
  ratio TEXT,
  -- Why a browser cannot play the file itself; null when it can.
  playback_note TEXT,
  origin TEXT NOT NULL,
  rights TEXT,
  rating INTEGER NOT NULL DEFAULT 0,
  is_rejected INTEGER NOT NULL DEFAULT 0,
  is_missing INTEGER NOT NULL DEFAULT 0,
  removed_at INTEGER,
  is_visible INTEGER GENERATED ALWAYS AS (removed_at IS NULL AND is_rejected = 0) STORED,
  source_folder TEXT NOT NULL,
  shoot_day TEXT NOT NULL,
  imported_at INTEGER NOT NULL
) STRICT;
-- What looking at the file told, as JSON. Beside the table, so that rows stay small where listings walk over them.
CREATE TABLE asset_probes (
  asset_seq INTEGER PRIMARY KEY REFERENCES assets (seq) ON DELETE CASCADE,
  probe TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX assets_by_hash ON assets (content_hash) WHERE content_hash IS NOT NULL;
CREATE INDEX assets_by_quick_key ON assets (quick_key);
-- Orders of a listing.
CREATE INDEX assets_by_name ON assets (name COLLATE NOCASE);
CREATE INDEX assets_by_duration ON assets (duration_ms);
CREATE INDEX assets_by_day ON assets (shoot_day);
CREATE INDEX assets_by_rating ON assets (rating);
-- Filters of a listing.
CREATE INDEX assets_visible ON assets (is_visible);
CREATE INDEX assets_by_kind ON assets (is_visible, kind);
CREATE INDEX assets_by_ratio ON assets (is_visible, ratio);
CREATE INDEX assets_by_folder ON assets (is_visible, source_folder);
CREATE INDEX assets_by_visible_day ON assets (is_visible, shoot_day);
CREATE INDEX assets_missing ON assets (seq) WHERE is_missing = 1;
CREATE INDEX assets_rejected ON assets (seq) WHERE is_rejected = 1;
CREATE INDEX assets_removed ON assets (seq) WHERE removed_at IS NOT NULL;
CREATE INDEX assets_unhashed ON assets (seq) WHERE content_hash IS NULL;

-- Where the bytes are. A path belongs to one asset.
CREATE TABLE asset_locations (
  path TEXT PRIMARY KEY,
  asset_seq INTEGER NOT NULL REFERENCES assets (seq) ON DELETE CASCADE,
  mode TEXT NOT NULL CHECK (mode IN ('link', 'copy')),
  is_missing INTEGER NOT NULL DEFAULT 0,
  size_bytes INTEGER NOT NULL,
  modified_ms REAL NOT NULL,
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_locations_by_asset ON asset_locations (asset_seq);

-- Derived files. `shape` is the JSON of the filmstrip or waveform.
CREATE TABLE renditions (
  asset_seq INTEGER NOT NULL REFERENCES assets (seq) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'ready', 'failed')),
  mime TEXT NOT NULL DEFAULT '',
  size_bytes INTEGER NOT NULL DEFAULT 0,
  version TEXT NOT NULL DEFAULT '',
  -- Below the library's renditions folder.
  file TEXT,
  shape TEXT,
  error TEXT,
  job_id TEXT,
  PRIMARY KEY (asset_seq, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX renditions_unfinished ON renditions (asset_seq) WHERE state = 'queued';

CREATE TABLE asset_tags (
  tag TEXT NOT NULL,
  asset_seq INTEGER NOT NULL REFERENCES assets (seq) ON DELETE CASCADE,
  PRIMARY KEY (tag, asset_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_tags_by_asset ON asset_tags (asset_seq, tag);

-- Words with times, as JSON, and their plain text for searching.
CREATE TABLE asset_transcripts (
  asset_seq INTEGER PRIMARY KEY REFERENCES assets (seq) ON DELETE CASCADE,
  words TEXT NOT NULL,
  plain TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE subclips (
  id TEXT PRIMARY KEY,
  asset_seq INTEGER NOT NULL REFERENCES assets (seq) ON DELETE CASCADE,
  name TEXT NOT NULL,
  in_seconds TEXT NOT NULL,
  out_seconds TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX subclips_by_asset ON subclips (asset_seq);

CREATE TABLE collections (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE collection_assets (
  collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
  asset_seq INTEGER NOT NULL REFERENCES assets (seq) ON DELETE CASCADE,
  PRIMARY KEY (collection_id, asset_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX collection_assets_by_asset ON collection_assets (asset_seq);

-- Full text. Rows are written by the library when one of the four changes (they come from different tables).
CREATE VIRTUAL TABLE assets_fts USING fts5 (
  name, tags, folder, transcript,
  content = '', contentless_delete = 1, detail = full, prefix = '1 2 3',
  tokenize = "unicode61 remove_diacritics 2"
);

-- How many visible assets have each value: kept by triggers, so that facets cost no scan.
CREATE TABLE library_counts (
  facet TEXT NOT NULL,
  value TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (facet, value)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER assets_counted_in AFTER INSERT ON assets WHEN NEW.removed_at IS NULL BEGIN
  INSERT INTO library_counts
    SELECT facet, value, 1 FROM (
      SELECT 'kind' AS facet, NEW.kind AS value UNION ALL SELECT 'folder', NEW.source_folder
      UNION ALL SELECT 'day', NEW.shoot_day UNION ALL SELECT 'all', 'visible'
      UNION ALL SELECT 'all', 'missing' WHERE NEW.is_missing)
    WHERE NEW.is_rejected = 0
  ON CONFLICT DO UPDATE SET count = count + 1;
  INSERT INTO library_counts SELECT 'all', 'rejected', 1 WHERE NEW.is_rejected
  ON CONFLICT DO UPDATE SET count = count + 1;
END;

-- A change is: counted out as it was, counted in as it is.
CREATE TRIGGER assets_recounted AFTER UPDATE OF kind, source_folder, shoot_day, is_missing, is_rejected, removed_at
ON assets WHEN OLD.kind <> NEW.kind OR OLD.source_folder <> NEW.source_folder OR OLD.shoot_day <> NEW.shoot_day
  OR OLD.is_missing <> NEW.is_missing OR OLD.is_rejected <> NEW.is_rejected
  OR (OLD.removed_at IS NULL) <> (NEW.removed_at IS NULL) BEGIN
  UPDATE library_counts SET count = count - 1 WHERE OLD.removed_at IS NULL AND (facet, value) IN (
    SELECT 'kind', OLD.kind WHERE OLD.is_rejected = 0
    UNION ALL SELECT 'folder', OLD.source_folder WHERE OLD.is_rejected = 0
    UNION ALL SELECT 'day', OLD.shoot_day WHERE OLD.is_rejected = 0
    UNION ALL SELECT 'all', 'visible' WHERE OLD.is_rejected = 0
    UNION ALL SELECT 'all', 'missing' WHERE OLD.is_missing AND OLD.is_rejected = 0
    UNION ALL SELECT 'all', 'rejected' WHERE OLD.is_rejected);
  INSERT INTO library_counts
    SELECT facet, value, 1 FROM (
      SELECT 'kind' AS facet, NEW.kind AS value WHERE NEW.is_rejected = 0
      UNION ALL SELECT 'folder', NEW.source_folder WHERE NEW.is_rejected = 0
      UNION ALL SELECT 'day', NEW.shoot_day WHERE NEW.is_rejected = 0
      UNION ALL SELECT 'all', 'visible' WHERE NEW.is_rejected = 0
      UNION ALL SELECT 'all', 'missing' WHERE NEW.is_missing AND NEW.is_rejected = 0
      UNION ALL SELECT 'all', 'rejected' WHERE NEW.is_rejected)
    WHERE NEW.removed_at IS NULL
  ON CONFLICT DO UPDATE SET count = count + 1;
END;

-- Tags of an asset that becomes visible or invisible.
CREATE TRIGGER assets_tags_recounted AFTER UPDATE OF is_rejected, removed_at ON assets
WHEN (OLD.removed_at IS NULL AND OLD.is_rejected = 0) <> (NEW.removed_at IS NULL AND NEW.is_rejected = 0) BEGIN
  UPDATE library_counts
    SET count = count + CASE WHEN NEW.removed_at IS NULL AND NEW.is_rejected = 0 THEN 1 ELSE -1 END
    WHERE facet = 'tag' AND value IN (SELECT tag FROM asset_tags WHERE asset_seq = NEW.seq);
END;

CREATE TRIGGER asset_tags_counted_in AFTER INSERT ON asset_tags BEGIN
  INSERT INTO library_counts
    SELECT 'tag', NEW.tag, is_visible FROM assets WHERE seq = NEW.asset_seq
  ON CONFLICT DO UPDATE SET count = count + excluded.count;
END;

CREATE TRIGGER asset_tags_counted_out AFTER DELETE ON asset_tags BEGIN
  UPDATE library_counts
    SET count = count - coalesce((SELECT is_visible FROM assets WHERE seq = OLD.asset_seq), 0)
    WHERE facet = 'tag' AND value = OLD.tag;
END;
