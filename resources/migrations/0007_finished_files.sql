-- Finished files by everything that is in them, so that exporting the same once more copies instead of joining again.
CREATE TABLE finished_files (
  fingerprint TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  modified_ms REAL NOT NULL,
  report TEXT NOT NULL,
  used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX finished_files_used ON finished_files (used_at);
