import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import type { EditAnswer, ProjectState } from '#shared/contract/projects.ts';
import { AppError } from '#shared/errors/index.ts';
import { applyEdit, type Edit, editLabel, type Project, type ProjectId } from '#shared/model/index.ts';
import { historyPath } from './history-path.ts';
import type { JournalStore } from './journal-store.ts';
import type { ProjectStore } from './project-store.ts';
import type { ProjectRow } from './schema.ts';
import type { State, States } from './states.ts';
import type { HistoryEntry, HistoryPath, ProjectOrigin } from './types.ts';

/** A snapshot is written at least every so many edits. */
const snapshotEvery = 100;

/** What history works on. */
export interface HistoryParts {
  db: Database;
  clock: Clock;
  store: ProjectStore;
  journal: JournalStore;
  states: States;
  /** Called inside the transaction whenever a head has moved. */
  onMove: (id: ProjectId, headSeq: number, isListChanged: boolean) => void;
}

/** The journal of edits as people use it: apply, undo, redo, go anywhere. */
export interface History {
  start(project: Project, origin: ProjectOrigin): ProjectState;
  state(id: ProjectId): ProjectState;
  apply(id: ProjectId, edit: Edit, baseSeq: number | null): EditAnswer;
  undo(id: ProjectId): ProjectState;
  redo(id: ProjectId): ProjectState;
  restoreTo(id: ProjectId, seq: number): ProjectState;
  restoreAsStep(id: ProjectId, seq: number, label: string): ProjectState;
  entries(id: ProjectId, limit: number): HistoryEntry[];
  path(id: ProjectId, options: { fromSeq?: number | null; limit: number }): HistoryPath;
}

/** Creates the history over its stores. */
export function createHistory(parts: HistoryParts): History {
  const { db, clock, store, journal, states, onMove } = parts;

  function answer(id: ProjectId, headSeq: number): EditAnswer {
    return {
      headSeq,
      undoLabel: headSeq === 0 ? null : (journal.entry(id, headSeq)?.label ?? null),
      redoLabel: journal.newestChild(id, headSeq)?.label ?? null,
    };
  }

  function liveRow(id: ProjectId): ProjectRow {
    const row = store.row(id);
    if (row.removedAt === null) return row;
    throw new AppError('edit-refused', `“${row.name}” has been removed. Restore it first, then change it.`);
  }

  function moveTo(row: ProjectRow, state: State, lastSeq: number): void {
    const isListChanged = store.moveHead(row, { seq: state.seq, lastSeq, project: state.project }, clock.nowMs());
    states.keep(row.id, state);
    onMove(row.id, state.seq, isListChanged);
  }

  /** Moves the head along existing edits; `target` null means that there is nowhere to go, which is fine. */
  function travel(id: ProjectId, target: (row: ProjectRow) => number | null): ProjectState {
    return db.transaction(() => {
      const row = liveRow(id);
      const seq = target(row);
      const state = states.at(id, seq ?? row.headSeq);
      if (seq !== null && seq !== row.headSeq) moveTo(row, state, row.lastSeq);
      return { project: state.project, ...answer(id, state.seq) };
    });
  }

  function requirePoint(id: ProjectId, seq: number): void {
    if (seq === 0 || journal.entry(id, seq)) return;
    throw new AppError('not-found', 'There is no such point in the history of this project.', { details: { seq } });
  }

  function apply(id: ProjectId, edit: Edit, baseSeq: number | null): EditAnswer {
    // Brought into memory first: what a refused edit has read would otherwise be read again by the next one.
    states.at(id, store.row(id).headSeq);
    return db.transaction(() => {
      const row = liveRow(id);
      if (baseSeq !== null && row.headSeq !== baseSeq) throw conflict(row, baseSeq);
      const before = states.at(id, row.headSeq);
      const project = applyEdit(before.project, edit);
      const seq = row.lastSeq + 1;
      journal.append(id, { seq, parentSeq: row.headSeq, edit, label: editLabel(edit), at: clock.nowMs() });
      const isSnapshot = before.steps + 1 >= snapshotEvery;
      if (isSnapshot) journal.writeSnapshot(id, seq, project);
      moveTo(row, { seq, project, steps: isSnapshot ? 0 : before.steps + 1 }, seq);
      return answer(id, seq);
    });
  }

  return {
    start(project, origin) {
      return db.transaction(() => {
        store.insert(project, origin, clock.nowMs());
        journal.writeSnapshot(project.id, 0, project);
        states.keep(project.id, { seq: 0, project, steps: 0 });
        onMove(project.id, 0, true);
        return { project, headSeq: 0, undoLabel: null, redoLabel: null };
      });
    },
    state(id) {
      const { headSeq } = store.row(id);
      return { project: states.at(id, headSeq).project, ...answer(id, headSeq) };
    },
    apply,
    undo: (id) => travel(id, (row) => (row.headSeq === 0 ? null : (journal.entry(id, row.headSeq)?.parentSeq ?? null))),
    redo: (id) => travel(id, (row) => journal.newestChild(id, row.headSeq)?.seq ?? null),
    restoreTo: (id, seq) =>
      travel(id, () => {
        requirePoint(id, seq);
        return seq;
      }),
    restoreAsStep(id, seq, label) {
      requirePoint(id, seq);
      const edits = [{ type: 'project.replace' as const, project: states.at(id, seq).project }];
      const done = apply(id, { type: 'batch', label, edits }, null);
      return { project: states.at(id, done.headSeq).project, ...done };
    },
    path(id, options) {
      const row = store.row(id);
      return historyPath(journal, { id, headSeq: row.headSeq, createdAtMs: row.createdAt }, options);
    },
    entries(id, limit) {
      const row = store.row(id);
      const isCurrent = (seq: number) => seq === row.headSeq;
      const edits = journal
        .list(id, limit)
        .map(({ seq, label, at }) => ({ seq, label, atMs: at, isCurrent: isCurrent(seq) }));
      if (edits.length >= limit) return edits;
      return [...edits, { seq: 0, label: 'Created', atMs: row.createdAt, isCurrent: isCurrent(0) }];
    },
  };
}

function conflict(row: ProjectRow, baseSeq: number): AppError {
  return new AppError(
    'conflict',
    'This project was changed elsewhere in the meantime. It has been read anew; please do that once more.',
    { retry: 'retry', details: { baseSeq, headSeq: row.headSeq } },
  );
}
