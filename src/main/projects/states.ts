import type { Database } from '#main/platform/db/index.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import { applyEdit, type Project, type ProjectId } from '#shared/model/index.ts';
import type { JournalStore, StoredEdit } from './journal-store.ts';

/** A project at one point of its history. States never change, so keeping them is safe in any transaction. */
export interface State {
  seq: number;
  project: Project;
  /** Edits since the nearest snapshot before. */
  steps: number;
}

/** Projects kept in memory, and points of the history kept of each: neighbours share nearly all of their structure. */
const maxProjects = 12;
const maxStates = 300;
/** Points kept of one replay. */
const keptOfReplay = 150;

/** Projects at points of their history: from memory, or replayed from the nearest snapshot. */
export interface States {
  /** Throws `not-found` or `database-damaged`. */
  at(id: ProjectId, seq: number): State;
  /** Remembers a state, once what it rests on is committed. */
  keep(id: ProjectId, state: State): void;
  forget(id: ProjectId): void;
}

/** Creates the memory of states over a journal. */
export function createStates(journal: JournalStore, db: Pick<Database, 'afterCommit'>): States {
  const open = new Map<ProjectId, Map<number, State>>();

  function statesOf(id: ProjectId): Map<number, State> {
    const states = open.get(id) ?? new Map<number, State>();
    // Taken out and put back: the first of the map is the one not used for longest.
    open.delete(id);
    open.set(id, states);
    for (const oldest of open.keys()) {
      if (open.size <= maxProjects) break;
      open.delete(oldest);
    }
    return states;
  }

  function keep(id: ProjectId, state: State): void {
    const states = statesOf(id);
    states.delete(state.seq);
    states.set(state.seq, state);
    for (const oldest of states.keys()) {
      if (states.size <= maxStates) break;
      states.delete(oldest);
    }
  }

  /** The nearest known state at or before `seq` on its way to the root, and the edits from there. */
  function base(id: ProjectId, seq: number, states: Map<number, State>): { from: State; edits: StoredEdit[] } {
    const edits: StoredEdit[] = [];
    for (let at = seq; ; ) {
      const known = states.get(at);
      if (known) return { from: known, edits: edits.reverse() };
      const snapshot = journal.snapshot(id, at);
      if (snapshot) return { from: { seq: at, project: snapshot, steps: 0 }, edits: edits.reverse() };
      const edit = at === 0 ? undefined : journal.edit(id, at);
      if (!edit || edit.parentSeq >= at) {
        throw new AppError('database-damaged', 'The beginning of this project’s history is missing.', {
          details: { projectId: id, seq: at },
        });
      }
      edits.push(edit);
      at = edit.parentSeq;
    }
  }

  return {
    at(id, seq) {
      const states = statesOf(id);
      const { from, edits } = base(id, seq, states);
      let state = from;
      const passed = [from];
      for (const { seq: at, edit } of edits) {
        state = { seq: at, project: replay(state.project, edit, id, at), steps: state.steps + 1 };
        passed.push(state);
      }
      // The way there, too: whoever undoes step by step would otherwise walk it again from the snapshot for each step.
      // Inside a transaction that may yet be rolled back, what was read may never have been.
      db.afterCommit(() => {
        for (const one of passed.slice(-keptOfReplay)) keep(id, one);
      });
      return state;
    },
    keep: (id, state) => db.afterCommit(() => keep(id, state)),
    forget: (id) => void open.delete(id),
  };
}

function replay(project: Project, edit: StoredEdit['edit'], id: ProjectId, seq: number): Project {
  try {
    return applyEdit(project, edit);
  } catch (error) {
    throw new AppError(
      'database-damaged',
      'A step of this project’s history cannot be repeated. Go to an earlier point of its history.',
      { message: toAppError(error).message, cause: error, details: { projectId: id, seq } },
    );
  }
}
