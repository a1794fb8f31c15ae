import type Sqlite from 'better-sqlite3';
import { toDatabaseError } from './sqlite-error.ts';
import type { RawSql, SqlParameters, Statement } from './types.ts';

/** The narrow door to SQL itself, with SQLite's failures turned into the product's errors. */
export function createRawSql(connection: Sqlite.Database): RawSql {
  function guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw toDatabaseError(error, connection.name);
    }
  }
  return {
    prepare<Row>(sql: string): Statement<Row> {
      const statement = guard(() => connection.prepare(sql)) as Sqlite.Statement<unknown[], Row>;
      return {
        run: (...parameters: SqlParameters) => guard(() => ({ changes: statement.run(...parameters).changes })),
        get: (...parameters: SqlParameters) => guard(() => statement.get(...parameters)),
        all: (...parameters: SqlParameters) => guard(() => statement.all(...parameters)),
        iterate: (...parameters: SqlParameters) => guard(() => statement.iterate(...parameters)),
      };
    },
    exec: (sql) => void guard(() => connection.exec(sql)),
  };
}
