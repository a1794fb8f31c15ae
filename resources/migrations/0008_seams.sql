-- Pairs of segments whose join was decoded in a finished file and found right. Bytes follow from fingerprints, so a verdict
-- never grows old; rows of segments that are gone are small and go with the cache.
CREATE TABLE seam_verdicts (
  before_fingerprint TEXT NOT NULL,
  after_fingerprint TEXT NOT NULL,
  PRIMARY KEY (before_fingerprint, after_fingerprint)
) STRICT, WITHOUT ROWID;
