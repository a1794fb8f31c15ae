import type { Clock } from '#main/platform/clock/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import type { Database } from './types.ts';

/** What {@link openDatabase} needs. */
export interface OpenDatabaseOptions {
  /** Path of the file (made when missing), or `:memory:`. */
  file: string;
  /** Folder of `NNNN_name.sql` files. */
  migrationsDir: string;
  /** Where copies go before migrations. Default: `backups` beside the file. */
  backupsDir?: string;
  log: Log;
  clock: Clock;
}

/**
 * Opens a library database: WAL, foreign keys on, checked for damage, migrated (after a backup). Throws
 * `database-damaged` (the file is kept as it is, the newest backup is named), `database-newer` (made by a later
 * version), `folder-unwritable`, `disk-full`, or `timed-out` when another process holds it for long.
 */
export function openDatabase(options: OpenDatabaseOptions): Database {
  throw new Error(`not yet: ${options.file}`);
}
