import { keepPreviousData, type QueryClient, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ImportView, JobCounts, JobState } from '#shared/contract/index.ts';
import { toAppError } from '#shared/errors/index.ts';
import type { Asset, AssetId } from '#shared/model/index.ts';
import { toast } from '../ui/toast.tsx';
import { loadAsset } from './asset-loader.ts';
import { useEngine } from './context.tsx';
import { keys } from './query-keys.ts';

export * from './export-queries.ts';
export * from './project-queries.ts';

/** Facts about the engine: version, face, media base, folders, ffmpeg, free disk. */
export function useSystemInfo() {
  const engine = useEngine();
  return useQuery({ queryKey: keys.system, queryFn: ({ signal }) => engine.system.info(undefined, { signal }) });
}

/** Prefix of every media URL; an empty string until the engine has answered. */
export function useMediaBase(): string {
  return useSystemInfo().data?.mediaBase ?? '';
}

/** The user's settings. */
export function useSettings() {
  const engine = useEngine();
  return useQuery({ queryKey: keys.settings, queryFn: ({ signal }) => engine.settings.get(undefined, { signal }) });
}

/** Fonts that were added to the library. */
export function useOwnFonts() {
  const engine = useEngine();
  return useQuery({ queryKey: keys.fonts, queryFn: ({ signal }) => engine.fonts.list(undefined, { signal }) });
}

/** What `doctor` found. */
export function useDoctor(isWanted = true) {
  const engine = useEngine();
  return useQuery({
    queryKey: keys.doctor,
    queryFn: ({ signal }) => engine.system.doctor(undefined, { signal }),
    enabled: isWanted,
  });
}

/** One asset; null when the library does not know it. */
export function useAsset(id: AssetId | null) {
  const engine = useEngine();
  return useQuery({
    queryKey: id ? keys.asset(id) : ['asset', 'none'],
    queryFn: () => (id ? loadAsset(engine, id) : null),
    enabled: id !== null,
  });
}

/** Several assets by id; those unknown or not yet read are absent. Stable while nothing changes. */
export function useAssets(ids: readonly AssetId[]): ReadonlyMap<AssetId, Asset> {
  const engine = useEngine();
  const unique = useMemo(() => [...new Set(ids)], [ids]);
  return useQueries({
    queries: unique.map((id) => ({ queryKey: keys.asset(id), queryFn: () => loadAsset(engine, id) })),
    combine: combineAssets,
  });
}

function combineAssets(results: readonly { data?: Asset | null | undefined }[]): ReadonlyMap<AssetId, Asset> {
  return new Map(results.flatMap(({ data }) => (data ? [[data.id, data] as const] : [])));
}

/** Subclips of an asset. */
export function useSubclips(assetId: AssetId | null) {
  const engine = useEngine();
  return useQuery({
    queryKey: [...keys.subclips, assetId],
    queryFn: ({ signal }) => engine.library.listSubclips({ assetIds: assetId ? [assetId] : [] }, { signal }),
    select: (answer) => answer.subclips,
    enabled: assetId !== null,
  });
}

/** Filters on offer, with counts. */
export function useFacets() {
  const engine = useEngine();
  return useQuery({
    queryKey: [...keys.assetLists, 'facets'],
    queryFn: ({ signal }) => engine.library.facets(undefined, { signal }),
  });
}

/** The hand-made groups of media. */
export function useCollections() {
  const engine = useEngine();
  return useQuery({
    queryKey: keys.collections,
    queryFn: ({ signal }) => engine.library.listCollections(undefined, { signal }),
    select: (answer) => answer.collections,
  });
}

/** Imports of this session, oldest first, kept fresh by events. */
export function useImports(): readonly ImportView[] {
  return (
    useQuery<ImportView[]>({ queryKey: keys.imports, queryFn: () => [], staleTime: Infinity, gcTime: Infinity }).data ??
    []
  );
}

/** Jobs in certain states, newest first, with counts over all. */
export function useJobs(states: readonly JobState[] | null, limit = 100) {
  const engine = useEngine();
  return useQuery({
    queryKey: [...keys.jobs, states, limit],
    queryFn: ({ signal }) => engine.jobs.list({ ...(states ? { states: [...states] } : {}), limit }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** How many jobs are in each state. */
export function useJobCounts(): JobCounts | null {
  const engine = useEngine();
  const query = useQuery({
    queryKey: keys.jobCounts,
    queryFn: async ({ signal }) => (await engine.jobs.list({ limit: 1 }, { signal })).counts,
  });
  return query.data ?? null;
}

/** Does something with the engine and shows a failure to the person; answers null then. */
export async function attempt<Answer>(task: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await task();
  } catch (error) {
    toast.error(error);
    return null;
  }
}

/** Defaults of the page's cache: what is read stays until an event says otherwise. */
export function queryDefaults(): ConstructorParameters<typeof QueryClient>[0] {
  return {
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 10 * 60_000,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (count, error) => count < 3 && toAppError(error).code === 'not-connected',
        retryDelay: 600,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  };
}
