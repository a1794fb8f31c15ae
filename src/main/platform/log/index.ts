export type { Log, LogFields } from './types.ts';
