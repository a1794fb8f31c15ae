import type { SettingsStore } from '#main/settings/index.ts';
import type { Handlers, libraryContract } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Library } from './service.ts';

const done = { ok: true } as const;

/** The `library` part of the contract. */
export function libraryHandlers(
  library: Library,
  options: { settings: SettingsStore },
): Handlers<typeof libraryContract> {
  return {
    ...importHandlers(library, options.settings),
    ...assetHandlers(library),
    ...groupHandlers(library),
  };
}

type All = Handlers<typeof libraryContract>;

function importHandlers(
  library: Library,
  settings: SettingsStore,
): Pick<All, 'import' | 'getImport' | 'waitForImport' | 'cancelImport'> {
  return {
    import({ paths, uploads, mode }) {
      if (paths.length + uploads.length === 0) {
        throw new AppError('invalid-input', 'There is nothing to import. Choose files or folders.');
      }
      return { importId: library.imports.start({ paths, uploads, mode: mode ?? settings.get().importMode }) };
    },
    getImport: ({ importId }) => library.imports.get(importId),
    waitForImport: ({ importId }, { signal }) => library.imports.waitFor(importId, signal),
    cancelImport({ importId }) {
      library.imports.cancel(importId);
      return done;
    },
  };
}

function assetHandlers(
  library: Library,
): Pick<
  All,
  'list' | 'get' | 'getMany' | 'facets' | 'update' | 'remove' | 'restore' | 'relink' | 'checkMissing' | 'derive'
> {
  return {
    list: ({ filter, sort, offset, limit }) => library.list(filter, sort, offset, limit),
    get: ({ id }) => library.get(id),
    getMany: ({ ids }) => ({ assets: library.getMany(ids) }),
    facets: () => library.facets(),
    update({ ids, patch }) {
      library.curation.update(ids, patch);
      library.announce(ids);
      return done;
    },
    remove({ ids, force }) {
      library.curation.remove(ids, force);
      library.announce(ids);
      return done;
    },
    restore({ ids }) {
      library.curation.restore(ids);
      library.announce(ids);
      return done;
    },
    relink: (request, { signal }) => library.relink(request, signal),
    checkMissing: async (_input, { signal }) => ({ missing: await library.checkMissing(signal) }),
    derive({ ids, kinds }) {
      library.derive(ids, kinds);
      return done;
    },
  };
}

function groupHandlers(
  library: Library,
): Pick<
  All,
  | 'listSubclips'
  | 'addSubclip'
  | 'updateSubclip'
  | 'removeSubclip'
  | 'listCollections'
  | 'addCollection'
  | 'renameCollection'
  | 'removeCollection'
  | 'changeCollection'
> {
  const { subclips, collections } = library;
  return {
    listSubclips: ({ assetIds }) => ({ subclips: subclips.list(assetIds) }),
    addSubclip(input) {
      const clip = subclips.add(input);
      library.announce([clip.assetId]);
      return clip;
    },
    updateSubclip({ id, ...patch }) {
      const clip = subclips.update(id, patch);
      library.announce([clip.assetId]);
      return clip;
    },
    removeSubclip({ id }) {
      library.announce([subclips.remove(id)]);
      return done;
    },
    listCollections: () => ({ collections: collections.list() }),
    addCollection: ({ name }) => collections.add(name),
    renameCollection({ id, name }) {
      collections.rename(id, name);
      return done;
    },
    removeCollection({ id }) {
      collections.remove(id);
      library.announce(null);
      return done;
    },
    changeCollection({ id, add, remove }) {
      library.announce(collections.change(id, add, remove));
      return done;
    },
  };
}
