import { useMemo, useRef } from 'react';
import type { Asset, AssetId, Ratio } from '#shared/model/index.ts';
import type { Rate } from '#shared/units/index.ts';
import type { EditorModel } from './editor-model.ts';
import type { ClipItem, Lane, TimelineView } from './model/lanes.ts';
import { isSameClip } from './model/same-clip.ts';
import type { TransitionItem } from './model/transition-items.ts';

/** A lane with what lies on it; the same object as long as nothing of it is drawn otherwise. */
export interface LaneContents {
  lane: Lane;
  items: readonly ClipItem[];
  transitions: readonly TransitionItem[];
}

/** What all lanes are drawn with. */
export interface LaneLooks {
  assets: ReadonlyMap<AssetId, Asset>;
  mediaBase: string;
  ratio: Ratio;
  rate: Rate;
  selection: ReadonlySet<string>;
  commit: EditorModel['commit'];
}

function isSameList<Thing>(a: readonly Thing[], b: readonly Thing[], isSame: (a: Thing, b: Thing) => boolean): boolean {
  return a.length === b.length && a.every((one, at) => isSame(one, b[at] as Thing));
}

/** What a lane's header and ground show and act on: not its clips. */
export function isSameLane(a: Lane, b: Lane): boolean {
  const { parts, ...rest } = a;
  const { parts: nextParts, ...next } = b;
  const keys = Object.keys(rest) as (keyof typeof rest)[];
  return (
    keys.every((key) => rest[key] === next[key]) &&
    isSameList(
      parts,
      nextParts,
      (one, other) => one.section.sequence?.id === other.section.sequence?.id && one.track.id === other.track.id,
    )
  );
}

const isSameItem = (a: ClipItem, b: ClipItem): boolean => a.startFrame === b.startFrame && isSameClip(a, b);

const isSameTransition = (a: TransitionItem, b: TransitionItem): boolean =>
  a.key === b.key &&
  a.transition === b.transition &&
  a.isLocked === b.isLocked &&
  a.startFrame === b.startFrame &&
  a.cutFrame === b.cutFrame &&
  a.endFrame === b.endFrame;

/** The lanes of a view with what lies on them; those that are drawn as before are the very objects of before. */
export function laneContents(
  view: Pick<TimelineView, 'lanes' | 'items'>,
  transitions: readonly TransitionItem[],
  before: readonly LaneContents[] = [],
): LaneContents[] {
  const itemsOf = Map.groupBy(view.items, ({ lane }) => lane);
  return view.lanes.map((lane, at) => {
    const now = {
      ...{ lane, items: itemsOf.get(lane) ?? [] },
      transitions: transitions.filter((item) => item.lane.key === lane.key),
    };
    const old = before[at];
    const isSame =
      old !== undefined &&
      isSameLane(old.lane, lane) &&
      isSameList(old.items, now.items, isSameItem) &&
      isSameList(old.transitions, now.transitions, isSameTransition);
    return isSame ? old : now;
  });
}

/** {@link laneContents} of what is shown, from one drawing to the next. */
export function useLaneContents(view: TimelineView, transitions: readonly TransitionItem[]): readonly LaneContents[] {
  const before = useRef<LaneContents[]>([]);
  return useMemo(() => {
    before.current = laneContents(view, transitions, before.current);
    return before.current;
  }, [view, transitions]);
}

/** The same object until something of it changes. */
export function useLaneLooks({ assets, mediaBase, ratio, view, selection, commit }: EditorModel): LaneLooks {
  const { rate } = view;
  return useMemo(
    () => ({ assets, mediaBase, ratio, rate, selection, commit }),
    [assets, mediaBase, ratio, rate, selection, commit],
  );
}
