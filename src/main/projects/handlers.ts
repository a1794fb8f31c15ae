import type { contract, Handlers } from '#shared/contract/index.ts';
import type { Projects } from './types.ts';

const ok = { ok: true } as const;

/** The `projects` part of the contract. */
export function projectsHandlers(projects: Projects): Handlers<(typeof contract)['projects']> {
  return {
    list: ({ isRemoved }) => ({ projects: projects.list({ isRemoved }) }),
    create: (input) => projects.create(input),
    get: ({ id }) => projects.get(id),
    apply: ({ id, edit, baseSeq }) => projects.apply(id, edit, baseSeq),
    undo: ({ id }) => projects.undo(id),
    redo: ({ id }) => projects.redo(id),
    history: ({ id, limit }) => ({ entries: projects.history(id, limit) }),
    historyPath: ({ id, ...options }) => projects.historyPath(id, options),
    restoreTo: ({ id, seq }) => projects.restoreTo(id, seq),
    restoreAsStep: ({ id, seq, label }) => projects.restoreAsStep(id, seq, label),
    duplicate: ({ id, name }) => projects.duplicate(id, name),
    remove({ id }) {
      projects.remove(id);
      return ok;
    },
    restore({ id }) {
      projects.restore(id);
      return ok;
    },
    importFile: (input, { signal }) => projects.importFile({ ...input, signal }),
    exportFile: (input) => projects.exportFile(input),
  };
}
