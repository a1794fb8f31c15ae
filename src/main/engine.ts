import { createFfmpegWatch } from '#main/engine/ffmpeg-watch.ts';
import { openFloor } from '#main/engine/floor.ts';
import { jobsHandlers } from '#main/engine/jobs-handlers.ts';
import { notReady } from '#main/engine/not-ready.ts';
import { settingsHandlers } from '#main/engine/settings-handlers.ts';
import { type SystemParts, systemHandlers } from '#main/engine/system-handlers.ts';
import type { Engine, EngineEventMap, EngineOptions } from '#main/engine/types.ts';
import { createEvents } from '#main/platform/events/index.ts';
import { AppError } from '#shared/errors/index.ts';

/**
 * Opens a library and everything that works on it. Calls are answered as soon as this resolves; ffmpeg is looked for
 * meanwhile. Throws what opening the database throws (`database-damaged`, `folder-unwritable` …).
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const floor = openFloor(options);
  const { paths, clock, log, settings, ffmpeg, jobs } = floor;
  const events = createEvents<EngineEventMap>({
    onListenerError: (error) => log.error('an event listener failed', { error }),
  });
  const watch = createFfmpegWatch({ ffmpeg, log, onChange: () => events.emit('event', { type: 'system-changed' }) });
  const exportFolder = () => settings.get().exportFolder ?? paths.exports;

  jobs.events.on('changed', (changed) =>
    events.emit('event', { type: 'jobs-changed', jobs: [...changed], counts: jobs.counts() }),
  );
  jobs.events.on('changedElsewhere', () => events.emit('event', { type: 'resync' }));
  settings.events.on('changed', () => events.emit('event', { type: 'settings-changed' }));
  if (options.isWorking !== false) jobs.start();

  const system: SystemParts = {
    ...{ face: options.face, libraryFolder: paths.root, exportFolder, ffmpeg: watch, events, clock, log },
    forgetFfmpeg: () => ffmpeg.forget(),
    doctorFacts: () => ({
      ffmpeg: watch,
      libraryFolder: paths.root,
      exportFolder: exportFolder(),
      countLibrary: () => null,
      failedJobs: jobs.counts().failed,
      damagedSettings: settings.damaged(),
    }),
    clearCache: async () => 0,
  };
  let disposing: Promise<void> | null = null;
  return {
    ...{ paths, log, events, face: options.face },
    settled: watch.look().then(() => undefined),
    handlersFor: (session) => ({
      system: systemHandlers(system, session),
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
    runningExports: () => 0,
    dispose() {
      disposing ??= floor.dispose().finally(() => events.dispose());
      return disposing;
    },
  };
}
