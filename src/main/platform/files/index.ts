export type { FileAction } from './fs-error.ts';
export { systemCode, toFileError } from './fs-error.ts';
export type { FileHash, WalkEntry } from './types.ts';
