/** How loud a line is. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Facts that go with a log line; secrets in them are masked before anything is written. */
export type LogFields = Record<string, unknown>;

/** The structured log every part of the engine is given. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** Put the thrown thing under `error`: it is written with its code, message, stack and cause. */
  error(message: string, fields?: LogFields): void;
  /** A log whose lines carry this name after the parent's, e.g. `jobs.runner`. */
  child(name: string): Log;
}
