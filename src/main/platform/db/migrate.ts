import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { AppError } from '#shared/errors/index.ts';

/** Marks a file as a Spotloom library ("SPLM"), see `PRAGMA application_id`. */
export const applicationId = 0x53504c4d;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface MigrateOptions {
  connection: Sqlite.Database;
  migrationsDir: string;
  nowMs: () => number;
  /** Called once, before the first change to a database that already holds something. */
  backup: () => void;
}

/**
 * Brings the schema up to date: each missing `NNNN_name.sql` in one transaction, recorded with its checksum. Several
 * processes may do this at once. Returns the names applied. Throws `database-newer` if the database knows a migration
 * this version does not, or another text of one it does.
 */
export function migrate(options: MigrateOptions): string[] {
  const { connection } = options;
  const known = readMigrations(options.migrationsDir);
  refuseForeignFile(connection);
  if (pending(connection, known).length === 0) return [];
  if (isMigrated(connection)) options.backup();
  const applied: string[] = [];
  // Off while tables are rebuilt; checked before each commit instead. Cannot be changed inside a transaction.
  connection.pragma('foreign_keys = OFF');
  try {
    for (const migration of known) if (applyOne(options, migration)) applied.push(migration.name);
  } finally {
    connection.pragma('foreign_keys = ON');
  }
  return applied;
}

function applyOne({ connection, nowMs }: MigrateOptions, migration: Migration): boolean {
  const apply = connection.transaction(() => {
    // Looked at again under the lock: another process may have been first.
    if (pending(connection, [migration], { partial: true }).length === 0) return false;
    connection.pragma(`application_id = ${applicationId}`);
    connection.exec(
      'CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
    );
    connection.exec(migration.sql);
    const violations = connection.pragma('foreign_key_check') as unknown[];
    if (violations.length > 0) throw new Error(`${migration.name} leaves ${violations.length} broken references`);
    connection
      .prepare('INSERT INTO schema_migrations (name, checksum, applied_at) VALUES (?, ?, ?)')
      .run(migration.name, migration.checksum, nowMs());
    return true;
  });
  try {
    return apply.immediate();
  } catch (error) {
    if (error instanceof Error) error.message = `${migration.name}: ${error.message}`;
    throw error;
  }
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((entry) => /^\d{4}_[a-z0-9_]+\.sql$/.test(entry))
    .sort();
  const numbers = names.map((name) => name.slice(0, 4));
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
  if (twice !== undefined || names.length === 0) {
    throw new AppError('internal', 'This copy of Spotloom is incomplete. Please install it again.', {
      message: twice === undefined ? `no migrations in ${folder}` : `two migrations are numbered ${twice}`,
    });
  }
  return names.map((name) => {
    // Checked out on Windows the same file may end its lines differently.
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

function pending(connection: Sqlite.Database, known: Migration[], { partial = false } = {}): Migration[] {
  const applied = new Map(
    isMigrated(connection)
      ? (connection.prepare('SELECT name, checksum FROM schema_migrations').raw().all() as [string, string][])
      : [],
  );
  const missing = known.filter(({ name }) => !applied.has(name));
  const strange = known.find(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum)?.name;
  const unknown = partial ? undefined : [...applied.keys()].find((name) => !known.some((one) => one.name === name));
  const culprit = unknown ?? strange;
  if (culprit === undefined) return missing;
  throw new AppError(
    'database-newer',
    'This library was made by another version of Spotloom, probably a newer one. Update Spotloom, or open another library.',
    { message: `unknown migration ${culprit}`, details: { file: connection.name, migration: culprit } },
  );
}

function isMigrated(connection: Sqlite.Database): boolean {
  return connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'").get() !== undefined;
}

function refuseForeignFile(connection: Sqlite.Database): void {
  const isEmpty = connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (isEmpty || connection.pragma('application_id', { simple: true }) === applicationId) return;
  throw new AppError('invalid-input', `"${connection.name}" is not a Spotloom library. Choose another folder.`, {
    retry: 'choose-folder',
    details: { file: connection.name },
  });
}
