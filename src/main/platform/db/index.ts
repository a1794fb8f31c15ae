export type { OpenDatabaseOptions } from './database.ts';
export { openDatabase } from './database.ts';
export type { ExclusiveFile } from './exclusive-file.ts';
export { holdExclusively, isHeld } from './exclusive-file.ts';
export type { Database, RawSql, SqlParameters, SqlValue, Statement } from './types.ts';
