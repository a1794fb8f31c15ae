import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createFfmpegWatch } from '#main/engine/ffmpeg-watch.ts';
import { jobsHandlers, toJobView } from '#main/engine/jobs-handlers.ts';
import { notReady } from '#main/engine/not-ready.ts';
import { settingsHandlers } from '#main/engine/settings-handlers.ts';
import { systemHandlers } from '#main/engine/system-handlers.ts';
import type { Engine, EngineEventMap, EngineOptions } from '#main/engine/types.ts';
import { createJobs } from '#main/jobs/index.ts';
import { systemClock } from '#main/platform/clock/index.ts';
import { openDatabase } from '#main/platform/db/index.ts';
import { createEvents } from '#main/platform/events/index.ts';
import { createFfmpeg, type Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import { libraryPaths } from '#main/platform/paths/index.ts';
import { createSettings } from '#main/settings/index.ts';
import { AppError } from '#shared/errors/index.ts';

export type {
  Engine,
  EngineHandlers,
  EngineOptions,
  EngineSession,
  IncomingFile,
  MediaFile,
} from '#main/engine/types.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

/**
 * Opens a library and everything that works on it. Calls are answered as soon as this resolves; ffmpeg is looked for
 * meanwhile. Throws what opening the database throws (`database-damaged`, `folder-unwritable` …).
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const paths = libraryPaths(options.libraryFolder);
  const clock = options.clock ?? systemClock();
  const log = options.log ?? silent;
  const events = createEvents<EngineEventMap>({
    onListenerError: (error) => log.error('an event listener failed', { error }),
  });
  const db = openDatabase({
    file: paths.database,
    migrationsDir: join(options.resourcesDir, 'migrations'),
    backupsDir: paths.backups,
    log: log.child('db'),
    clock,
  });
  const settings = createSettings({ db, log: log.child('settings'), clock });
  const ffmpeg = openFfmpeg();
  const watch = createFfmpegWatch({ ffmpeg, log, onChange: () => events.emit('event', { type: 'system-changed' }) });
  const limits = { cpu: settings.get().laneLimits.cpu ?? availableParallelism(), net: 4, gpu: 1 };
  const jobs = createJobs({ db, clock, log: log.child('jobs'), limits, locksDir: paths.locks });
  const exportFolder = () => settings.get().exportFolder ?? paths.exports;

  jobs.events.on('changed', (changed) =>
    events.emit('event', { type: 'jobs-changed', jobs: changed.map(toJobView), counts: jobs.counts() }),
  );
  jobs.events.on('changedElsewhere', () => events.emit('event', { type: 'resync' }));
  settings.events.on('changed', () => events.emit('event', { type: 'settings-changed' }));
  if (options.isWorking !== false) jobs.start();
  const settled = watch.look().then(() => undefined);
  let disposing: Promise<void> | null = null;

  function openFfmpeg(): Ffmpeg {
    try {
      return createFfmpeg({
        configuredPath: () => settings.get().ffmpegPath,
        packagedDir: options.packagedFfmpegDir ?? null,
        cacheFile: paths.machine,
        log: log.child('ffmpeg'),
        clock,
      });
    } catch (error) {
      const fail = async () => {
        throw new AppError('ffmpeg-missing', 'ffmpeg is not ready yet.', { cause: error });
      };
      return { tools: fail, forget() {}, run: fail, probe: fail, tryHardwareEncoder: fail, async dispose() {} };
    }
  }

  async function shutDown(): Promise<void> {
    await jobs.dispose();
    await ffmpeg.dispose();
    settings.dispose();
    events.dispose();
    db.dispose();
  }

  return {
    paths,
    log,
    face: options.face,
    events,
    settled,
    handlersFor: (session) => ({
      system: systemHandlers(
        {
          face: options.face,
          libraryFolder: paths.root,
          exportFolder,
          ffmpeg: watch,
          forgetFfmpeg: () => ffmpeg.forget(),
          events,
          clock,
          log,
          doctorFacts: () => ({
            ffmpeg: watch,
            libraryFolder: paths.root,
            exportFolder: exportFolder(),
            countLibrary: () => null,
            failedJobs: jobs.counts().failed,
            damagedSettings: settings.damaged(),
          }),
          clearCache: async () => 0,
        },
        session,
      ),
      settings: settingsHandlers(settings),
      jobs: jobsHandlers(jobs),
      library: notReady('library'),
      projects: notReady('projects'),
      render: notReady('render'),
    }),
    async resolveMedia() {
      return null;
    },
    async stageUpload() {
      throw new AppError('internal', 'Uploads are not ready yet.');
    },
    unfinishedWork() {
      const counts = jobs.counts();
      return { running: counts.running, waiting: counts.queued + counts.waiting + counts.retrying };
    },
    dispose() {
      disposing ??= shutDown();
      return disposing;
    },
  };
}
