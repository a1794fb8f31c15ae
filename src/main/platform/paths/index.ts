export type { LibraryPaths } from './library-layout.ts';
export { libraryPaths } from './library-layout.ts';
