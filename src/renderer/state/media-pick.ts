import { atom, useAtom, useSetAtom } from 'jotai';
import type { Asset, AssetKind } from '#shared/model/index.ts';

/** A wish for media of the library, answered by the media picker. */
export interface MediaPick {
  title: string;
  kinds: readonly AssetKind[];
  /** Only media that can be heard. */
  hasSound?: boolean;
  isMultiple: boolean;
  resolve: (assets: Asset[]) => void;
}

const pickAtom = atom<MediaPick | null>(null);

/** The open wish and how to put or clear one. */
export function useMediaPick(): [MediaPick | null, (pick: MediaPick | null) => void] {
  return useAtom(pickAtom);
}

/** Opens the media picker. */
export function useAskForMedia(): (pick: Omit<MediaPick, 'resolve'>) => Promise<Asset[]> {
  const set = useSetAtom(pickAtom);
  return (pick) => new Promise((resolve) => set({ ...pick, resolve }));
}
