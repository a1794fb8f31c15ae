import { useMemo } from 'react';
import type { Asset } from '#shared/model/index.ts';
import { useAssets } from '../../engine/index.ts';
import { useAtomValue } from '../../state/index.ts';
import { selectionAtom } from './library-state.ts';

/** The selected assets that have been read; beyond 200 only the first ones, enough to show and to name. */
export function useSelectedAssets(): readonly Asset[] {
  const { ids } = useAtomValue(selectionAtom);
  const some = useMemo(() => [...ids].slice(0, 200), [ids]);
  const known = useAssets(some);
  return useMemo(() => some.flatMap((id) => known.get(id) ?? []), [some, known]);
}
