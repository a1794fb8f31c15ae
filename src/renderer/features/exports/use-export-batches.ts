import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ExportState, ExportView } from '#shared/contract/index.ts';
import type { ExportBatchId } from '#shared/model/index.ts';
import { type EngineClient, keys, useEngine } from '../../engine/index.ts';
import { type BatchPage, isActive, pageSize } from './group-exports.ts';

/** What the list is narrowed down to. */
export interface BatchFilter {
  states?: ExportState[] | undefined;
  search?: string | undefined;
}

/** How often what is going on is read again, ms: progress is not announced. */
const refreshMs = 1000;

/** The batches that have exports that fit, newest first. */
export function useExportBatches(filter: BatchFilter) {
  const engine = useEngine();
  return useQuery({
    queryKey: [...keys.exports, 'batches', filter],
    queryFn: ({ signal }) => engine.render.batches(filter, { signal }),
    select: (answer) => answer.batches,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.batches.some(isActive) ? refreshMs : false),
  });
}

/** Reads the exports of some pages; answers the n-th of a batch that fits, null while it has not been read. */
export function useBatchPages(
  filter: BatchFilter,
  pages: readonly BatchPage[],
): (batchId: ExportBatchId, index: number) => ExportView | null {
  const engine = useEngine();
  const results = useQueries({
    queries: pages.map(({ batchId, page, isActive: isGoingOn }) => ({
      queryKey: [...keys.exports, 'rows', filter, batchId, page],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        engine.render.list({ ...filter, batchId, offset: page * pageSize, limit: pageSize }, { signal }),
      refetchInterval: isGoingOn ? refreshMs : (false as const),
      gcTime: 60_000,
    })),
  });
  const byPage = useMemo(
    () => new Map(pages.map(({ batchId, page }, index) => [`${batchId} ${page}`, results[index]?.data?.exports])),
    [pages, results],
  );
  return (batchId, index) => byPage.get(`${batchId} ${Math.floor(index / pageSize)}`)?.[index % pageSize] ?? null;
}

/** Every export of a batch in some states, however many. */
export async function readBatch(
  engine: EngineClient,
  batchId: ExportBatchId,
  states?: ExportState[],
): Promise<ExportView[]> {
  const found: ExportView[] = [];
  for (;;) {
    const filter = { batchId, ...(states ? { states } : {}) };
    const { exports, total } = await engine.render.list({ ...filter, offset: found.length, limit: 500 });
    found.push(...exports);
    if (exports.length === 0 || found.length >= total) return found;
  }
}
