-- Settings: one row per key that differs from its default. Values are JSON.
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Processes that work on this library. Whether one is alive is told by its lock file, never by a time.
CREATE TABLE job_owners (
  id TEXT PRIMARY KEY,
  pid INTEGER NOT NULL,
  started_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE job_lanes (
  lane TEXT PRIMARY KEY,
  is_paused INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The queue. `seq` is the order of arrival. Times are ms since the epoch; JSON is text.
CREATE TABLE jobs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  title TEXT NOT NULL,
  lane TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'queued', 'running', 'retrying', 'succeeded', 'failed', 'cancelled')),
  priority INTEGER NOT NULL,
  group_key TEXT,
  idempotency_key TEXT,
  input TEXT NOT NULL,
  result TEXT,
  error TEXT,
  progress TEXT,
  checkpoint TEXT,
  attempt INTEGER NOT NULL DEFAULT 0,
  max_attempts INTEGER NOT NULL,
  -- How often the process running it died; such attempts do not count.
  interruptions INTEGER NOT NULL DEFAULT 0,
  -- Dependencies that have not succeeded yet.
  pending_count INTEGER NOT NULL DEFAULT 0,
  -- The dependency this job failed or was cancelled with.
  blocked_by TEXT,
  -- The process that runs it.
  owner TEXT,
  is_cancel_requested INTEGER NOT NULL DEFAULT 0,
  -- A retry is due at run_at; the delay is kept so that a wall clock set back cannot postpone it for years.
  run_at INTEGER,
  retry_delay_ms INTEGER,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER
) STRICT;

CREATE INDEX jobs_ready ON jobs (lane, priority DESC, seq) WHERE state = 'queued';
CREATE INDEX jobs_running ON jobs (lane, owner) WHERE state = 'running';
CREATE INDEX jobs_retrying ON jobs (run_at) WHERE state = 'retrying';
CREATE INDEX jobs_by_state ON jobs (state, seq);
CREATE INDEX jobs_by_group ON jobs (group_key, seq) WHERE group_key IS NOT NULL;
CREATE UNIQUE INDEX jobs_by_key ON jobs (idempotency_key)
  WHERE idempotency_key IS NOT NULL AND state IN ('waiting', 'queued', 'running', 'retrying');
CREATE INDEX jobs_by_done_key ON jobs (idempotency_key) WHERE idempotency_key IS NOT NULL AND state = 'succeeded';

CREATE TABLE job_dependencies (
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  depends_on TEXT NOT NULL,
  PRIMARY KEY (job_id, depends_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_dependants ON job_dependencies (depends_on);
