export type { Machine } from './folders.ts';
export { configFolder, defaultLibraryFolder, migrationsFolder, resourcesFolder, thisMachine } from './folders.ts';
export type { LibraryPaths } from './library-layout.ts';
export { libraryPaths } from './library-layout.ts';
