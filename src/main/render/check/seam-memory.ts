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
  clear(): void;
}

/** {@link SeamMemory} in the library's database. */
export function createSeamMemory({ orm }: Database): SeamMemory {
  return {
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
