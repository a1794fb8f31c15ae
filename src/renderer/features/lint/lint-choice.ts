import { z } from 'zod';
import { type PlacementId, placementIdSchema } from '#shared/model/index.ts';
import { rememberedAtom, useAtom } from '../../state/index.ts';

const placementsAtom = rememberedAtom<PlacementId[]>(
  'lint.placements',
  ['tiktok-in-feed', 'instagram-reels', 'instagram-stories', 'meta-feed-vertical', 'meta-feed-square', 'landscape'],
  (value) => z.array(placementIdSchema).safeParse(value).success,
);

/** The placements that words and logos are held against, and how to take one in or out; remembered. */
export function useLintPlacements(): [readonly PlacementId[], (id: PlacementId) => void] {
  const [ids, set] = useAtom(placementsAtom);
  const toggle = (id: PlacementId) =>
    set((old) => (old.includes(id) ? old.filter((other) => other !== id) : [...old, id]));
  return [ids, toggle];
}
