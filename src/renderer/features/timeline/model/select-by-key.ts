import type { Frames } from '#shared/units/index.ts';
import type { GlobalItem } from './globals.ts';
import type { ClipItem, TimelineView } from './lanes.ts';

/** Something on the timeline that can be selected. */
export type Selectable = ClipItem | GlobalItem;

/** What lies under the playhead: the topmost of it, then, asked again, the next one below, and round. */
export function selectableHere(
  view: TimelineView,
  globals: readonly GlobalItem[],
  selection: ReadonlySet<string>,
  frame: Frames,
): Selectable | null {
  const isHere = (item: Selectable) => item.startFrame <= frame && frame < item.endFrame;
  const clips = view.lanes.flatMap((lane) => view.items.filter((item) => item.lane === lane));
  const here = [...clips, ...globals].filter(isHere);
  const at = here.findIndex(({ key }) => selection.has(key));
  return here[(at + 1) % Math.max(1, here.length)] ?? null;
}

/** The clip beside the selected one on its track; without one, the one of the main track nearest to the playhead. */
export function selectableBeside(
  view: TimelineView,
  selection: ReadonlySet<string>,
  frame: Frames,
  direction: 1 | -1,
): ClipItem | null {
  const inOrder = (items: readonly ClipItem[]) => items.toSorted((a, b) => a.startFrame - b.startFrame);
  const chosen = inOrder(view.items.filter(({ key }) => selection.has(key)));
  const from = direction > 0 ? chosen.at(-1) : chosen[0];
  if (!from) {
    const main = inOrder(view.items.filter(({ lane }) => lane.isMain));
    return main.findLast(({ startFrame }) => startFrame <= frame) ?? main[0] ?? null;
  }
  const row = inOrder(view.items.filter(({ lane }) => lane === from.lane));
  return row[row.indexOf(from) + direction] ?? null;
}
