import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Clock, Dispose } from '#main/platform/clock/index.ts';
import { makeFolderSync, toFolderError } from '#main/platform/files/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import { backupDatabase, listBackups } from './backup.ts';
import { checkLater, checkNow } from './integrity.ts';
import { migrate } from './migrate.ts';
import { createRawSql } from './raw.ts';
import { damagedError, sqliteCode, toDatabaseError } from './sqlite-error.ts';
import { Transactions } from './transactions.ts';
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

/** How long a writer waits for another process. */
const busyTimeoutMs = 5_000;
/** How long the start waits for another process that migrates. */
const openTimeoutMs = 30_000;
/** Pause between tries to switch a new database to WAL. */
const walRetryMs = 20;

/**
 * Opens a library database: WAL, foreign keys on, checked for damage (a large one in the background), migrated (after a
 * backup). Throws
 * `database-damaged` (the file is kept as it is, the newest backup is named), `database-newer` (made by a later
 * version), `folder-unwritable`, `disk-full`, or `timed-out` when another process holds it for long.
 */
export function openDatabase(options: OpenDatabaseOptions): Database {
  const { file, log, clock } = options;
  const backupsDir = options.backupsDir ?? join(dirname(file), 'backups');
  const backup = () => backupDatabase(connection, backupsDir, clock.nowMs());
  const connection = connect(file);
  try {
    const isChecked = checkNow(connection);
    configure(connection);
    const applied = migrate({ connection, migrationsDir: options.migrationsDir, nowMs: clock.nowMs, backup });
    if (applied.length > 0) log.info('database migrated', { file, applied });
    connection.pragma(`busy_timeout = ${busyTimeoutMs}`);
    const check = isChecked ? null : checkLater({ file, log, clock });
    return wrap(connection, log, backup, check);
  } catch (error) {
    connection.close();
    throw namedBackup(error, file, backupsDir);
  }
}

function connect(file: string): Sqlite.Database {
  if (file !== ':memory:') {
    try {
      makeFolderSync(dirname(file));
    } catch (error) {
      throw toFolderError(error, dirname(file));
    }
  }
  try {
    return new Sqlite(file, { timeout: openTimeoutMs });
  } catch (error) {
    throw toDatabaseError(error, file);
  }
}

/**
 * Two programs that open a new library at once both want the lock that the switch to WAL takes; SQLite then refuses one
 * at once, whatever its timeout, because waiting could never end. It tries again.
 */
function switchToWal(connection: Sqlite.Database): void {
  for (let waitedMs = 0; ; waitedMs += walRetryMs) {
    try {
      connection.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!sqliteCode(error)?.startsWith('SQLITE_BUSY') || waitedMs >= openTimeoutMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, walRetryMs);
    }
  }
}

function configure(connection: Sqlite.Database): void {
  switchToWal(connection);
  // Safe against a crash of the program; a power cut may cost the last commits, never the database.
  connection.pragma('synchronous = NORMAL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('temp_store = MEMORY');
  connection.pragma('cache_size = -16384');
  // Do not let one large import leave a huge log behind.
  connection.pragma('journal_size_limit = 67108864');
}

function namedBackup(error: unknown, file: string, backupsDir: string): unknown {
  const mapped = toDatabaseError(error, file);
  const code = sqliteCode(error);
  const isDamaged = mapped instanceof Error && 'code' in mapped && mapped.code === 'database-damaged';
  if (!isDamaged && code !== 'SQLITE_CORRUPT') return mapped;
  const newest = existsSync(backupsDir) ? listBackups(backupsDir, file)[0] : undefined;
  return damagedError(file, newest ?? null, error instanceof Error ? error.message : String(error));
}

function wrap(connection: Sqlite.Database, log: Log, backup: () => string, check: Dispose | null): Database {
  const transactions = new Transactions(connection, log);
  const version = connection.prepare('PRAGMA data_version').pluck();
  return {
    file: connection.name,
    orm: drizzle(connection),
    raw: createRawSql(connection),
    get inTransaction() {
      return connection.inTransaction;
    },
    transaction: (work) => transactions.run(work),
    afterCommit: (callback) => transactions.afterCommit(callback),
    externalVersion: () => Number(version.get()),
    backup() {
      try {
        return backup();
      } catch (error) {
        throw toDatabaseError(error, connection.name);
      }
    },
    dispose() {
      check?.();
      if (connection.open) connection.close();
    },
  };
}
