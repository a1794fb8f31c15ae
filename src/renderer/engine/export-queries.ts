import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { ExportRequestInput, ExportView } from '#shared/contract/index.ts';
import type { ProjectId } from '#shared/model/index.ts';
import { useEngine } from './context.tsx';
import { keys } from './query-keys.ts';

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
