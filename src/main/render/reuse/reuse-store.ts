import { and, desc, eq, inArray, isNotNull, isNull, lt, max, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '#main/platform/db/index.ts';
import type { ExportState } from '#shared/contract/render.ts';
import type { CreativeId, ExportBatchId, ProjectId, Ratio, Release } from '#shared/model/index.ts';
import type { SegmentRecord } from '../plan/segment-record.ts';
import {
  creativesTable,
  type ExportRow,
  exportSegmentsTable,
  exportsTable,
  releasesTable,
  type StoredState,
} from '../schema.ts';

/** The newest release of a creative, and what made it. */
export interface NewestRelease {
  release: Release;
  exportId: string;
  creativeId: CreativeId;
  /** Key and version, as {@link creativeKey} writes it. */
  creativeKey: string;
}

/** Exports of one batch that stand alike. */
export interface BatchSum {
  batchId: ExportBatchId;
  projectId: ProjectId;
  projectName: string;
  /** Null for those without an end yet: their jobs tell. */
  state: StoredState | null;
  isPaused: boolean;
  count: number;
  seconds: number;
  estimatedMs: number;
  createdAt: number;
  /** Of the newest one. */
  seq: number;
}

/** Words to be found in names. */
export function searchCondition(search: string | undefined): SQL | undefined {
  const words = (search ?? '').trim().split(/\s+/).filter(Boolean);
  const text = sql`(${exportsTable.projectName} || ' ' || ${exportsTable.variantName} || ' ' || ${exportsTable.fileName} || ' ' || ${exportsTable.ratio})`;
  return and(...words.map((word) => sql`instr(lower(${text}), lower(${word})) > 0`));
}

const endedStates: readonly ExportState[] = ['finished', 'failed', 'cancelled'];

/** Exports in some states; `open` are those whose jobs say that they are in one of them. */
export function stateCondition(states: readonly ExportState[] | undefined, open: readonly string[]): SQL | undefined {
  if (states === undefined) return undefined;
  const ended = states.filter((state): state is StoredState => endedStates.includes(state));
  const isEnded = and(isNotNull(exportsTable.finishedAt), inArray(exportsTable.state, ended));
  const isPaused = and(isNull(exportsTable.finishedAt), eq(exportsTable.isPaused, true));
  return or(
    ended.length > 0 ? isEnded : sql`0`,
    states.includes('paused') ? isPaused : sql`0`,
    open.length > 0 ? inArray(exportsTable.id, [...open]) : sql`0`,
  );
}

/** What exporting again, pausing and explaining ask of the database. */
export function reuseQueries(db: Database) {
  return { ...segmentQueries(db), ...revisionQueries(db), ...batchQueries(db) };
}

function segmentQueries({ orm }: Database) {
  return {
    saveSegments(exportId: string, segments: SegmentRecord[]): void {
      orm.update(exportSegmentsTable).set({ segments }).where(eq(exportSegmentsTable.id, exportId)).run();
    },
    /** Null when nothing was kept: exports of older versions, and those that never came to planning. */
    segmentsOf(exportId: string): SegmentRecord[] | null {
      return orm.select().from(exportSegmentsTable).where(eq(exportSegmentsTable.id, exportId)).get()?.segments ?? null;
    },
    /** The finished export before this one of the same variant, ratio and version. */
    revisionBefore(row: Pick<ExportRow, 'creativeId' | 'seq'>): Pick<ExportRow, 'id' | 'revision'> | null {
      const isBefore = and(eq(exportsTable.creativeId, row.creativeId), lt(exportsTable.seq, row.seq));
      const found = orm
        .select({ id: exportsTable.id, revision: exportsTable.revision })
        .from(exportsTable)
        .where(and(isBefore, eq(exportsTable.state, 'finished')))
        .orderBy(desc(exportsTable.seq))
        .limit(1)
        .get();
      return found ?? null;
    },
    /** True when an earlier finished export of the project showed a segment with this fingerprint. */
    wasSegmentMade(row: Pick<ExportRow, 'projectId' | 'seq'>, fingerprint: string): boolean {
      const hasIt = sql`instr("exports"."segments", ${fingerprint}) > 0`;
      const isEarlier = and(eq(exportsTable.projectId, row.projectId), lt(exportsTable.seq, row.seq));
      const found = orm
        .select({ id: exportsTable.id })
        .from(exportsTable)
        .where(and(isEarlier, eq(exportsTable.state, 'finished'), hasIt))
        .limit(1)
        .get();
      return found !== undefined;
    },
  };
}

function revisionQueries({ orm }: Database) {
  return {
    /** Ids of the rows that {@link releasesAt} reads: the newest release of each creative of a project. */
    newestReleaseSeqs(projectId: ProjectId): number[] {
      const rows = orm
        .select({ seq: sql<number>`max(${releasesTable.seq})` })
        .from(releasesTable)
        .where(eq(releasesTable.projectId, projectId))
        .groupBy(releasesTable.creativeId)
        .all();
      return rows.map((row) => row.seq).sort((a, b) => a - b);
    },
    releasesAt(seqs: readonly number[]): NewestRelease[] {
      const rows = orm
        .select({ release: releasesTable, creativeKey: creativesTable.variantKey })
        .from(releasesTable)
        .innerJoin(creativesTable, eq(creativesTable.id, releasesTable.creativeId))
        .where(inArray(releasesTable.seq, [...seqs]))
        .orderBy(releasesTable.seq)
        .all();
      return rows.map(({ release: { record, exportId, creativeId }, creativeKey }) => ({
        ...{ release: record, exportId, creativeId, creativeKey },
      }));
    },
    /** Creatives of a project that an export under way is about. */
    creativesUnderWay(projectId: ProjectId): Set<CreativeId> {
      const rows = orm
        .select({ id: exportsTable.creativeId })
        .from(exportsTable)
        .where(and(eq(exportsTable.projectId, projectId), isNull(exportsTable.finishedAt)))
        .all();
      return new Set(rows.map((row) => row.id));
    },
    /**
     * The revision after the newest release and the newest export still under way, by a creative's key and ratio, for
     * all of a project at once.
     */
    nextRevisions(projectId: ProjectId): (creativeKey: string, ratio: Ratio) => number {
      const keyOf = (variantKey: string, ratio: Ratio) => `${ratio} ${variantKey}`;
      const next = new Map<string, number>();
      const note = (rows: { variantKey: string; ratio: Ratio; top: number | null }[]) => {
        for (const { variantKey, ratio, top } of rows)
          next.set(keyOf(variantKey, ratio), Math.max(next.get(keyOf(variantKey, ratio)) ?? 1, (top ?? 0) + 1));
      };
      const { variantKey, ratio } = creativesTable;
      const ofProject = eq(creativesTable.projectId, projectId);
      note(
        orm
          .select({ variantKey, ratio, top: max(releasesTable.revision) })
          .from(releasesTable)
          .innerJoin(creativesTable, eq(releasesTable.creativeId, creativesTable.id))
          .where(ofProject)
          .groupBy(releasesTable.creativeId)
          .all(),
      );
      note(
        orm
          .select({ variantKey, ratio, top: max(exportsTable.revision) })
          .from(exportsTable)
          .innerJoin(creativesTable, eq(exportsTable.creativeId, creativesTable.id))
          .where(and(ofProject, isNull(exportsTable.finishedAt)))
          .groupBy(exportsTable.creativeId)
          .all(),
      );
      return (key, inRatio) => next.get(keyOf(key, inRatio)) ?? 1;
    },
  };
}

function batchQueries({ orm }: Database) {
  return {
    /** Marks exports as paused, all at once; those that ended meanwhile stay as they are. */
    markPaused(ids: readonly string[]): void {
      orm
        .update(exportsTable)
        .set({ isPaused: true })
        .where(and(inArray(exportsTable.id, [...ids]), isNull(exportsTable.finishedAt)))
        .run();
    },
    /** Batches as sums of exports that stand alike, those that fit; newest first. */
    batchSums(filter: { states?: readonly ExportState[]; search?: string; open?: readonly string[] }): BatchSum[] {
      const condition = and(stateCondition(filter.states, filter.open ?? []), searchCondition(filter.search));
      const { batchId, projectId, projectName, state, isPaused, finishedAt } = exportsTable;
      const isOpen = sql<number>`${finishedAt} IS NULL`;
      const rows = orm
        .select({
          ...{ batchId, projectId, projectName, state, isPaused },
          isOpen: sql<number>`max(${isOpen})`,
          count: sql<number>`count(*)`,
          seconds: sql<number>`sum(${exportsTable.durationSeconds})`,
          estimatedMs: sql<number>`sum(${exportsTable.estimatedMs})`,
          createdAt: sql<number>`max(${exportsTable.createdAt})`,
          seq: sql<number>`max(${exportsTable.seq})`,
        })
        .from(exportsTable)
        .where(condition)
        .groupBy(batchId, isOpen, state, isPaused)
        .orderBy(desc(sql`max(${exportsTable.seq})`))
        .all();
      return rows.map(({ isOpen: open, state: stored, ...sum }) => ({ ...sum, state: open ? null : stored }));
    },
  };
}
