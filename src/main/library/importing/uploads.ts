import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { safeFileName, toFileError } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { newId } from '#shared/model/index.ts';

/** A file on its way in from a browser. */
export interface StagedUpload {
  uploadId: string;
  /** Where the bytes are to be written; inside the library. */
  path: string;
  /** The bytes are complete: `library.import({ uploads: [uploadId] })` may take it. */
  commit(): void;
  /** Deletes what was written. */
  discard(): Promise<void>;
}

/** A committed upload, taken for import. */
export interface TakenUpload {
  name: string;
  path: string;
  /** Deletes what is left of it once its file has moved, or was refused. */
  done(): Promise<void>;
}

/** Uploads between their first byte and their import. */
export interface Uploads {
  /** Reserves a place. The name comes from outside: it is cleaned, never followed. */
  stage(file: { name: string }): Promise<StagedUpload>;
  /** Throws `not-found` for unknown, uncommitted or already taken ones. */
  take(uploadId: string): TakenUpload;
  /** Deletes what earlier sessions left behind (older than a day). */
  clean(nowMs: number): Promise<void>;
}

const dayMs = 86_400_000;

/** Uploads staged below `LibraryPaths.temp`, on the disk of the library, so that importing them is a rename. */
export function createUploads(tempDir: string): Uploads {
  const root = join(tempDir, 'uploads');
  const committed = new Map<string, { name: string; path: string; folder: string }>();
  return {
    async stage(file) {
      const uploadId = newId<string>('upload');
      const folder = join(root, uploadId);
      const name = safeFileName(file.name.split(/[/\\]/).at(-1) ?? '', { fallback: 'upload' });
      const path = join(folder, name);
      try {
        await mkdir(folder, { recursive: true });
      } catch (error) {
        throw toFileError(error, folder, 'write');
      }
      return {
        uploadId,
        path,
        commit: () => void committed.set(uploadId, { name, path, folder }),
        async discard() {
          committed.delete(uploadId);
          await rm(folder, { recursive: true, force: true });
        },
      };
    },
    take(uploadId) {
      const upload = committed.get(uploadId);
      if (upload === undefined) {
        throw new AppError('not-found', 'This upload is not there any more. Drop the file again.', { retry: 'retry' });
      }
      committed.delete(uploadId);
      const { name, path, folder } = upload;
      return { name, path, done: () => rm(folder, { recursive: true, force: true }) };
    },
    async clean(nowMs) {
      for (const name of await readdir(root).catch(() => [])) {
        const info = await stat(join(root, name)).catch(() => null);
        if (info !== null && info.mtimeMs < nowMs - dayMs && !committed.has(name)) {
          await rm(join(root, name), { recursive: true, force: true });
        }
      }
    },
  };
}
