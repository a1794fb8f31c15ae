import pino from 'pino';
import { makeFolderSync } from '#main/platform/files/index.ts';
import { redact, redactText } from './redact.ts';
import { openRotatingFile } from './rotating-file.ts';
import type { Log, LogFields, LogLevel } from './types.ts';

const loudness: Readonly<Record<LogLevel, number>> = { debug: 20, info: 30, warn: 40, error: 50 };

/** What {@link createLog} needs. */
export interface CreateLogOptions {
  /** Folder of the log files; null writes none. */
  folder: string | null;
  /** Start of the files' names, one per face, since two processes must not rotate the same file. Default `spotloom`. */
  name?: string;
  /** From which level on lines go to the file. Default `info`. */
  level?: LogLevel;
  /** From which level on lines go to stderr; null for none. Default `warn`. */
  stderrLevel?: LogLevel | null;
  /** Default 10 MB per file and five files. */
  maxFileBytes?: number;
  maxFiles?: number;
  /** Where lines for people go. Default: stderr. */
  writeStderr?: (line: string) => void;
}

/** A log and the end of it. */
export interface OpenLog {
  log: Log;
  /** Writes what is buffered and closes the file. */
  dispose(): Promise<void>;
}

/** Opens the structured log: JSON lines in rotating files, short lines for people on stderr, secrets masked in both. */
export function createLog(options: CreateLogOptions): OpenLog {
  const { folder, name = 'spotloom', level = 'info', stderrLevel = 'warn' } = options;
  const writeStderr = options.writeStderr ?? ((line: string) => void process.stderr.write(line));
  const file = folder === null ? null : openFile(folder, name, options, writeStderr);
  const lowest = stderrLevel !== null && loudness[stderrLevel] < loudness[level] ? stderrLevel : level;
  const streams = [
    ...(file === null ? [] : [{ level, stream: file }]),
    ...(stderrLevel === null
      ? []
      : [{ level: stderrLevel, stream: { write: (line: string) => writeStderr(forPeople(line)) } }]),
  ];
  const root = pino(
    { level: file === null && stderrLevel === null ? 'silent' : lowest, base: { pid: process.pid } },
    pino.multistream(streams),
  );
  return { log: wrap(root, []), dispose: async () => file?.dispose() };
}

/** A log that keeps nothing, for tests. */
export function silentLog(): Log {
  const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
  return log;
}

function openFile(
  folder: string,
  name: string,
  options: CreateLogOptions,
  writeStderr: (line: string) => void,
): ReturnType<typeof openRotatingFile> | null {
  try {
    makeFolderSync(folder);
  } catch (error) {
    // Without a log the studio still works; the disk's real trouble shows where it matters.
    writeStderr(`warn  log: no log is written: ${String(error)}\n`);
    return null;
  }
  const { maxFileBytes = 10 * 1024 * 1024, maxFiles = 5 } = options;
  return openRotatingFile({
    folder,
    name,
    maxFileBytes,
    maxFiles,
    onError: (text) => writeStderr(`warn  log: ${text}\n`),
  });
}

function wrap(root: pino.Logger, names: readonly string[]): Log {
  const label = names.join('.');
  function write(level: LogLevel, message: string, fields: LogFields | undefined): void {
    if (!root.isLevelEnabled(level)) return;
    const clean = fields === undefined ? {} : (redact(fields) as object);
    root[level](label === '' ? clean : { ...clean, name: label }, redactText(message));
  }
  return {
    debug: (message, fields) => write('debug', message, fields),
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
    child: (name) => wrap(root, [...names, name]),
  };
}

/** One JSON line → `warn  jobs: a job failed {"job":"…"}`. */
function forPeople(line: string): string {
  const { level, msg, name, time: _time, pid: _pid, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const label = pino.levels.labels[Number(level)] ?? 'info';
  const error = fields.error;
  // The stack is for the file.
  if (typeof error === 'object' && error !== null && 'message' in error) fields.error = error.message;
  const rest = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`;
  return `${label.padEnd(5)} ${name === undefined ? '' : `${name}: `}${msg}${rest}\n`;
}
