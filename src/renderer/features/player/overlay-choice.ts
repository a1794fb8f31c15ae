import { useMemo } from 'react';
import { z } from 'zod';
import {
  type PlacementId,
  placementIdSchema,
  placements,
  type Ratio,
  ratioSchema,
  safeZonesFor,
} from '#shared/model/index.ts';
import { rememberedAtom, useAtom } from '../../state/index.ts';

/** Whose interface lies over the picture; `all`: only the box that is safe in every placement of the ratio. */
export type OverlayChoice = PlacementId | 'all';

const memorySchema = z.object({
  isShown: z.boolean(),
  /** Each ratio has its own: few placements take several. */
  chosen: z.partialRecord(ratioSchema, z.union([placementIdSchema, z.literal('all')])),
});

const overlayAtom = rememberedAtom<z.infer<typeof memorySchema>>(
  'player.overlay',
  { isShown: false, chosen: {} },
  (value) => memorySchema.safeParse(value).success,
);

/** What is shown in a ratio before anything was chosen. */
const usual: Readonly<Record<Ratio, OverlayChoice>> = {
  '9:16': 'tiktok-in-feed',
  '4:5': 'meta-feed-vertical',
  '1:1': 'meta-feed-square',
  '16:9': 'landscape',
};

/** The choices there are for a ratio, in the order of the menu. */
export function overlayChoices(ratio: Ratio): OverlayChoice[] {
  return [...safeZonesFor(placementIdSchema.options, ratio).map(({ placement }) => placement), 'all'];
}

/** A choice in words. */
export function overlayName(choice: OverlayChoice): string {
  return choice === 'all' ? 'All placements' : placements[choice].name;
}

/** The overlay of a ratio and how to change it; remembered. */
export interface Overlay {
  choice: OverlayChoice;
  isShown: boolean;
  toggle: () => void;
  /** Chooses and shows. */
  choose: (choice: OverlayChoice) => void;
  /** Shows the next one of the list. */
  next: () => void;
}

/** See {@link Overlay}. */
export function useOverlay(ratio: Ratio): Overlay {
  const [{ isShown, chosen }, set] = useAtom(overlayAtom);
  return useMemo(() => {
    const choices = overlayChoices(ratio);
    const wanted = chosen[ratio] ?? usual[ratio];
    const choice = choices.includes(wanted) ? wanted : 'all';
    const choose = (next: OverlayChoice) => set({ isShown: true, chosen: { ...chosen, [ratio]: next } });
    return {
      choice,
      isShown,
      toggle: () => set((old) => ({ ...old, isShown: !old.isShown })),
      choose,
      next: () => choose(isShown ? (choices[(choices.indexOf(choice) + 1) % choices.length] ?? 'all') : choice),
    };
  }, [ratio, isShown, chosen, set]);
}
