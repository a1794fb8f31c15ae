export { runInBackground } from './background.ts';
export type { CreateLogOptions, OpenLog } from './log.ts';
export { createLog, silentLog } from './log.ts';
export type { Log, LogFields, LogLevel } from './types.ts';
