-- One ad with all its alternatives. What it is now is its newest snapshot plus the edits on the way to head_seq; the rest
-- of the row is what lists show, kept up to date with every edit. Times are ms since the epoch; JSON is text.
CREATE TABLE projects (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- `user`, or `sample` for the one that comes with the program.
  origin TEXT NOT NULL,
  -- The edit in force; 0 = as created.
  head_seq INTEGER NOT NULL,
  -- The newest edit there is, on whatever branch: numbers are never used twice.
  last_seq INTEGER NOT NULL,
  slots TEXT NOT NULL,
  variant_count INTEGER NOT NULL,
  cover_asset_id TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX projects_by_update ON projects (updated_at);

-- The journal: a tree, nothing in it is ever changed or deleted. Undo moves the head to the parent; an edit made then
-- begins a new branch, and the old one stays reachable.
CREATE TABLE project_edits (
  project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  parent_seq INTEGER NOT NULL,
  edit TEXT NOT NULL,
  label TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (project_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX project_edits_by_parent ON project_edits (project_id, parent_seq, seq);

-- The whole project after an edit (seq 0: as created), so that opening replays few edits.
CREATE TABLE project_snapshots (
  project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  project TEXT NOT NULL,
  PRIMARY KEY (project_id, seq)
) STRICT, WITHOUT ROWID;

-- Media that the project at its head uses.
CREATE TABLE project_assets (
  asset_id TEXT NOT NULL,
  project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  PRIMARY KEY (asset_id, project_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX project_assets_by_project ON project_assets (project_id);

-- Where media that was missing when a project file was read should have been: for relinking, and for writing it back.
CREATE TABLE project_missing_media (
  project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  asset_id TEXT NOT NULL,
  path TEXT,
  name TEXT,
  sha256 TEXT,
  PRIMARY KEY (project_id, asset_id)
) STRICT, WITHOUT ROWID;
