import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { makeFolderSync, toFolderError } from '#main/platform/files/index.ts';
import { sqliteCode, toDatabaseError } from './sqlite-error.ts';

/** A file held by one process; the system lets go of it when the process ends, however it ends. */
export interface ExclusiveFile {
  /**
   * Lets go. Twice is fine. `remove` deletes the file too: only for names nobody else will ever hold, since a waiting
   * process could otherwise end up holding the deleted file while a third holds its successor.
   */
  release(options?: { remove?: boolean }): void;
}

/** Someone may be looking at the lock for an instant; that is not holding it. */
const glanceMs = 250;

/**
 * Holds a file exclusively, or returns null when someone (another process or this one) holds it already. Built on
 * SQLite's own locks, the one portable lock that ends with its process: no process ids that are reused, no times that
 * a changed clock makes wrong, nothing left to clean after kill -9.
 */
export function holdExclusively(file: string): ExclusiveFile | null {
  try {
    makeFolderSync(dirname(file));
  } catch (error) {
    throw toFolderError(error, dirname(file));
  }
  const connection = take(file, glanceMs);
  if (connection === null) return null;
  return {
    release({ remove = false } = {}) {
      if (!connection.open) return;
      connection.close();
      if (remove) rmSync(file, { force: true });
    },
  };
}

/** True while some process holds the file. */
export function isHeld(file: string): boolean {
  if (!existsSync(file)) return false;
  const connection = take(file, 0);
  connection?.close();
  return connection === null;
}

function take(file: string, timeoutMs: number): Sqlite.Database | null {
  let connection: Sqlite.Database | undefined;
  try {
    connection = new Sqlite(file, { timeout: timeoutMs });
    // No journal file: nothing is ever written.
    connection.pragma('journal_mode = OFF');
    connection.exec('BEGIN EXCLUSIVE');
    return connection;
  } catch (error) {
    connection?.close();
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY') === true) return null;
    throw toDatabaseError(error, file);
  }
}
