-- A project as it was when exports of it were started: what they render, whatever is edited meanwhile.
CREATE TABLE render_snapshots (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id TEXT NOT NULL,
  -- SHA-256 of `project`: starting twice without an edit between keeps one copy.
  hash TEXT NOT NULL UNIQUE,
  project TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- The permanent identity of one variant of a project in one ratio, over all its revisions.
CREATE TABLE creatives (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL,
  variant_key TEXT NOT NULL,
  ratio TEXT NOT NULL,
  UNIQUE (project_id, variant_key, ratio)
) STRICT, WITHOUT ROWID;

-- One file to be made, being made, or made. `state` is final once `finished_at` is set; until then the job tells.
-- Times are ms since the epoch; JSON is text.
CREATE TABLE exports (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  batch_id TEXT NOT NULL,
  project_id TEXT NOT NULL,
  project_name TEXT NOT NULL,
  snapshot_id INTEGER NOT NULL REFERENCES render_snapshots (id),
  creative_id TEXT NOT NULL REFERENCES creatives (id),
  revision INTEGER NOT NULL,
  variant TEXT NOT NULL,
  variant_key TEXT NOT NULL,
  variant_name TEXT NOT NULL,
  ratio TEXT NOT NULL,
  preset_id TEXT NOT NULL,
  out_dir TEXT NOT NULL,
  file_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'finished', 'failed', 'cancelled')),
  job_id TEXT,
  frame_count INTEGER NOT NULL,
  duration_seconds REAL NOT NULL,
  size_bytes INTEGER,
  error TEXT,
  check_report TEXT,
  release_id TEXT,
  -- Path and SHA-256 of a file that passed its check and is about to get its name: found again after a crash.
  placing TEXT,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX exports_by_batch ON exports (batch_id, seq);
CREATE INDEX exports_by_project ON exports (project_id, seq);
CREATE INDEX exports_by_creative ON exports (creative_id, revision);
CREATE INDEX exports_unfinished ON exports (out_dir) WHERE finished_at IS NULL;
CREATE INDEX exports_by_snapshot ON exports (snapshot_id);

-- What was delivered, for good: results attach to it. `record` is the whole release as JSON.
CREATE TABLE releases (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  creative_id TEXT NOT NULL REFERENCES creatives (id),
  revision INTEGER NOT NULL,
  project_id TEXT NOT NULL,
  export_id TEXT NOT NULL,
  plan_fingerprint TEXT NOT NULL,
  record TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (creative_id, revision)
) STRICT;
CREATE INDEX releases_by_project ON releases (project_id, seq);

-- How fast this machine encodes and how large the results are, by preset and size: for estimates.
CREATE TABLE render_speeds (
  key TEXT PRIMARY KEY,
  frames REAL NOT NULL,
  ms REAL NOT NULL,
  bytes REAL NOT NULL
) STRICT, WITHOUT ROWID;
