import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { JobView, Recogniser } from '#shared/contract/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import type { Transcript, WordsByAsset } from '#shared/transcript/index.ts';
import { attempt, keys, useEngine, useJobs } from '../../engine/index.ts';

/** Below the asset's own key: what is announced of the asset refreshes it. */
const keyOf = (id: AssetId) => [...keys.asset(id), 'transcript'];

/** Transcripts of media, as far as there are any; `isLoading` until all have been asked for. */
export interface KnownTranscripts {
  byAsset: ReadonlyMap<AssetId, Transcript>;
  words: WordsByAsset;
  isLoading: boolean;
}

/** Reads the transcripts of these media; stable while nothing changes. */
export function useTranscripts(ids: readonly AssetId[]): KnownTranscripts {
  const engine = useEngine();
  const known = useQueries({
    queries: ids.map((assetId) => ({
      queryKey: keyOf(assetId),
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await engine.transcripts.get({ assetId }, { signal })).transcript,
    })),
    combine,
  });
  const words = useMemo(() => new Map([...known.byAsset].map(([id, one]) => [id, one.words])), [known.byAsset]);
  return { ...known, words };
}

function combine(results: readonly { data?: Transcript | null | undefined; isPending: boolean }[]) {
  return {
    byAsset: new Map(results.flatMap(({ data }) => (data ? [[data.assetId, data] as const] : []))),
    isLoading: results.some(({ isPending }) => isPending),
  };
}

/** Takes over a transcript the engine has answered with, before the news of it arrive. */
export function useAdoptTranscript(): (transcript: Transcript) => void {
  const queries = useQueryClient();
  return useCallback(
    (transcript) => {
      void queries.cancelQueries({ queryKey: keyOf(transcript.assetId) });
      queries.setQueryData(keyOf(transcript.assetId), transcript);
    },
    [queries],
  );
}

/** What can turn sound into words here; looked for anew each time it is first shown. */
export function useRecogniser(isWanted = true): {
  recogniser: Recogniser | null;
  lookAgain: () => void;
  isLooking: boolean;
} {
  const engine = useEngine();
  const { data, isFetching, refetch } = useQuery({
    queryKey: [...keys.settings, 'recogniser'],
    queryFn: ({ signal }) => engine.transcripts.recogniser(undefined, { signal }),
    enabled: isWanted,
    staleTime: 10_000,
  });
  const lookAgain = useCallback(() => void refetch(), [refetch]);
  return { recogniser: data ?? null, lookAgain, isLooking: isFetching };
}

const openStates = ['waiting', 'queued', 'running', 'retrying', 'failed'] as const;

/** The newest job that makes the words of each of these media and is under way or has failed. */
export function useTranscribeJobs(ids: readonly AssetId[]): ReadonlyMap<AssetId, JobView> {
  const { data } = useJobs(openStates, 200);
  return useMemo(() => {
    const jobs = (data?.jobs ?? []).filter(({ type }) => type === 'library.transcribe');
    return new Map(
      ids.flatMap((id) => {
        // Newest first.
        const job = jobs.find(({ group }) => group === `transcript:${id}`);
        return job ? [[id, job] as const] : [];
      }),
    );
  }, [data, ids]);
}

/** Has words made of media; refusals are shown. */
export function useMakeTranscripts(): (ids: readonly AssetId[], language: string | null) => Promise<void> {
  const engine = useEngine();
  const queries = useQueryClient();
  return useCallback(
    async (assetIds, language) => {
      await attempt(() => engine.transcripts.make({ assetIds: [...assetIds], language }));
      await queries.invalidateQueries({ queryKey: keys.jobs });
    },
    [engine, queries],
  );
}
