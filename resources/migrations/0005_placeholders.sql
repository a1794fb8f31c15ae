-- Media that a project file named and nobody had: an asset without a file, until it is relinked or imported. Its row in
-- `assets` is like that of any missing asset; what is known of the file that should be there is here, since a hash that
-- was only promised must not count as content the library holds.
CREATE TABLE asset_placeholders (
  asset_seq INTEGER PRIMARY KEY REFERENCES assets (seq) ON DELETE CASCADE,
  file_name TEXT NOT NULL COLLATE NOCASE,
  expected_hash TEXT
) STRICT;
CREATE INDEX asset_placeholders_by_name ON asset_placeholders (file_name);
CREATE INDEX asset_placeholders_by_hash ON asset_placeholders (expected_hash) WHERE expected_hash IS NOT NULL;
