import type { Database } from '#main/platform/db/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type Edit, editSchema, type Project, type ProjectId, projectSchema } from '#shared/model/index.ts';

/** One stored edit. */
export interface JournalEntry {
  seq: number;
  parentSeq: number;
  label: string;
  at: number;
}

/** A stored edit with its content. */
export interface StoredEdit extends JournalEntry {
  edit: Edit;
}

/** The tables of the journal: edits and snapshots of all projects. */
export interface JournalStore {
  /** Undefined when there is no such edit. */
  entry(id: ProjectId, seq: number): JournalEntry | undefined;
  /** The content of an edit, parsed. Throws `database-damaged`. */
  edit(id: ProjectId, seq: number): StoredEdit;
  append(id: ProjectId, entry: StoredEdit): void;
  /** The newest edit made right after this one. */
  newestChild(id: ProjectId, seq: number): JournalEntry | undefined;
  /** The edits that lead to a point, its own first, back towards the beginning. */
  line(id: ProjectId, seq: number, limit: number): JournalEntry[];
  /** Newest first. */
  list(id: ProjectId, limit: number): JournalEntry[];
  /** Parsed; undefined when there is none. Throws `database-damaged`. */
  snapshot(id: ProjectId, seq: number): Project | undefined;
  hasSnapshot(id: ProjectId, seq: number): boolean;
  writeSnapshot(id: ProjectId, seq: number, project: Project): void;
}

function damaged(id: ProjectId, what: string, cause: unknown): AppError {
  return new AppError(
    'database-damaged',
    'The history of this project cannot be read. Restore the newest file of the backups folder, or go to another point of its history.',
    { message: `${what} of project ${id} cannot be read`, cause, details: { projectId: id, what } },
  );
}

/** Prepares the statements of the journal. */
export function createJournalStore(db: Database): JournalStore {
  const columns = 'seq, parent_seq AS parentSeq, label, at';
  const entry = db.raw.prepare<JournalEntry>(`SELECT ${columns} FROM project_edits WHERE project_id = ? AND seq = ?`);
  const edit = db.raw.prepare<JournalEntry & { edit: string }>(
    `SELECT ${columns}, edit FROM project_edits WHERE project_id = ? AND seq = ?`,
  );
  const append = db.raw.prepare(
    'INSERT INTO project_edits (project_id, seq, parent_seq, edit, label, at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const child = db.raw.prepare<JournalEntry>(
    `SELECT ${columns} FROM project_edits WHERE project_id = ? AND parent_seq = ? ORDER BY seq DESC LIMIT 1`,
  );
  const line = db.raw.prepare<JournalEntry>(
    `WITH RECURSIVE line AS (
       SELECT seq, parent_seq, label, at FROM project_edits WHERE project_id = ? AND seq = ?
       UNION ALL
       SELECT e.seq, e.parent_seq, e.label, e.at FROM line JOIN project_edits e
         ON e.project_id = ? AND e.seq = line.parent_seq
     ) SELECT ${columns} FROM line LIMIT ?`,
  );
  const list = db.raw.prepare<JournalEntry>(
    `SELECT ${columns} FROM project_edits WHERE project_id = ? ORDER BY seq DESC LIMIT ?`,
  );
  const snapshot = db.raw.prepare<{ project: string }>(
    'SELECT project FROM project_snapshots WHERE project_id = ? AND seq = ?',
  );
  const hasSnapshot = db.raw.prepare<{ found: number }>(
    'SELECT 1 AS found FROM project_snapshots WHERE project_id = ? AND seq = ?',
  );
  const write = db.raw.prepare('INSERT OR REPLACE INTO project_snapshots (project_id, seq, project) VALUES (?, ?, ?)');
  return {
    entry: (id, seq) => entry.get(id, seq),
    edit(id, seq) {
      const row = edit.get(id, seq);
      if (!row) throw damaged(id, `edit ${seq}`, undefined);
      try {
        return { ...row, edit: editSchema.parse(JSON.parse(row.edit)) };
      } catch (cause) {
        throw damaged(id, `edit ${seq}`, cause);
      }
    },
    append: (id, { seq, parentSeq, edit: content, label, at }) =>
      void append.run(id, seq, parentSeq, JSON.stringify(content), label, at),
    newestChild: (id, seq) => child.get(id, seq),
    line: (id, seq, limit) => line.all(id, seq, id, limit),
    list: (id, limit) => list.all(id, limit),
    snapshot(id, seq) {
      const row = snapshot.get(id, seq);
      if (!row) return undefined;
      try {
        return projectSchema.parse(JSON.parse(row.project));
      } catch (cause) {
        throw damaged(id, `snapshot ${seq}`, cause);
      }
    },
    hasSnapshot: (id, seq) => hasSnapshot.get(id, seq) !== undefined,
    writeSnapshot: (id, seq, project) => void write.run(id, seq, JSON.stringify(project)),
  };
}
