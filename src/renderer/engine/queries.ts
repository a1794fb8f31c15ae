import { keepPreviousData, type QueryClient, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import type {
  ExportRequestInput,
  ExportView,
  ImportView,
  JobCounts,
  JobState,
  ProjectState,
} from '#shared/contract/index.ts';
import { toAppError } from '#shared/errors/index.ts';
import type { Asset, AssetId, EditInput, Project, ProjectId } from '#shared/model/index.ts';
import { toast } from '../ui/toast.tsx';
import { loadAsset } from './asset-loader.ts';
import { useEngine } from './context.tsx';
import { projectEdits } from './project-edits.ts';
import { keys } from './query-keys.ts';

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

/** Projects, newest change first as the engine lists them. */
export function useProjects(isRemoved = false) {
  const engine = useEngine();
  return useQuery({
    queryKey: [...keys.projects, isRemoved],
    queryFn: ({ signal }) => engine.projects.list({ isRemoved }, { signal }),
    select: (answer) => answer.projects,
  });
}

/** One project with its place in its history; ahead of the engine by the edits under way. */
export function useProject(id: ProjectId | null) {
  const engine = useEngine();
  const queries = useQueryClient();
  return useQuery({
    queryKey: id ? keys.project(id) : ['project', 'none'],
    queryFn: async ({ signal }) => {
      if (!id) throw new Error('no project');
      await projectEdits(queries).settled(id);
      return engine.projects.get({ id }, { signal });
    },
    enabled: id !== null,
  });
}

/** The steps of a project's history. */
export function useHistory(id: ProjectId, isWanted = true) {
  const engine = useEngine();
  return useQuery({
    queryKey: keys.history(id),
    queryFn: ({ signal }) => engine.projects.history({ id }, { signal }),
    select: (answer) => answer.entries,
    enabled: isWanted,
  });
}

/** Exports, newest first; of one project when given. */
export function useExports(projectId?: ProjectId, limit = 200) {
  const engine = useEngine();
  return useQuery({
    queryKey: [...keys.exports, projectId ?? null, limit],
    queryFn: ({ signal }) => engine.render.list({ ...(projectId ? { projectId } : {}), limit }, { signal }),
    placeholderData: keepPreviousData,
  });
}

const mostProjectExports = 3000;
const isUnderWay = (one: ExportView) => one.state === 'queued' || one.state === 'running';

/**
 * Every export of a project, newest first, at most 3000. Read again once a second while some are under way: reading
 * thousands at each step of each of them would keep the engine from making them.
 */
export function useProjectExports(projectId: ProjectId): readonly ExportView[] {
  const engine = useEngine();
  const queries = useQueryClient();
  const { dataUpdatedAt } = useExports(projectId, 1);
  const { data } = useQuery({
    queryKey: keys.projectExports(projectId),
    queryFn: async ({ signal }) => {
      const found: ExportView[] = [];
      for (let total = 1; found.length < Math.min(total, mostProjectExports); ) {
        const page = await engine.render.list({ projectId, offset: found.length, limit: 500 }, { signal });
        total = page.exports.length === 0 ? 0 : page.total;
        found.push(...page.exports);
      }
      return found;
    },
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? 1000 : false),
  });
  const isActive = data?.some(isUnderWay) ?? false;
  useEffect(() => {
    if (dataUpdatedAt > 0 && !isActive) void queries.invalidateQueries({ queryKey: keys.projectExports(projectId) });
  }, [queries, projectId, dataUpdatedAt, isActive]);
  return data ?? noExports;
}
const noExports: readonly ExportView[] = [];

/** Which variants have been exported in which ratio, and whether they changed since. */
export function useVariantStates(projectId: ProjectId | null) {
  const engine = useEngine();
  return useQuery({
    queryKey: [...keys.variantStates, projectId],
    queryFn: ({ signal }) => engine.render.variantStates({ projectId: projectId as ProjectId }, { signal }),
    select: (answer) => answer.states,
    enabled: projectId !== null,
  });
}

/** Codec settings on offer. */
export function usePresets() {
  const engine = useEngine();
  return useQuery({
    queryKey: keys.presets,
    queryFn: ({ signal }) => engine.render.presets(undefined, { signal }),
    select: (answer) => answer.presets,
  });
}

/** A request as a query is told from others by; thousands of variants are written out once, not at each drawing. */
function useRequestName(request: ExportRequestInput | null): string {
  return useMemo(() => JSON.stringify(request), [request]);
}

/**
 * What an export would bring; null = nothing to ask. The last answer stays while the next is computed; an answer nobody
 * waits for any more is cancelled. `stamp` stands for what else the answer depends on: asked anew when it changes.
 */
export function useEstimate(request: ExportRequestInput | null, stamp: string | number = '') {
  const engine = useEngine();
  const name = useRequestName(request);
  return useQuery({
    queryKey: [...keys.estimate, name, stamp],
    queryFn: ({ signal }) => engine.render.estimate(request as ExportRequestInput, { signal }),
    enabled: request !== null,
    placeholderData: keepPreviousData,
    staleTime: 2000,
    gcTime: 10_000,
  });
}

/** Which rules of its placements an export would break; null = nothing to ask. `stamp` as in {@link useEstimate}. */
export function usePreflight(request: ExportRequestInput | null, stamp: string | number) {
  const engine = useEngine();
  const name = useRequestName(request);
  return useQuery({
    queryKey: [...keys.estimate, 'preflight', name, stamp],
    queryFn: ({ signal }) => engine.render.preflight(request as ExportRequestInput, { signal }),
    enabled: request !== null,
    placeholderData: keepPreviousData,
    staleTime: 2000,
    gcTime: 10_000,
  });
}

/** Applies an edit at once and sends it; answers whether it was accepted here. Refusals are shown to the person. */
export type ApplyEdit = (edit: EditInput) => boolean;

/** The way to change a project. Edits show immediately, reach the engine in order, and are undone by `useUndo`. */
export function useApplyEdit(projectId: ProjectId): ApplyEdit {
  const engine = useEngine();
  const queries = useQueryClient();
  return useCallback(
    (edit) => {
      try {
        projectEdits(queries)
          .apply(engine, projectId, edit)
          .catch((error: unknown) => toast.error(error));
        return true;
      } catch (error) {
        toast.error(error);
        return false;
      }
    },
    [engine, queries, projectId],
  );
}

/** The project as it is now, edits of this turn included: what was drawn may be older. Null while it is not read. */
export function useNewestProject(projectId: ProjectId): () => Project | null {
  const queries = useQueryClient();
  return useCallback(
    () => queries.getQueryData<ProjectState>(keys.project(projectId))?.project ?? null,
    [queries, projectId],
  );
}

/** Undo and redo of a project, after the edits under way. */
export function useUndo(projectId: ProjectId): {
  undo: () => void;
  redo: () => void;
  restoreTo: (seq: number) => void;
} {
  const engine = useEngine();
  const queries = useQueryClient();
  return useMemo(() => {
    const step = async (call: () => ReturnType<typeof engine.projects.undo>) => {
      try {
        await projectEdits(queries).settled(projectId);
        projectEdits(queries).adopt(projectId, await call());
      } catch (error) {
        toast.error(toAppError(error));
      }
    };
    return {
      undo: () => void step(() => engine.projects.undo({ id: projectId })),
      redo: () => void step(() => engine.projects.redo({ id: projectId })),
      restoreTo: (seq) => void step(() => engine.projects.restoreTo({ id: projectId, seq })),
    };
  }, [engine, queries, projectId]);
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
