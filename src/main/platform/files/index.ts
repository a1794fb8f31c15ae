export { ensureWritableFolder, freeSpaceBytes, makeFolder, makeFolderSync } from './folders.ts';
export type { FileAction } from './fs-error.ts';
export { systemCode, toFileError, toFolderError } from './fs-error.ts';
export { hashFile } from './hash.ts';
export { safeFileName } from './safe-name.ts';
export type { FileHash, WalkEntry } from './types.ts';
export { walkFolder } from './walk.ts';
export { atomicWrite, cleanTemps, isUnfinishedName, writeThenRename } from './write.ts';
