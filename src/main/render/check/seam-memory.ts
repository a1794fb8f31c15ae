import { and, eq } from 'drizzle-orm';
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Database } from '#main/platform/db/index.ts';

/** `0008_seams.sql` as drizzle sees it. */
const seamsTable = sqliteTable('seam_verdicts', {
  before: text('before_fingerprint').notNull(),
  after: text('after_fingerprint').notNull(),
});

/** Two segments that follow one another, by fingerprint. */
export interface Seam {
  before: string;
  after: string;
}

/** Which joins were decoded before and found right. */
export interface SeamMemory {
  has(seam: Seam): boolean;
  add(seams: readonly Seam[]): void;
  /**
   * Lets one file at a time look at a join: the files of a matrix share most of theirs and come to them together.
   * Returns those nobody is looking at, for the caller to look at, and what to wait for where somebody is.
   */
  claim(seams: readonly Seam[]): Claim;
  clear(): void;
}

/** Joins taken on by one file. */
export interface Claim {
  mine: Seam[];
  /** Resolves when the others have looked at theirs, well or not. */
  others: Promise<void>;
  /** To be called when mine have been looked at, well or not. */
  release(): void;
}

/** {@link SeamMemory} in the library's database. */
export function createSeamMemory({ orm }: Database): SeamMemory {
  const underway = new Map<string, Promise<void>>();
  const keyOf = ({ before, after }: Seam): string => `${before} ${after}`;
  return {
    claim(seams) {
      const looked = Promise.withResolvers<void>();
      const mine = seams.filter((seam) => !underway.has(keyOf(seam)));
      const others = seams.flatMap((seam) => underway.get(keyOf(seam)) ?? []);
      for (const seam of mine) underway.set(keyOf(seam), looked.promise);
      return {
        mine,
        others: Promise.all(others).then(() => {}),
        release() {
          for (const seam of mine) underway.delete(keyOf(seam));
          looked.resolve();
        },
      };
    },
    has: ({ before, after }) =>
      orm
        .select({ after: seamsTable.after })
        .from(seamsTable)
        .where(and(eq(seamsTable.before, before), eq(seamsTable.after, after)))
        .get() !== undefined,
    add(seams) {
      if (seams.length > 0)
        orm
          .insert(seamsTable)
          .values([...seams])
          .onConflictDoNothing()
          .run();
    },
    clear: () => void orm.delete(seamsTable).run(),
  };
}
