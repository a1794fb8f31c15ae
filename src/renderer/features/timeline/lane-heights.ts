import { rememberedAtom, useAtom } from '../../state/index.ts';
import { laneHeight } from './lane-sizes.ts';
import type { Lane } from './model/lanes.ts';

/** Smallest and largest height of a lane, in pixels. */
export const laneHeightLimits = { min: 24, max: 240 } as const;

type Heights = Readonly<Record<string, number>>;

const heightsAtom = rememberedAtom<Heights>(
  'timeline.laneHeights',
  {},
  (value) =>
    typeof value === 'object' && value !== null && Object.values(value).every((height) => typeof height === 'number'),
);

/** Height of a lane as the user has set it (null puts it back to the usual one); the same for all ads. */
export function useLaneHeight(lane: Lane): [number, (height: number | null) => void] {
  const [heights, setHeights] = useAtom(heightsAtom);
  const set = (height: number | null) =>
    setHeights(({ [lane.key]: _, ...others }) =>
      height === null
        ? others
        : { ...others, [lane.key]: Math.round(Math.min(laneHeightLimits.max, Math.max(laneHeightLimits.min, height))) },
    );
  return [heights[lane.key] ?? laneHeight(lane), set];
}
