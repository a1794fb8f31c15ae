-- What exporting again needs to give the file its name as before: the pattern asked for (NULL = the settings') and the
-- number within the batch.
ALTER TABLE exports ADD COLUMN naming_pattern TEXT;
ALTER TABLE exports ADD COLUMN name_index INTEGER NOT NULL DEFAULT 1;
-- What it was estimated to take when it was begun, ms: tells how much of a batch is left.
ALTER TABLE exports ADD COLUMN estimated_ms REAL NOT NULL DEFAULT 0;
