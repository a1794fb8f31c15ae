export type { FileHash, WalkEntry } from './types.ts';
