-- A transcript says which language it is in and where it comes from ('imported', 'whisper', 'edited'); `revision` counts
-- its changes, so that a correction made on an older one is noticed. Words: [{ text, startMs, endMs, … }].
ALTER TABLE asset_transcripts ADD COLUMN language TEXT;
ALTER TABLE asset_transcripts ADD COLUMN origin TEXT NOT NULL DEFAULT 'imported';
ALTER TABLE asset_transcripts ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
