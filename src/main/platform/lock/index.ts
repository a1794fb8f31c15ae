export type { LibraryHolder, LibraryLock } from './library-lock.ts';
export { libraryHolder, lockLibrary, tryLockLibrary } from './library-lock.ts';
