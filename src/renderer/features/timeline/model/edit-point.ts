import type { Frames } from '#shared/units/index.ts';
import type { ClipItem, TimelineView } from './lanes.ts';
import { cutAt, rollEdit, type Tool, type ToolEdit, type ToolOptions, trimLinkedEdit } from './tool-edits.ts';
import type { Edge } from './trim.ts';

/** An end of a clip that keys can move. */
export interface EditPoint {
  item: ClipItem;
  edge: Edge;
  frame: Frames;
}

/** The end nearest to a frame, of selected clips or else of the main lane's; where two meet, the end of the earlier clip. */
export function editPointNear(
  view: TimelineView,
  selection: ReadonlySet<string>,
  frame: Frames,
  isMeant: (point: EditPoint) => boolean = () => true,
): EditPoint | null {
  const open = view.items.filter((item) => !item.track.isLocked);
  const selected = open.filter((item) => selection.has(item.key));
  const items = selected.length > 0 ? selected : open.filter((item) => item.lane.isMain);
  const points = items
    .flatMap((item): EditPoint[] => [
      { item, edge: 'end', frame: item.endFrame },
      { item, edge: 'start', frame: item.startFrame },
    ])
    .filter(isMeant);
  const distance = (point: EditPoint) => Math.abs(point.frame - frame) + (point.edge === 'start' ? 0.25 : 0);
  return points.reduce<EditPoint | null>(
    (best, point) => (best === null || distance(point) < distance(best) ? point : best),
    null,
  );
}

/**
 * Moves the end nearest to the playhead: rolls the cut with the roll tool, else trims (rippling on the main lane and with
 * the ripple tool). Answers where that end is then, so that the playhead can stay with it.
 */
export function moveEditPoint(
  tool: Tool,
  selection: ReadonlySet<string>,
  frame: Frames,
  deltaFrames: Frames,
  options: ToolOptions,
): ToolEdit & { frame: Frames } {
  const { view } = options;
  const isRolling = tool === 'roll';
  const point = editPointNear(
    view,
    selection,
    frame,
    ({ item, edge }) => !isRolling || cutAt(view, item, edge) !== null,
  );
  if (!point) return { edit: null, delta: 0, frame };
  const isRipple = point.item.lane.isMain || tool === 'ripple';
  const made = isRolling
    ? rollEdit(point.item, point.edge, deltaFrames, options)
    : trimLinkedEdit(point.item, point.edge, deltaFrames, { ...options, isRipple });
  const stays = !isRolling && isRipple && point.edge === 'start';
  return { ...made, frame: stays ? point.frame : point.frame + made.delta };
}
