import type { Database } from '#main/platform/db/index.ts';

/**
 * True for a library that never held a project or media of its own: only then does the sample come. Media of a sample
 * whose start was cut short do not count; media removed since do.
 */
export function isNewLibrary(db: Database): boolean {
  const row = db.raw
    .prepare<{ isNew: number }>(
      `SELECT NOT EXISTS (SELECT 1 FROM projects)
          AND (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'assets')
            = (SELECT count(*) FROM assets WHERE origin = 'sample') AS isNew`,
    )
    .get();
  return row?.isNew === 1;
}
