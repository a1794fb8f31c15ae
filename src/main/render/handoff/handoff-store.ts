import { createHash } from 'node:crypto';
import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Database } from '#main/platform/db/index.ts';
import type { HandoffFile } from '#shared/contract/render.ts';
import type { AppErrorData } from '#shared/errors/index.ts';
import { type ExportBatchId, type Release, type ReleaseId, releaseSchema } from '#shared/model/index.ts';
import { type ExportRow, exportsTable, handoffsTable, releasesTable } from '../schema.ts';

export type HandoffRow = typeof handoffsTable.$inferSelect;

/** What of a batch its sidecars depend on: they are written anew when it changes. */
export function handoffSignature(rows: readonly ExportRow[]): string {
  const facts = rows.map((row) => [row.id, row.state, row.releaseId, row.fileName, row.error?.userMessage ?? null]);
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
}

/** What is written beside the files of batches. */
export function handoffQueries({ orm }: Database) {
  return {
    findHandoff(batchId: ExportBatchId): HandoffRow | null {
      return orm.select().from(handoffsTable).where(eq(handoffsTable.batchId, batchId)).get() ?? null;
    },
    /** Notes that something will be written for a batch. */
    expectHandoff(batchId: ExportBatchId): void {
      orm.insert(handoffsTable).values({ batchId }).onConflictDoNothing().run();
    },
    /** Batches that may still want something written, newest first. */
    newestHandoffs(limit: number): HandoffRow[] {
      return orm.select().from(handoffsTable).orderBy(desc(handoffsTable.seq)).limit(limit).all();
    },
    saveHandoff(
      batchId: ExportBatchId,
      change: Partial<{ signature: string | null; files: HandoffFile[]; error: AppErrorData | null }>,
    ): void {
      orm
        .insert(handoffsTable)
        .values({ batchId, ...change })
        .onConflictDoUpdate({ target: handoffsTable.batchId, set: change })
        .run();
    },
    /** Exports of a batch that have not ended, at most `limit` of them. */
    openOf(batchId: ExportBatchId, limit: number): ExportRow[] {
      const open = and(eq(exportsTable.batchId, batchId), isNull(exportsTable.finishedAt));
      return orm.select().from(exportsTable).where(open).limit(limit).all();
    },
    releasesByIds(ids: readonly ReleaseId[]): Map<ReleaseId, Release> {
      const rows = orm
        .select()
        .from(releasesTable)
        .where(inArray(releasesTable.id, [...ids]))
        .all();
      return new Map(rows.map((row) => [row.id, releaseSchema.parse(row.record)]));
    },
  };
}
