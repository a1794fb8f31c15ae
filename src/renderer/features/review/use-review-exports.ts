import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ExportView } from '#shared/contract/index.ts';
import type { ExportBatchId, ProjectId } from '#shared/model/index.ts';
import { useEngine, useExports } from '../../engine/index.ts';

/** Most exports of one project that a review reads. */
const mostExports = 5000;
const pageSize = 500;
/**
 * Reading thousands of exports at each step of each of them would keep the engine from making them: they are read again
 * after this long at the earliest, and after this many times as long as reading them took.
 */
const rest = { leastMs: 1000, timesReading: 8 };

/** What is reviewed: one batch, or the newest of everything in a project. */
export interface ReviewScope {
  projectId: ProjectId | null;
  batchId: ExportBatchId | null;
}

/**
 * Every export of the project that is reviewed, newest first; a batch's earlier revisions are among them. Null while
 * they are being read. Kept fresh by the engine's events, about once a second.
 */
export function useReviewExports({ projectId, batchId }: ReviewScope) {
  const engine = useEngine();
  const queries = useQueryClient();
  const key = ['review-exports', batchId ?? projectId] as const;
  const read = useRef({ startedMs: 0, tookMs: 0 });
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      read.current.startedMs = performance.now();
      const [first] = batchId ? (await engine.render.list({ batchId, limit: 1 }, { signal })).exports : [];
      const id = batchId ? first?.projectId : (projectId ?? undefined);
      const found: ExportView[] = [];
      for (let total = id ? 1 : 0; found.length < Math.min(total, mostExports); ) {
        const page = await engine.render.list(
          { ...(id && { projectId: id }), offset: found.length, limit: pageSize },
          { signal },
        );
        total = page.exports.length === 0 ? 0 : page.total;
        found.push(...page.exports);
      }
      read.current.tookMs = performance.now() - read.current.startedMs;
      return { projectId: id ?? null, exports: found };
    },
    enabled: batchId !== null || projectId !== null,
    placeholderData: keepPreviousData,
  });
  const { dataUpdatedAt: changedAt } = useExports(projectId ?? undefined, 1);
  useEffect(() => {
    if (changedAt === 0) return;
    const { startedMs, tookMs } = read.current;
    const dueMs = startedMs + Math.max(rest.leastMs, tookMs * rest.timesReading);
    const timer = setTimeout(
      () => void queries.invalidateQueries({ queryKey: ['review-exports'] }),
      Math.max(0, dueMs - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [queries, changedAt]);
  return query;
}
