import { createHash } from 'node:crypto';
import { and, count, desc, eq, inArray, isNotNull, isNull, ne, notInArray } from 'drizzle-orm';
import type { Database } from '#main/platform/db/index.ts';
import type { ExportState } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  type CreativeId,
  type ExportBatchId,
  type JobId,
  newId,
  type Project,
  type ProjectId,
  projectSchema,
  type Ratio,
  type RatioGroupId,
  type Release,
  releaseSchema,
} from '#shared/model/index.ts';
import { handoffQueries } from './handoff/handoff-store.ts';
import { reuseQueries, searchCondition, stateCondition } from './reuse/reuse-store.ts';
import { type ReviewedRow, reviewed, reviewQueries, selectReviewed } from './review/review-store.ts';
import {
  creativesTable,
  type ExportRow,
  exportsTable,
  ratioGroupsTable,
  releasesTable,
  snapshotsTable,
  speedsTable,
} from './schema.ts';

/** Which exports. */
export interface ExportFilter {
  projectId?: ProjectId | undefined;
  batchId?: ExportBatchId | undefined;
  states?: readonly ExportState[] | undefined;
  search?: string | undefined;
  /** With `states`: exports without an end whose jobs are in one of them. */
  open?: readonly string[] | undefined;
}

/** A part of a long list. */
export interface Page {
  offset: number;
  limit: number;
}

/** What past encodes cost, added up with old ones fading. */
export interface Speed {
  frames: number;
  ms: number;
  bytes: number;
}

/** Older measurements weigh less once this many frames were measured. */
const rememberedFrames = 20_000;

export type RenderStore = ReturnType<typeof createRenderStore>;

/** Everything render keeps in the database. */
export function createRenderStore(db: Database) {
  const { orm } = db;
  return {
    ...exportQueries(db),
    ...releaseQueries(db),
    ...reviewQueries(db),
    ...handoffQueries(db),
    ...reuseQueries(db),
    /** Keeps a project as it is now; the same content is kept once. Returns its id. */
    saveSnapshot(project: Project, nowMs: number): number {
      const json = JSON.stringify(project);
      const hash = createHash('sha256').update(json).digest('hex');
      const known = orm
        .select({ id: snapshotsTable.id })
        .from(snapshotsTable)
        .where(eq(snapshotsTable.hash, hash))
        .get();
      if (known) return known.id;
      const row = { projectId: project.id, hash, project: json, createdAt: nowMs };
      return orm.insert(snapshotsTable).values(row).returning({ id: snapshotsTable.id }).get().id;
    },
    snapshot(id: number): Project {
      const row = orm.select().from(snapshotsTable).where(eq(snapshotsTable.id, id)).get();
      if (!row) throw new AppError('not-found', 'What this export was to show is not known any more. Export it again.');
      return projectSchema.parse(JSON.parse(row.project));
    },
    /** Drops snapshots no export refers to. */
    pruneSnapshots(): void {
      const used = orm.select({ id: exportsTable.snapshotId }).from(exportsTable);
      orm.delete(snapshotsTable).where(notInArray(snapshotsTable.id, used)).run();
    },
    /** The permanent identity of a variant in a ratio; made on first use. */
    creative(projectId: ProjectId, variantKey: string, ratio: Ratio): CreativeId {
      const found = orm
        .select({ id: creativesTable.id })
        .from(creativesTable)
        .where(creativeOf(projectId, variantKey, ratio))
        .get();
      if (found) return found.id;
      const id = newId<CreativeId>('creative');
      orm.insert(creativesTable).values({ id, projectId, variantKey, ratio }).run();
      return id;
    },
    /** The permanent identity of all ratios of a variant; made on first use. */
    ratioGroup(projectId: ProjectId, variantKey: string): RatioGroupId {
      const which = and(eq(ratioGroupsTable.projectId, projectId), eq(ratioGroupsTable.variantKey, variantKey));
      const found = orm.select({ id: ratioGroupsTable.id }).from(ratioGroupsTable).where(which).get();
      if (found) return found.id;
      const id = newId<RatioGroupId>('group');
      orm.insert(ratioGroupsTable).values({ id, projectId, variantKey }).run();
      return id;
    },
    speed(key: string): Speed | null {
      return orm.select().from(speedsTable).where(eq(speedsTable.key, key)).get() ?? null;
    },
    addSpeed(key: string, measured: Speed): void {
      const old = orm.select().from(speedsTable).where(eq(speedsTable.key, key)).get();
      const weight = old ? Math.min(1, rememberedFrames / Math.max(1, old.frames)) : 0;
      const sum = {
        frames: (old?.frames ?? 0) * weight + measured.frames,
        ms: (old?.ms ?? 0) * weight + measured.ms,
        bytes: (old?.bytes ?? 0) * weight + measured.bytes,
      };
      orm
        .insert(speedsTable)
        .values({ key, ...sum })
        .onConflictDoUpdate({ target: speedsTable.key, set: sum })
        .run();
    },
  };
}

function creativeOf(projectId: ProjectId, variantKey: string, ratio: Ratio) {
  return and(
    eq(creativesTable.projectId, projectId),
    eq(creativesTable.variantKey, variantKey),
    eq(creativesTable.ratio, ratio),
  );
}

