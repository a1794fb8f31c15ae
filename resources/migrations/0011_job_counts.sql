-- How many jobs are in each state, kept by the database itself so that it is right whichever process changes them.
-- Counting hundreds of thousands of finished jobs anew at each change took longer than the change.
CREATE TABLE job_counts (state TEXT NOT NULL PRIMARY KEY, jobs INTEGER NOT NULL) STRICT, WITHOUT ROWID;

INSERT INTO job_counts (state, jobs)
SELECT value, (SELECT count(*) FROM jobs WHERE state = value)
FROM json_each('["waiting", "queued", "running", "retrying", "succeeded", "failed", "cancelled"]');

CREATE TRIGGER jobs_counted_in AFTER INSERT ON jobs BEGIN
  UPDATE job_counts SET jobs = jobs + 1 WHERE state = NEW.state;
END;

CREATE TRIGGER jobs_counted_out AFTER DELETE ON jobs BEGIN
  UPDATE job_counts SET jobs = jobs - 1 WHERE state = OLD.state;
END;

CREATE TRIGGER jobs_counted_over AFTER UPDATE OF state ON jobs WHEN OLD.state <> NEW.state BEGIN
  UPDATE job_counts SET jobs = jobs - 1 WHERE state = OLD.state;
  UPDATE job_counts SET jobs = jobs + 1 WHERE state = NEW.state;
END;
