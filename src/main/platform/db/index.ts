export type { OpenDatabaseOptions } from './database.ts';
export { openDatabase } from './database.ts';
export type { Database, RawSql, SqlParameters, SqlValue, Statement } from './types.ts';
