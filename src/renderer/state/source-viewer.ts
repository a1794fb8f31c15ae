import { atom, useAtom, useSetAtom } from 'jotai';
import type { AssetId } from '#shared/model/index.ts';

/** What the source viewer shows, and the list it was opened from (for next and previous). */
export interface ViewedSource {
  assetId: AssetId;
  assetIds: readonly AssetId[];
}

const viewedAtom = atom<ViewedSource | null>(null);

/** The media in the source viewer; null = closed. */
export function useViewedSource(): [ViewedSource | null, (viewed: ViewedSource | null) => void] {
  return useAtom(viewedAtom);
}

/** Opens the source viewer. */
export function useOpenSource(): (assetId: AssetId, assetIds?: readonly AssetId[]) => void {
  const set = useSetAtom(viewedAtom);
  return (assetId, assetIds = [assetId]) => set({ assetId, assetIds });
}
