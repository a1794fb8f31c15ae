import type Sqlite from 'better-sqlite3';
import type { Log } from '#main/platform/log/index.ts';
import { toDatabaseError } from './sqlite-error.ts';

/** Transactions of one connection: IMMEDIATE outside, savepoints inside, callbacks after the commit. */
export class Transactions {
  readonly #connection: Sqlite.Database;
  readonly #log: Log;
  readonly #begin: Sqlite.Statement;
  readonly #commit: Sqlite.Statement;
  /** One list per open level; a level that rolls back takes its callbacks with it. */
  readonly #callbacks: (() => void)[][] = [];

  constructor(connection: Sqlite.Database, log: Log) {
    this.#connection = connection;
    this.#log = log;
    this.#begin = connection.prepare('BEGIN IMMEDIATE');
    this.#commit = connection.prepare('COMMIT');
  }

  /** See `Database.transaction`. */
  run<Result>(work: () => Result): Result {
    const level = this.#callbacks.length;
    try {
      this.#open(level);
    } catch (error) {
      throw toDatabaseError(error, this.#connection.name);
    }
    this.#callbacks.push([]);
    let result: Result;
    try {
      result = work();
      if (result instanceof Promise) throw new Error('a transaction must be synchronous');
      this.#close(level);
    } catch (error) {
      this.#callbacks.pop();
      this.#rollBack(level);
      throw toDatabaseError(error, this.#connection.name);
    }
    const callbacks = this.#callbacks.pop() ?? [];
    if (level > 0) this.#callbacks[level - 1]?.push(...callbacks);
    else this.#call(callbacks);
    return result;
  }

  /** See `Database.afterCommit`. */
  afterCommit(callback: () => void): void {
    const current = this.#callbacks.at(-1);
    if (current === undefined) callback();
    else current.push(callback);
  }

  #open(level: number): void {
    if (level === 0) this.#begin.run();
    else this.#connection.exec(`SAVEPOINT level${level}`);
  }

  #close(level: number): void {
    if (level === 0) this.#commit.run();
    else this.#connection.exec(`RELEASE level${level}`);
  }

  #rollBack(level: number): void {
    // A full disk may have made SQLite roll back the whole transaction already.
    if (!this.#connection.inTransaction) return;
    if (level === 0) this.#connection.exec('ROLLBACK');
    else this.#connection.exec(`ROLLBACK TO level${level}; RELEASE level${level}`);
  }

  #call(callbacks: readonly (() => void)[]): void {
    for (const callback of callbacks) {
      try {
        callback();
      } catch (error) {
        // What was committed stays committed, whatever happens afterwards.
        this.#log.error('a callback after a commit failed', { error });
      }
    }
  }
}
