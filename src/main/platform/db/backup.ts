import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { makeFolderSync } from '#main/platform/files/index.ts';

/** How many backups are kept. */
export const keptBackups = 5;

/**
 * Copies the database into `<backupsDir>/<name>-<UTC time>.sqlite` (appears only when complete) and removes all but
 * the newest five. Returns the path.
 */
export function backupDatabase(connection: Sqlite.Database, backupsDir: string, nowMs: number): string {
  makeFolderSync(backupsDir);
  const name = basename(connection.name, extname(connection.name));
  const stamp = new Date(nowMs).toISOString().replaceAll(/[-:.]/g, '');
  const target = freePath(backupsDir, `${name}-${stamp}`);
  const temp = `${target}.tmp`;
  rmSync(temp, { force: true });
  try {
    connection.prepare('VACUUM INTO ?').run(temp);
    renameSync(temp, target);
  } finally {
    rmSync(temp, { force: true });
  }
  for (const old of listBackups(backupsDir, connection.name).slice(keptBackups)) rmSync(old, { force: true });
  return target;
}

/** The backups of this database, newest first. */
export function listBackups(backupsDir: string, file: string): string[] {
  const prefix = `${basename(file, extname(file))}-`;
  return readFolder(backupsDir)
    .filter((entry) => entry.startsWith(prefix) && entry.endsWith('.sqlite'))
    .map((entry) => join(backupsDir, entry))
    .map((path) => ({ path, modifiedMs: statSync(path).mtimeMs }))
    .sort((a, b) => b.modifiedMs - a.modifiedMs || (a.path < b.path ? 1 : -1))
    .map(({ path }) => path);
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function freePath(folder: string, stem: string): string {
  const taken = new Set(readFolder(folder));
  for (let count = 0; ; count += 1) {
    const entry = count === 0 ? `${stem}.sqlite` : `${stem}-${count}.sqlite`;
    if (!taken.has(entry)) return join(folder, entry);
  }
}
