import type { Library } from '#main/library/index.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import type { ImportedPath, ProjectAssets } from './types.ts';

/** Files per import: the library remembers the fate of a thousand. */
const filesAtOnce = 500;

/** The library as projects use it. */
export function libraryAssets(
  library: Pick<Library, 'getMany' | 'imports' | 'find' | 'addAbsent' | 'curation' | 'announce' | 'transcripts'>,
): ProjectAssets {
  return {
    getMany: (ids) => library.getMany(ids),
    find(by) {
      const id = library.find(by);
      if (id === null) return null;
      // A project that needs what was taken out of the library brings it back, as importing it again would.
      library.curation.restore([id]);
      library.announce([id]);
      return id;
    },
    addMissing(media, origin) {
      library.addAbsent(media.map(({ assetId, ...one }) => ({ id: assetId, origin, ...one })));
    },
    transcripts: (ids) => library.transcripts.getMany(ids),
    addTranscript(id, { words, language }) {
      if (library.transcripts.get(id) !== null) return;
      try {
        library.transcripts.set(id, { words, language, origin: 'imported' });
      } catch (error) {
        // The file there is may have no sound: no reason to refuse the project.
        if (!(error instanceof AppError && error.code === 'invalid-input')) throw error;
      }
    },
    async importPaths(paths, { origin, signal }) {
      const answers: ImportedPath[] = [];
      for (let from = 0; from < paths.length; from += filesAtOnce) {
        if (signal?.aborted) throw cancelledError();
        const some = paths.slice(from, from + filesAtOnce);
        // In place: the media of a project belong beside its file.
        const importId = library.imports.start({ paths: [...new Set(some)], uploads: [], mode: 'link', origin });
        const { items } = await library.imports.waitFor(importId, signal);
        const byPath = new Map(items.map((item) => [item.path, item]));
        for (const path of some) {
          const item = byPath.get(path);
          answers.push({ path, assetId: item?.assetId ?? null, error: item?.error ?? null });
        }
      }
      return answers;
    },
  };
}
