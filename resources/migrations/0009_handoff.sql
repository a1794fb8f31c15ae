-- What is written beside the files of a batch once all its exports have ended: captions, covers, tables, a ZIP.
CREATE TABLE handoffs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id TEXT NOT NULL UNIQUE,
  -- Of the exports it was last written for; NULL before.
  signature TEXT,
  -- JSON: [{"kind", "exportId", "path"}]. Names are kept here before anything is written, so that the same files are
  -- written again, and nobody else's.
  files TEXT NOT NULL DEFAULT '[]',
  -- Why it could not be written.
  error TEXT
) STRICT;
