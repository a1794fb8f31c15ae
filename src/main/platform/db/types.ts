import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

/** A value SQLite stores. Booleans are 0 and 1, times are ms since the epoch, JSON is text. */
export type SqlValue = string | number | bigint | Uint8Array | null;

/** Parameters of a statement: positional (`?`) or one object of named ones (`@name`). */
export type SqlParameters = readonly SqlValue[] | readonly [Readonly<Record<string, SqlValue>>];

/** A prepared statement; keep it and use it again. `Row` is what a row looks like. */
export interface Statement<Row> {
  run(...parameters: SqlParameters): { changes: number };
  get(...parameters: SqlParameters): Row | undefined;
  all(...parameters: SqlParameters): Row[];
  /** Reads row by row; no other statement may write while it is open. */
  iterate(...parameters: SqlParameters): IterableIterator<Row>;
}

/** SQL where the query builder is too slow or too narrow (hot paths, FTS). */
export interface RawSql {
  prepare<Row = never>(sql: string): Statement<Row>;
  /** Runs one or several statements without parameters. */
  exec(sql: string): void;
}

/** One open library database. One connection per process; several processes may have the same file open. */
export interface Database {
  /** Path of the file, or `:memory:`. */
  readonly file: string;
  /** Drizzle over the same connection: inside {@link transaction} its queries belong to the transaction. */
  readonly orm: BetterSQLite3Database;
  readonly raw: RawSql;
  /** True inside {@link transaction}. */
  readonly inTransaction: boolean;
  /**
   * Runs `work` in one IMMEDIATE transaction and commits, or rolls back when it throws. Synchronous: `work` must not
   * return a promise. Nested calls are savepoints. SQLite's failures become AppErrors (`disk-full`,
   * `folder-unwritable`, `database-damaged`, `timed-out`).
   */
  transaction<Result>(work: () => Result): Result;
  /** Calls back after the outermost transaction has committed (never if it rolls back); at once outside of one. */
  afterCommit(callback: () => void): void;
  /** A number that changes when another connection or process has committed something. Takes microseconds. */
  externalVersion(): number;
  /** Copies the whole database into the backups folder; returns the path. Keeps the newest five. */
  backup(): string;
  /** Closes the connection. Twice is fine. */
  dispose(): void;
}
