-- Exports know what of the ad they are, whom they are for, how large they may be, and where their pieces came from.
ALTER TABLE exports ADD COLUMN version TEXT NOT NULL DEFAULT 'full';
ALTER TABLE exports ADD COLUMN placements TEXT NOT NULL DEFAULT '[]';
ALTER TABLE exports ADD COLUMN rate_control TEXT NOT NULL DEFAULT '{"mode":"quality"}';
ALTER TABLE exports ADD COLUMN handoff TEXT NOT NULL DEFAULT '{"hasCaptions":false,"hasCovers":false,"hasTable":false,"isZipped":false}';
ALTER TABLE exports ADD COLUMN rate TEXT NOT NULL DEFAULT '{"num":30,"den":1}';
-- Which option plays where, once finished.
ALTER TABLE exports ADD COLUMN sections TEXT NOT NULL DEFAULT '[]';
-- Per segment: where it stands, its fingerprint and those of its parts, and whether it was reused.
ALTER TABLE exports ADD COLUMN segments TEXT;
-- Set while a person has paused it: its job is gone, its pieces are kept.
ALTER TABLE exports ADD COLUMN is_paused INTEGER NOT NULL DEFAULT 0;

-- One id for all ratios of a variant: media buyers put them into one ad. `creatives.variant_key` carries "#version"
-- behind the key for other versions than the full one.
CREATE TABLE ratio_groups (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL,
  variant_key TEXT NOT NULL,
  UNIQUE (project_id, variant_key)
) STRICT, WITHOUT ROWID;

-- What people said of finished exports. Notes are JSON: [{"frame": 12 or null, "text": "…"}].
CREATE TABLE reviews (
  export_id TEXT PRIMARY KEY REFERENCES exports (id) ON DELETE CASCADE,
  verdict TEXT NOT NULL CHECK (verdict IN ('none', 'approved', 'fix')),
  notes TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
