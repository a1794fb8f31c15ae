import { expect, it } from 'vitest';
import { type Edit, editSchema, newProject, type ProjectId } from '#shared/model/index.ts';
import type { JournalStore } from './journal-store.ts';
import { createStates } from './states.ts';

it('walks a stretch of history once, however many of its steps are undone', () => {
  const start = newProject({ name: 'Name 0' });
  const rename = (seq: number): Edit => editSchema.parse({ type: 'project.rename', name: `Name ${seq}` });
  let read = 0;
  const journal: Pick<JournalStore, 'snapshot' | 'edit'> = {
    snapshot: (_id, seq) => (seq === 0 ? start : undefined),
    edit: (_id, seq) => {
      read += 1;
      return { seq, parentSeq: seq - 1, label: '', at: 0, edit: rename(seq) };
    },
  };
  const states = createStates(journal as JournalStore, { afterCommit: (work) => work() });
  const id = 'p' as ProjectId;
  for (let seq = 99; seq > 0; seq -= 1) expect(states.at(id, seq).project.name).toBe(`Name ${seq}`);
  expect(read).toBe(99);
});
