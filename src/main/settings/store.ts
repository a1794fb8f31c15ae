import type { Database } from '#main/platform/db/index.ts';

/** The table behind the settings: key → JSON text. */
export interface SettingsTable {
  read(): Map<string, string>;
  write(key: string, json: string, nowMs: number): void;
  remove(key: string): void;
}

/** Prepares the statements of the settings table (`0001_core.sql`). */
export function createSettingsTable(db: Database): SettingsTable {
  const read = db.raw.prepare<{ key: string; value: string }>('SELECT key, value FROM settings');
  const write = db.raw.prepare('INSERT OR REPLACE INTO settings (key, value, updated_at) VALUES (?, ?, ?)');
  const remove = db.raw.prepare('DELETE FROM settings WHERE key = ?');
  return {
    read: () => new Map(read.all().map(({ key, value }) => [key, value])),
    write: (key, json, nowMs) => void write.run(key, json, nowMs),
    remove: (key) => void remove.run(key),
  };
}
