import { rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type Sqlite from 'better-sqlite3';
import type { Clock, Dispose } from '#main/platform/clock/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import { damagedError } from './sqlite-error.ts';

/** Checking takes about 4 ms per MB; beyond this it would be felt at every start. */
const largestCheckedNowBytes = 16 * 1024 * 1024;
/** The background check waits until the start is over. */
const checkDelayMs = 3_000;

/**
 * Checks the database before it is used, unless it is large and was not found damaged before. Returns whether it did.
 * Throws `database-damaged`.
 */
export function checkNow(connection: Sqlite.Database): boolean {
  const { name: file } = connection;
  const isLarge = (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestCheckedNowBytes;
  const isSuspect = statSync(suspectFile(file), { throwIfNoEntry: false }) !== undefined;
  if (isLarge && !isSuspect) return false;
  const result = connection.pragma('quick_check(1)', { simple: true });
  if (result !== 'ok') throw damagedError(file, null, String(result));
  if (isSuspect) rmSync(suspectFile(file), { force: true });
  return true;
}

/**
 * Checks a large database in a thread of its own. Damage is logged and remembered, so that the next start refuses the
 * file and names the newest backup; what touches the damage before that fails with `database-damaged` by itself.
 */
export function checkLater(options: { file: string; log: Log; clock: Clock }): Dispose {
  const { file, log, clock } = options;
  let worker: Worker | null = null;
  const cancel = clock.after(checkDelayMs, () => {
    const sqlite = createRequire(import.meta.url).resolve('better-sqlite3');
    // Source text, not a file: it works in sources, in the bundle and in a packed app alike.
    worker = new Worker(checkSource, { eval: true, workerData: { sqlite, file } });
    worker.unref();
    worker.once('message', (result: string) => {
      if (result === 'ok') return;
      log.error('the library database is damaged', { file, result });
      writeFileSync(suspectFile(file), result);
    });
    worker.once('error', (error) => log.warn('the library database could not be checked', { file, error }));
  });
  return () => {
    cancel();
    void worker?.terminate();
  };
}

const checkSource = `
const { parentPort, workerData } = require('node:worker_threads');
const Sqlite = require(workerData.sqlite);
const connection = new Sqlite(workerData.file, { readonly: true, timeout: 5000 });
let result;
try {
  result = String(connection.pragma('quick_check(1)', { simple: true }));
} catch (error) {
  if (!String(error.code).startsWith('SQLITE_CORRUPT')) throw error;
  result = error.message;
}
connection.close();
parentPort.postMessage(result);
`;

function suspectFile(file: string): string {
  return `${file}.suspect`;
}
