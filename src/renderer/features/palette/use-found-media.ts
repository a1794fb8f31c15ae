import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { Asset } from '#shared/model/index.ts';
import { keys, useEngine } from '../../engine/index.ts';

const none: readonly Asset[] = [];

/** The first media whose words begin with what is typed; nothing for less than two letters. */
export function useFoundMedia(text: string): readonly Asset[] {
  const engine = useEngine();
  const search = useDeferredValue(text.trim());
  const isWanted = search.length >= 2;
  const query = useQuery({
    queryKey: [...keys.assetLists, 'palette', search],
    queryFn: ({ signal }) => engine.library.list({ filter: { search }, limit: 6 }, { signal }),
    enabled: isWanted,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  return isWanted ? (query.data?.assets ?? none) : none;
}
