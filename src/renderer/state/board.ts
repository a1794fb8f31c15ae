import { atom, useAtom, useAtomValue, useSetAtom } from 'jotai';
import type { OptionId, Ratio, Variant } from '#shared/model/index.ts';
import { rememberedAtom } from './remembered.ts';

const ratioAtom = rememberedAtom<Ratio>('board.ratio', '9:16', (value) =>
  ['9:16', '4:5', '1:1', '16:9'].includes(String(value)),
);
const playingAtom = atom<{ id: string; isMuted: boolean } | null>(null);
const textOptionAtom = atom<OptionId | null>(null);
const shownVariantAtom = atom<Variant | null>(null);

/** The ratio the board and the players show. */
export function useShownRatio(): [Ratio, (ratio: Ratio) => void] {
  return useAtom(ratioAtom);
}

/** The card or cell that plays in place; at most one does. */
export function usePlayingCard(): [
  { id: string; isMuted: boolean } | null,
  (playing: { id: string; isMuted: boolean } | null) => void,
] {
  return useAtom(playingAtom);
}

/** The option whose words are being changed on its card. */
export function useTextOption(): [OptionId | null, (id: OptionId | null) => void] {
  return useAtom(textOptionAtom);
}

/** The variant in the large player; null = closed. */
export function useShownVariant(): [Variant | null, (variant: Variant | null) => void] {
  return useAtom(shownVariantAtom);
}

/** Opens the large player. */
export function useShowVariant(): (variant: Variant | null) => void {
  return useSetAtom(shownVariantAtom);
}

/** Is this card the one that plays? */
export function useIsPlaying(id: string): boolean {
  return useAtomValue(playingAtom)?.id === id;
}
