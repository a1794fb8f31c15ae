import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobs, type Jobs } from '#main/jobs/index.ts';
import { type CreateLibraryOptions, createLibrary, type Library, libraryHandlers } from '#main/library/index.ts';
import { systemClock } from '#main/platform/clock/index.ts';
import { type Database, openDatabase } from '#main/platform/db/index.ts';
import { createFfmpeg, type Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import { type LibraryPaths, libraryPaths, migrationsFolder, resourcesFolder } from '#main/platform/paths/index.ts';
import { createSettings, type SettingsStore } from '#main/settings/index.ts';
import { type Handlers, type ImportView, importViewSchema, type libraryContract } from '#shared/contract/index.ts';
import type { Asset, AssetId, RenditionKind } from '#shared/model/index.ts';

/** A library over a folder, with everything real below it. */
export interface OpenLibrary {
  root: string;
  paths: LibraryPaths;
  db: Database;
  jobs: Jobs;
  ffmpeg: Ffmpeg;
  settings: SettingsStore;
  library: Library;
  handlers: Handlers<typeof libraryContract>;
  /** Imports and waits for the end of it. */
  importPaths(paths: string[], mode?: 'link' | 'copy'): Promise<ImportView>;
  /** Waits until no job is left to run. */
  settle(): Promise<void>;
  /** All assets, newest first. */
  all(): Asset[];
  byName(name: string): Asset;
  close(): Promise<void>;
}

/** A log that says nothing: failures are what these tests provoke. */
export const quietLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => quietLog,
};

/** A new empty folder; `clean` deletes it. */
export function temporaryFolder(prefix = 'spotloom-library-'): { path: string; clean: () => void } {
  const path = mkdtempSync(join(tmpdir(), prefix));
  return { path, clean: () => rmSync(path, { recursive: true, force: true }) };
}

/** Opens a library in a folder. */
export function openLibrary(
  root: string,
  options: { isWorking?: boolean; cpu?: number } & Pick<CreateLibraryOptions, 'whisperPlaces'> = {},
): OpenLibrary {
  const paths = libraryPaths(root);
  const clock = systemClock();
  const migrationsDir = migrationsFolder(resourcesFolder());
  const db = openDatabase({ file: paths.database, migrationsDir, log: quietLog, clock });
  const settings = createSettings({ db, log: quietLog, clock });
  const ffmpeg = createFfmpeg({ log: quietLog, clock });
  const limits = { cpu: options.cpu ?? 2, export: 2, net: 2, gpu: 1 };
  const jobs = createJobs({ db, clock, log: quietLog, limits, locksDir: paths.locks });
  const { whisperPlaces } = options;
  const library = createLibrary({
    ...{ db, jobs, settings, ffmpeg, paths, clock, log: quietLog },
    ...(whisperPlaces ? { whisperPlaces } : {}),
  });
  const handlers = libraryHandlers(library, { settings });
  if (options.isWorking !== false) {
    jobs.start();
    library.start({ isFirst: true });
  }
  const context = { signal: new AbortController().signal };
  const all = () => library.list({ rejected: 'show' }, 'newest', 0, 500).assets;
  return {
    ...{ root, paths, db, jobs, ffmpeg, settings, library, handlers, all },
    async importPaths(paths_, mode) {
      const { importId } = await handlers.import({ paths: paths_, uploads: [], ...(mode ? { mode } : {}) }, context);
      return importViewSchema.parse(await handlers.waitForImport({ importId }, context));
    },
    async settle() {
      const endMs = Date.now() + 240_000;
      for (;;) {
        if (Date.now() > endMs) throw new Error(`jobs do not end: ${JSON.stringify(jobs.list().jobs.slice(0, 5))}`);
        const counts = jobs.counts();
        if (counts.queued + counts.running + counts.waiting + counts.retrying === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    byName(name) {
      const asset = all().find((one) => one.name === name);
      if (asset === undefined) throw new Error(`no asset is named ${name}: ${all().map((one) => one.name)}`);
      return asset;
    },
    async close() {
      await library.dispose();
      await jobs.dispose();
      await ffmpeg.dispose();
      settings.dispose();
      db.dispose();
    },
  };
}

/** Path of a finished rendition. Throws when there is none. */
export async function renditionPath(opened: OpenLibrary, id: AssetId, kind: RenditionKind): Promise<string> {
  const file = await opened.library.media.resolve(id, kind);
  if (file === null) throw new Error(`no ${kind} of ${id}`);
  return file.path;
}
