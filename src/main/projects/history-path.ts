import type { ProjectId } from '#shared/model/index.ts';
import type { JournalEntry, JournalStore } from './journal-store.ts';
import type { HistoryPath } from './types.ts';

/** Steps ahead that are shown: more than anybody undoes by hand. */
const mostAhead = 500;
/** Edits looked through for their days. */
const mostEdits = 100_000;

/** Midnight before a moment, where this machine is. */
function dayOf(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0);
}

/** Days on which there were edits, the latest first, each with its last step. `line` goes back in time. */
export function daysOf(line: readonly Pick<JournalEntry, 'seq' | 'at'>[]): HistoryPath['days'] {
  const days = new Map<number, { startMs: number; lastSeq: number; steps: number }>();
  for (const { seq, at } of line) {
    const startMs = dayOf(at);
    const day = days.get(startMs);
    if (day) day.steps += 1;
    else days.set(startMs, { startMs, lastSeq: seq, steps: 1 });
  }
  return [...days.values()];
}

function stepsAhead(journal: JournalStore, id: ProjectId, headSeq: number): JournalEntry[] {
  const ahead: JournalEntry[] = [];
  for (let at = headSeq; ahead.length < mostAhead; ) {
    const next = journal.newestChild(id, at);
    if (!next) break;
    ahead.push(next);
    at = next.seq;
  }
  return ahead;
}

/**
 * The way through a project's history that the present state lies on: what redo would bring, the present step, and what
 * led to it back to the beginning (step 0), newest first. Steps of other branches are not on it.
 */
export function historyPath(
  journal: JournalStore,
  project: { id: ProjectId; headSeq: number; createdAtMs: number },
  { fromSeq = null, limit }: { fromSeq?: number | null; limit: number },
): HistoryPath {
  const { id, headSeq, createdAtMs } = project;
  const line = [...journal.line(id, headSeq, mostEdits), { seq: 0, parentSeq: 0, label: 'Created', at: createdAtMs }];
  const first =
    fromSeq === null
      ? 0
      : Math.max(
          0,
          line.findIndex(({ seq }) => seq <= fromSeq),
        );
  const past = line.slice(first, first + limit);
  const ahead = fromSeq === null ? stepsAhead(journal, id, headSeq).reverse() : [];
  const entry = (place: 'past' | 'future') => (one: JournalEntry) => ({
    ...{ seq: one.seq, label: one.label, atMs: one.at },
    place: one.seq === headSeq ? ('current' as const) : place,
  });
  return {
    entries: [...ahead.map(entry('future')), ...past.map(entry('past'))],
    days: daysOf(line),
    hasEarlier: first + past.length < line.length,
  };
}
