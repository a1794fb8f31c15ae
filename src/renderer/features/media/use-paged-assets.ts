import { keepPreviousData, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { AssetFilterInput } from '#shared/contract/index.ts';
import type { Asset, AssetId } from '#shared/model/index.ts';
import { type EngineClient, keys, useEngine } from '../../engine/index.ts';

/** Order of a listing. */
export type AssetSort = 'newest' | 'oldest' | 'name' | 'duration' | 'shoot-day' | 'rating';

/** Assets per request. */
export const pageSize = 100;

/** A long listing of which only the part on screen is read. */
export interface PagedAssets {
  /** Null until the first answer. */
  total: number | null;
  /** The asset at a place of the listing; null while it has not been read. */
  at: (index: number) => Asset | null;
  /** Ids from one place to another (both included), reading what is needed; at most 2,000. */
  idsBetween: (from: number, to: number) => Promise<AssetId[]>;
  error: unknown;
  isLoading: boolean;
}

/** Most assets one action takes, as the contract has it. */
export const mostSelected = 2000;

function pageQuery(engine: EngineClient, filter: AssetFilterInput, sort: AssetSort, page: number) {
  return {
    queryKey: [...keys.assetLists, 'page', filter, sort, page],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      engine.library.list({ filter, sort, offset: page * pageSize, limit: pageSize }, { signal }),
    gcTime: 60_000,
  };
}

/** The listing of a filter in an order, reading the pages that cover `first` to `last`. */
export function usePagedAssets(filter: AssetFilterInput, sort: AssetSort, first: number, last: number): PagedAssets {
  const engine = useEngine();
  const queries = useQueryClient();
  const from = Math.max(0, Math.floor(first / pageSize));
  const to = Math.max(from, Math.floor(Math.max(first, last) / pageSize));
  const pages = useMemo(
    () => Array.from({ length: Math.min(8, to - from + 1) }, (_, index) => from + index),
    [from, to],
  );
  const results = useQueries({
    queries: pages.map((page) => ({ ...pageQuery(engine, filter, sort, page), placeholderData: keepPreviousData })),
  });
  const known = useRef<number | null>(null);
  const fresh = results.find((result) => result.data && !result.isPlaceholderData)?.data?.total;
  if (fresh !== undefined) known.current = fresh;
  const idsBetween = useCallback(
    async (start: number, end: number): Promise<AssetId[]> => {
      const low = Math.min(start, end);
      const high = Math.min(Math.max(start, end), low + mostSelected - 1);
      const ids: AssetId[] = [];
      for (let page = Math.floor(low / pageSize); page <= Math.floor(high / pageSize); page += 1) {
        const { assets } = await queries.ensureQueryData(pageQuery(engine, filter, sort, page));
        assets.forEach((asset, index) => {
          const place = page * pageSize + index;
          if (place >= low && place <= high) ids.push(asset.id);
        });
      }
      return ids;
    },
    [engine, queries, filter, sort],
  );
  return {
    total: fresh ?? known.current,
    at: (index) => {
      const result = results[Math.floor(index / pageSize) - from];
      return result?.data?.assets[index % pageSize] ?? null;
    },
    idsBetween,
    error: results.find((result) => result.error)?.error ?? null,
    isLoading: results.some((result) => result.isLoading),
  };
}

/** The part of a listing that is on screen, and how to report it; reporting the same again changes nothing. */
export function useShownRange(): [{ first: number; last: number }, (first: number, last: number) => void] {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const report = useCallback((first: number, last: number) => {
    setRange((old) => (old.first === first && old.last === last ? old : { first, last }));
  }, []);
  return [range, report];
}
