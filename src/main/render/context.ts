import type { Jobs } from '#main/jobs/index.ts';
import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import type { Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import type { LibraryPaths } from '#main/platform/paths/index.ts';
import type { SettingsStore } from '#main/settings/index.ts';
import type { ExportBatchId, Project, ProjectId } from '#shared/model/index.ts';
import type { RenderTools } from './render-tools.ts';
import type { OwnFace } from './sources/fonts.ts';
import type { RenderSources } from './sources/sources.ts';

/** The little that render needs of projects. */
export interface RenderProjects {
  /** The project as it is now. Throws `not-found`. */
  get(id: ProjectId): Project | Promise<Project>;
}

/** What {@link createRender} needs. */
export interface RenderDeps {
  db: Database;
  jobs: Jobs;
  settings: SettingsStore;
  ffmpeg: Ffmpeg;
  paths: LibraryPaths;
  projects: RenderProjects;
  sources: RenderSources;
  /** Folder of the shipped fonts with their `fonts.json`. */
  fontsDir: string;
  /** Fonts that were added to the library; none unless given. */
  ownFonts?: () => Promise<readonly OwnFace[]>;
  log: Log;
  clock: Clock;
  /** Written into releases. */
  engineVersion: string;
  /** ffmpeg processes that encode at once. Default: the machine's processors. */
  workers?: number;
}

/** What render announces. */
export interface RenderEventMap {
  /** Exports of a batch, or of several (null), changed. */
  changed: { batchId: ExportBatchId | null };
}

/** What the parts of the service share. */
export interface RenderContext {
  deps: RenderDeps;
  tools: RenderTools;
  workers: number;
  /** Tells listeners. */
  changed: (batchId: ExportBatchId | null) => void;
}

/** The kind of job that makes one export. */
export const exportJobType = 'render.export';
