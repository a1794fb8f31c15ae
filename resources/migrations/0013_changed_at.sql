-- When the system last noted any change of the file (ctime), ms: who replaces a file can put its size and time back, but
-- not this. Null: not looked at yet.
ALTER TABLE asset_locations ADD COLUMN changed_ms REAL;
