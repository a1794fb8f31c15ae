export { projectsHandlers } from './handlers.ts';
export { libraryAssets } from './library-assets.ts';
export type { ProjectsDependencies } from './service.ts';
export { createProjects } from './service.ts';
export type {
  HistoryEntry,
  ImportedPath,
  ProjectAssets,
  ProjectFileReport,
  ProjectOrigin,
  Projects,
  ProjectsEventMap,
} from './types.ts';
