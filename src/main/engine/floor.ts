import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createJobs, type Jobs } from '#main/jobs/index.ts';
import { type Clock, systemClock } from '#main/platform/clock/index.ts';
import { type Database, openDatabase } from '#main/platform/db/index.ts';
import { createFfmpeg, type Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import { tryLockLibrary } from '#main/platform/lock/index.ts';
import { createLog, type Log } from '#main/platform/log/index.ts';
import { configFolder, type LibraryPaths, libraryPaths, migrationsFolder } from '#main/platform/paths/index.ts';
import { createSecrets, keyFileCipher, type Secrets } from '#main/platform/secrets/index.ts';
import { createSettings, type SettingsStore } from '#main/settings/index.ts';
import type { EngineOptions } from './types.ts';

/**
 * Exports under way at once. They mostly wait for pieces of the picture; the more of them are known, the longer the runs
 * that one process encodes. What they do themselves is limited by the processors.
 */
const exportsAtOnce = 16;

/** What every capability stands on. */
export interface Floor {
  paths: LibraryPaths;
  clock: Clock;
  log: Log;
  db: Database;
  settings: SettingsStore;
  ffmpeg: Ffmpeg;
  jobs: Jobs;
  secrets: Secrets;
  /** This process is the library's first: it alone cleans up at start. */
  isFirst: boolean;
  /** Once the queue and everything above have stopped. */
  dispose(): Promise<void>;
}

/** Opens a library's log, database, settings, queue and tools. Throws what opening the database throws. */
export function openFloor(options: EngineOptions): Floor {
  const paths = libraryPaths(options.libraryFolder);
  const clock = options.clock ?? systemClock();
  const opened = options.log ? { log: options.log, dispose: async () => undefined } : openLog(options, paths);
  const { log } = opened;
  const db = openDatabase({
    file: paths.database,
    migrationsDir: migrationsFolder(options.resourcesDir),
    backupsDir: paths.backups,
    log: log.child('db'),
    clock,
  });
  const lock = tryLockLibrary(paths.lock, { face: options.face, nowMs: clock.nowMs() });
  const settings = createSettings({ db, log: log.child('settings'), clock });
  const ffmpeg = createFfmpeg({
    configuredPath: () => settings.get().ffmpegPath,
    packagedDir: options.packagedFfmpegDir ?? null,
    cacheFile: paths.machine,
    log: log.child('ffmpeg'),
    clock,
  });
  const limits = { cpu: settings.get().cpuJobs ?? availableParallelism(), export: exportsAtOnce, net: 4, gpu: 1 };
  const jobs = createJobs({ db, clock, log: log.child('jobs'), limits, locksDir: paths.locks });
  const config = configFolder();
  const secrets = createSecrets({
    file: join(config, options.cipher ? 'secrets-desktop.json' : 'secrets.json'),
    cipher: options.cipher ?? keyFileCipher(join(config, 'secrets.key')),
    log: log.child('secrets'),
  });
  return {
    ...{ paths, clock, log, db, settings, ffmpeg, jobs, secrets },
    isFirst: lock !== null,
    async dispose() {
      await ffmpeg.dispose();
      settings.dispose();
      lock?.release();
      db.dispose();
      await opened.dispose();
    },
  };
}

/** Two processes must not rotate one file: a name per face, and stderr alone for the short-lived terminal face. */
function openLog(options: EngineOptions, paths: LibraryPaths) {
  return createLog({
    folder: options.face === 'terminal' ? null : paths.logs,
    name: options.face,
    stderrLevel: options.face === 'desktop' ? null : 'error',
  });
}
