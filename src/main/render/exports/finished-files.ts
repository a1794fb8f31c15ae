import { constants, copyFile, rm } from 'node:fs/promises';
import { desc, eq, notInArray } from 'drizzle-orm';
import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import { hashFile, toFileError } from '#main/platform/files/index.ts';
import type { CheckReport } from '#shared/contract/render.ts';
import { isSameStamp, stampOf } from '../encode/source-stamp.ts';
import { hashOf } from '../plan/fingerprint.ts';
import type { OutputPlan } from '../plan/plan-render.ts';
import type { ExportRow } from '../schema.ts';

/** Table of `0007_finished_files.sql` as drizzle sees it. */
const filesTable = sqliteTable('finished_files', {
  fingerprint: text('fingerprint').primaryKey(),
  path: text('path').notNull(),
  sha256: text('sha256').notNull(),
  sizeBytes: integer('size_bytes').notNull(),
  modifiedMs: real('modified_ms').notNull(),
  report: text('report', { mode: 'json' }).$type<CheckReport>().notNull(),
  usedAt: integer('used_at').notNull(),
});

/** A file that passed its check. */
export interface CheckedFile {
  sha256: string;
  report: CheckReport;
}

/** Finished files that may be asked for again. */
export interface FinishedFiles {
  /**
   * Copies the finished file of this fingerprint to `target`. Null when there is none, or when it is not the file that
   * was checked any more: every byte of the copy is compared.
   */
  copy(fingerprint: string, target: string, signal: AbortSignal): Promise<CheckedFile | null>;
  /** Remembers a file in its place. */
  remember(fingerprint: string, path: string, file: CheckedFile): Promise<void>;
  /** Forgets all of them, so that the next exports are made anew; the files stay. */
  forgetAll(): void;
}

/** More than these are forgotten, the least recently used first. */
const mostKept = 5000;
/** Forgetting now and then is enough. */
const forgetEvery = 200;

/** Everything that is in an output's file and everything its check looks at. */
export function outputFingerprint(
  output: Pick<OutputPlan, 'segments' | 'sound' | 'size'>,
  row: Pick<ExportRow, 'placements' | 'rateControl' | 'rate'>,
  engineVersion: string,
): string {
  const segments = output.segments.map((segment) => segment.fingerprint);
  const { placements, rateControl, rate } = row;
  return hashOf([
    'output',
    engineVersion,
    segments,
    output.sound.fingerprint,
    output.size,
    placements,
    rateControl,
    rate,
  ]);
}

/** Finished files of a library. */
export function createFinishedFiles({ orm }: Database, clock: Clock): FinishedFiles {
  let remembered = 0;

  function forgetOld(): void {
    const kept = orm.select({ fingerprint: filesTable.fingerprint }).from(filesTable);
    const newest = kept.orderBy(desc(filesTable.usedAt)).limit(mostKept);
    orm.delete(filesTable).where(notInArray(filesTable.fingerprint, newest)).run();
  }

  return {
    forgetAll: () => void orm.delete(filesTable).run(),
    async copy(fingerprint, target, signal) {
      const known = orm.select().from(filesTable).where(eq(filesTable.fingerprint, fingerprint)).get();
      if (!known) return null;
      const stamp = await stampOf(known.path).catch(() => null);
      if (!stamp || !isSameStamp(stamp, known)) return null;
      try {
        await copyFile(known.path, target, constants.COPYFILE_FICLONE);
        const { sha256 } = await hashFile(target, { signal });
        if (sha256 === known.sha256) return { sha256, report: known.report };
        await rm(target, { force: true });
        return null;
      } catch (error) {
        await rm(target, { force: true });
        throw toFileError(error, target, 'write');
      }
    },
    async remember(fingerprint, path, { sha256, report }) {
      const { sizeBytes, modifiedMs } = await stampOf(path);
      const row = { path, sha256, sizeBytes, modifiedMs, report, usedAt: clock.nowMs() };
      orm
        .insert(filesTable)
        .values({ fingerprint, ...row })
        .onConflictDoUpdate({ target: filesTable.fingerprint, set: row })
        .run();
      remembered += 1;
      if (remembered % forgetEvery === 0) forgetOld();
    },
  };
}
