import { join } from 'node:path';
import { systemClock } from '#main/platform/clock/index.ts';
import { type Database, openDatabase } from '#main/platform/db/index.ts';
import { silentLog } from '#main/platform/log/index.ts';
import { migrationsFolder, resourcesFolder } from '#main/platform/paths/index.ts';
import { createProjects, type ProjectAssets, type Projects } from '#main/projects/index.ts';

/** Projects alone over a database, without a library: what has no media needs none. */
export interface OpenProjects {
  db: Database;
  projects: Projects;
  close(): void;
}

const noAssets: ProjectAssets = {
  getMany: () => [],
  importPaths: async (paths) => paths.map((path) => ({ path, assetId: null, error: null })),
};

/** Opens the projects of a folder as one engine process does; twice for two processes. */
export function openProjects(folder: string, assets: ProjectAssets = noAssets): OpenProjects {
  const clock = systemClock();
  const log = silentLog();
  const db = openDatabase({
    file: join(folder, 'library.sqlite'),
    migrationsDir: migrationsFolder(resourcesFolder()),
    log,
    clock,
  });
  const projects = createProjects({ db, clock, log, assets });
  return {
    db,
    projects,
    close() {
      projects.dispose();
      db.dispose();
    },
  };
}
