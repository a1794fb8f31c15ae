import { availableParallelism } from 'node:os';
import { createFfmpegWatch } from '#main/engine/ffmpeg-watch.ts';
import { openFloor } from '#main/engine/floor.ts';
import { jobsHandlers } from '#main/engine/jobs-handlers.ts';
import { notReady } from '#main/engine/not-ready.ts';
import { resolveMedia } from '#main/engine/resolve-media.ts';
import { settingsHandlers } from '#main/engine/settings-handlers.ts';
import { stageUpload } from '#main/engine/stage-upload.ts';
import { type SystemParts, systemHandlers } from '#main/engine/system-handlers.ts';
import type { Engine, EngineEventMap, EngineOptions } from '#main/engine/types.ts';
import { createLibrary, libraryHandlers } from '#main/library/index.ts';
import { createEvents } from '#main/platform/events/index.ts';

/**
 * Opens a library and everything that works on it. Calls are answered as soon as this resolves; ffmpeg is looked for
 * meanwhile. Throws what opening the database throws (`database-damaged`, `folder-unwritable` …).
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const floor = openFloor(options);
  const { db, paths, clock, log, settings, ffmpeg, jobs } = floor;
  const events = createEvents<EngineEventMap>({
    onListenerError: (error) => log.error('an event listener failed', { error }),
  });
  const watch = createFfmpegWatch({ ffmpeg, log, onChange: () => events.emit('event', { type: 'system-changed' }) });
  const library = createLibrary({ db, jobs, settings, ffmpeg, paths, clock, log: log.child('library') });
  const exportFolder = () => settings.get().exportFolder ?? paths.exports;

  jobs.events.on('changed', (changed) =>
    events.emit('event', { type: 'jobs-changed', jobs: [...changed], counts: jobs.counts() }),
  );
  jobs.events.on('changedElsewhere', () => events.emit('event', { type: 'resync' }));
  let ffmpegPath = settings.get().ffmpegPath;
  settings.events.on('changed', (now) => {
    events.emit('event', { type: 'settings-changed' });
    jobs.setLimit('cpu', now.cpuJobs ?? availableParallelism());
    if (now.ffmpegPath === ffmpegPath) return;
    ffmpegPath = now.ffmpegPath;
    ffmpeg.forget();
    void watch.look();
  });
  library.events.on('assetsChanged', (ids) =>
    events.emit('event', { type: 'assets-changed', ids: ids === null ? null : [...ids] }),
  );
  library.events.on('importChanged', (view) => events.emit('event', { type: 'import-changed', import: view }));
  if (options.isWorking !== false) jobs.start();
  library.start({ isFirst: floor.isFirst });

  const system: SystemParts = {
    ...{ face: options.face, libraryFolder: paths.root, exportFolder, ffmpeg: watch, events, clock, log },
    forgetFfmpeg: () => ffmpeg.forget(),
    doctorFacts: () => ({
      ffmpeg: watch,
      libraryFolder: paths.root,
      exportFolder: exportFolder(),
      countLibrary: () => {
        const { total, missing } = library.facets();
        return { assets: total, missing, projects: 0 };
      },
      failedJobs: jobs.counts().failed,
      damagedSettings: settings.damaged(),
    }),
    clearCache: async () => 0,
  };
  let disposing: Promise<void> | null = null;
  async function shutDown(): Promise<void> {
    await library.dispose();
    await floor.dispose();
    events.dispose();
  }
  return {
    ...{ paths, log, events, face: options.face },
    settled: watch.look().then(() => undefined),
    handlersFor: (session) => ({
      system: systemHandlers(system, session),
      settings: settingsHandlers(settings),
      jobs: jobsHandlers(jobs),
      library: libraryHandlers(library, { settings }),
      projects: notReady('projects'),
      render: notReady('render'),
    }),
    resolveMedia: (path, query, signal) => resolveMedia({ library, exportFile: () => null }, path, query, signal),
    stageUpload: (file) => stageUpload(library, file),
    runningExports: () => 0,
    dispose() {
      disposing ??= shutDown();
      return disposing;
    },
  };
}
