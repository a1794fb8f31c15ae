import { availableParallelism } from 'node:os';
import { createCapabilities, unpackedFolder } from '#main/engine/capabilities.ts';
import { createFfmpegWatch } from '#main/engine/ffmpeg-watch.ts';
import { openFloor } from '#main/engine/floor.ts';
import { forwardEvents } from '#main/engine/forward-events.ts';
import { isNewLibrary } from '#main/engine/is-new-library.ts';
import { jobsHandlers } from '#main/engine/jobs-handlers.ts';
import { resolveMedia } from '#main/engine/resolve-media.ts';
import { settingsHandlers } from '#main/engine/settings-handlers.ts';
import { stageUpload } from '#main/engine/stage-upload.ts';
import { type SystemParts, systemHandlers } from '#main/engine/system-handlers.ts';
import type { Engine, EngineEventMap, EngineOptions } from '#main/engine/types.ts';
import { fontsHandlers } from '#main/fonts/index.ts';
import { libraryHandlers, recordingsHandlers, transcriptsHandlers } from '#main/library/index.ts';
import { createEvents } from '#main/platform/events/index.ts';
import { runInBackground } from '#main/platform/log/index.ts';
import { projectsHandlers } from '#main/projects/index.ts';
import { exportJobType, renderHandlers } from '#main/render/index.ts';

/**
 * Opens a library and everything that works on it. Calls are answered as soon as this resolves; ffmpeg is looked for
 * and the sample is brought in meanwhile. Throws what opening the database throws (`database-damaged`,
 * `folder-unwritable` …).
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const floor = openFloor(options);
  const { paths, clock, log, settings, ffmpeg, jobs } = floor;
  const resourcesDir = unpackedFolder(options.resourcesDir);
  const capabilities = createCapabilities(floor, resourcesDir);
  const { library, projects, render, fonts } = capabilities;
  const events = createEvents<EngineEventMap>({
    onListenerError: (error) => log.error('an event listener failed', { error }),
  });
  const watch = createFfmpegWatch({ ffmpeg, log, onChange: () => events.emit('event', { type: 'system-changed' }) });
  const stopping = new AbortController();

  const isWorking = options.isWorking !== false;
  let isPreparingSample = isWorking && options.hasSample !== false && floor.isFirst && isNewLibrary(floor.db);

  forwardEvents(floor, capabilities, events);
  followSettings();
  if (isWorking) jobs.start();
  library.start({ isFirst: floor.isFirst });

  function followSettings(): void {
    let { ffmpegPath } = settings.get();
    settings.events.on('changed', (now) => {
      jobs.setLimit('cpu', now.cpuJobs ?? availableParallelism());
      if (now.ffmpegPath === ffmpegPath) return;
      ffmpegPath = now.ffmpegPath;
      ffmpeg.forget();
      runInBackground('the look for ffmpeg', watch.look, log);
    });
  }

  /** In this order: the sample's media are looked at with ffmpeg. Who only looks finds ffmpeg when it is asked for. */
  async function settle(): Promise<void> {
    if (!isWorking) return;
    await watch.look();
    if (!isPreparingSample) return;
    try {
      await projects.ensureSample(resourcesDir, stopping.signal);
    } finally {
      isPreparingSample = false;
      events.emit('event', { type: 'system-changed' });
    }
  }

  async function shutDown(): Promise<void> {
    stopping.abort();
    await jobs.dispose();
    await settled;
    await capabilities.dispose();
    await floor.dispose();
    events.dispose();
  }

  const settled = new Promise<void>((resolve) => {
    runInBackground('the start', () => settle().finally(resolve), log);
  });
  const exportFolder = () => settings.get().exportFolder ?? paths.exports;
  const system: SystemParts = {
    ...{ face: options.face, libraryFolder: paths.root, exportFolder, ffmpeg: watch, events, clock, log },
    isPreparingSample: () => isPreparingSample,
    forgetFfmpeg: () => ffmpeg.forget(),
    doctorFacts: () => ({
      ...{ ffmpeg: watch, libraryFolder: paths.root, exportFolder: exportFolder() },
      countLibrary() {
        const { total, missing } = library.facets();
        return { assets: total, missing, projects: projects.count() };
      },
      failedJobs: jobs.counts().failed,
      damagedSettings: settings.damaged(),
    }),
    clearCache: render.clearCache,
  };
  let disposing: Promise<void> | null = null;
  return {
    ...{ paths, log, events, settled, face: options.face },
    handlersFor: (session) => ({
      system: systemHandlers(system, session),
      settings: settingsHandlers(settings),
      jobs: jobsHandlers(jobs, { [exportJobType]: render.retryJob }),
      library: libraryHandlers(library, { settings }),
      projects: projectsHandlers(projects),
      recordings: recordingsHandlers(library),
      render: renderHandlers(render),
      transcripts: transcriptsHandlers(library),
      fonts: fontsHandlers(fonts),
    }),
    resolveMedia: (path, query, signal) =>
      resolveMedia(
        {
          ...{ library, exportFile: render.mediaFile, exportEvidence: render.evidenceFile },
          ...{ exportFrame: render.framePicture, exportCover: render.coverPicture, font: fonts.mediaFile },
        },
        path,
        query,
        signal,
      ),
    stageUpload: (file) => stageUpload(library, file),
    runningExports: render.runningCount,
    runningRecordings: library.recordings.liveCount,
    dispose() {
      disposing ??= shutDown();
      return disposing;
    },
  };
}