function exportQueries(db: Database) {
  const { orm } = db;
  const condition = ({ projectId, batchId, states, search, open }: ExportFilter) =>
    and(
      stateCondition(states, open ?? []),
      searchCondition(search),
      projectId === undefined ? undefined : eq(exportsTable.projectId, projectId),
      batchId === undefined ? undefined : eq(exportsTable.batchId, batchId),
    );
  return {
    /** In this order. */
    insertExports(rows: readonly Omit<typeof exportsTable.$inferInsert, 'seq'>[]): void {
      // One statement takes so many values and no more.
      for (let first = 0; first < rows.length; first += 100)
        orm
          .insert(exportsTable)
          .values(rows.slice(first, first + 100))
          .run();
    },
    updateExport(id: string, change: Partial<Omit<ExportRow, 'seq' | 'id'>>): void {
      orm.update(exportsTable).set(change).where(eq(exportsTable.id, id)).run();
    },
    findExport(id: string): ReviewedRow | null {
      const found = selectReviewed(db).where(eq(exportsTable.id, id)).get();
      return found ? reviewed(found) : null;
    },
    exportsOf(ids: readonly string[]): ReviewedRow[] {
      const found = selectReviewed(db).where(inArray(exportsTable.id, [...ids]));
      return found.all().map(reviewed);
    },
    /** The export that a job is to make. */
    exportOfJob(jobId: JobId): ExportRow | null {
      return orm.select().from(exportsTable).where(eq(exportsTable.jobId, jobId)).get() ?? null;
    },
    /** A batch in the order it was asked for. */
    batch(batchId: ExportBatchId): ReviewedRow[] {
      const found = selectReviewed(db).where(eq(exportsTable.batchId, batchId)).orderBy(exportsTable.seq);
      return found.all().map(reviewed);
    },
    /** Newest first, except within one batch. */
    listExports(filter: ExportFilter, page: Page): { rows: ReviewedRow[]; total: number } {
      const where = condition(filter);
      const order = filter.batchId === undefined ? desc(exportsTable.seq) : exportsTable.seq;
      const found = selectReviewed(db).where(where).orderBy(order).limit(page.limit).offset(page.offset);
      const total = orm.select({ total: count() }).from(exportsTable).where(where).get()?.total ?? 0;
      return { rows: found.all().map(reviewed), total };
    },
    /** Names promised to exports that are not finished, in a folder. */
    promisedNames(outDir: string): string[] {
      const rows = orm
        .select({ fileName: exportsTable.fileName })
        .from(exportsTable)
        .where(and(eq(exportsTable.outDir, outDir), isNull(exportsTable.finishedAt)))
        .all();
      return rows.map((row) => row.fileName);
    },
    unfinishedCount(): number {
      return orm.select({ total: count() }).from(exportsTable).where(isNull(exportsTable.finishedAt)).get()?.total ?? 0;
    },
    unfinished(): ExportRow[] {
      return orm.select().from(exportsTable).where(isNull(exportsTable.finishedAt)).all();
    },
    removeExports(ids: readonly string[]): void {
      orm
        .delete(exportsTable)
        .where(inArray(exportsTable.id, [...ids]))
        .run();
    },
  };
}

function releaseQueries({ orm, transaction }: Database) {
  return {
    /**
     * Gives an export whose file has its name a revision that no release has, nor any other export that is as far: its
     * own, or the next one. It keeps it from now on, so two that end at once never take the same.
     */
    claimRevision({ id, creativeId, revision: wanted }: Pick<ExportRow, 'id' | 'creativeId' | 'revision'>): number {
      return transaction(() => {
        const { revision } = releasesTable;
        const released = orm.select({ revision }).from(releasesTable).where(eq(releasesTable.creativeId, creativeId));
        const ending = and(
          ...[eq(exportsTable.creativeId, creativeId), ne(exportsTable.id, id)],
          ...[isNull(exportsTable.finishedAt), isNotNull(exportsTable.placing)],
        );
        const claimed = orm.select({ revision: exportsTable.revision }).from(exportsTable).where(ending);
        const taken = new Set([...released.all(), ...claimed.all()].map((row) => row.revision));
        let free = wanted;
        while (taken.has(free)) free += 1;
        if (free !== wanted) orm.update(exportsTable).set({ revision: free }).where(eq(exportsTable.id, id)).run();
        return free;
      });
    },
    insertRelease(release: Release, exportId: string): void {
      const { id, creativeId, revision, projectId, planFingerprint } = release;
      const row = { id, creativeId, revision, projectId, planFingerprint, exportId, record: release };
      orm
        .insert(releasesTable)
        .values({ ...row, createdAt: release.createdAtMs })
        .run();
    },
    listReleases(projectId: ProjectId, page: Page): { releases: Release[]; total: number } {
      const where = eq(releasesTable.projectId, projectId);
      const rows = orm.select().from(releasesTable).where(where).orderBy(desc(releasesTable.seq));
      const releases = rows.limit(page.limit).offset(page.offset).all();
      const total = orm.select({ total: count() }).from(releasesTable).where(where).get()?.total ?? 0;
      return { releases: releases.map((row) => releaseSchema.parse(row.record)), total };
    },
  };
}
