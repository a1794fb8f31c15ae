import type { EditInput } from '#shared/model/index.ts';
import { type Frames, formatTimecode } from '#shared/units/index.ts';
import type { EditorModel } from './editor-model.ts';
import type { ToolGesture } from './gesture-view.ts';
import { splitEdit } from './model/clip-edits.ts';
import { type ClipItem, snapPoints } from './model/lanes.ts';
import { withLinked } from './model/links.ts';
import { type Snapped, snapDelta } from './model/snap.ts';
import {
  cutAt,
  type DragTool,
  rollEdit,
  slideEdit,
  slipEdit,
  type ToolEdit,
  touching,
  trimLinkedEdit,
} from './model/tool-edits.ts';
import { type Edge, frameBesideEdge } from './model/trim.ts';

/** How a drag of an edge or a clip begins. */
export interface ToolStart {
  tool: DragTool | 'trim';
  item: ClipItem;
  edge: Edge;
  /** Pixel of the press, in the scrolled content. */
  x: number;
  isRipple: boolean;
  isAlone: boolean;
}

/** What a tool's drag has made so far. */
export interface ToolDraft {
  edit: EditInput | null;
  /** Snap line; null = none. */
  snapAt: Frames | null;
  tip: string;
  /** Frame to look at. */
  frame: Frames;
}

/** Frames of a drag's own edges, which it takes along. */
function movedEdges({ tool, item, edge }: Pick<ToolStart, 'tool' | 'item' | 'edge'>): Frames[] {
  if (tool === 'slip') return [];
  if (tool === 'slide') return [item.startFrame, item.endFrame];
  return [edge === 'start' ? item.startFrame : item.endFrame];
}

/** Begins a drag with a tool; null where the tool has nothing to hold. */
export function startTool(model: EditorModel, start: ToolStart): ToolGesture | null {
  const { tool, item, edge } = start;
  if (item.track.isLocked) return null;
  if (tool === 'roll' && !cutAt(model.view, item, edge)) return null;
  model.transport.pause();
  const frameBefore = model.transport.getState().frame;
  const moved = withLinked(model.view, [item]);
  const neighbours = moved.flatMap((one) => [touching(model.view, one, 'start'), touching(model.view, one, 'end')]);
  const moving = new Set([...moved, ...neighbours].flatMap((one) => (one ? [one.key] : [])));
  const own = new Set(movedEdges(start));
  // Drafts move clips about: what is snapped to, and what is edited, is as it was at the press.
  const points = snapPoints(model.view, frameBefore, tool === 'slide' ? moving : new Set([item.key])).filter(
    (point) => !own.has(point),
  );
  return { kind: 'tool', ...start, frameBefore, points, project: model.base, view: model.view };
}

function editOf(model: EditorModel, gesture: ToolGesture, delta: Frames): ToolEdit {
  const { tool, item, edge, isRipple, isAlone, project, view } = gesture;
  const options = { project, view, isAlone, lengths: model.lengths, isStill: model.isStill };
  switch (tool) {
    case 'roll':
      return rollEdit(item, edge, delta, options);
    case 'slip':
      return slipEdit(item, delta, options);
    case 'slide':
      return slideEdit(item, delta, options);
    default:
      return trimLinkedEdit(item, edge, delta, { ...options, isRipple });
  }
}

function frameOf({ tool, item, edge, isRipple, frameBefore }: ToolGesture, delta: Frames): Frames {
  if (tool === 'roll') return (edge === 'start' ? item.startFrame : item.endFrame) + delta;
  if (tool === 'slide') return item.startFrame + delta;
  if (tool === 'slip')
    return frameBefore >= item.startFrame && frameBefore < item.endFrame ? frameBefore : item.startFrame;
  return frameBesideEdge(item, edge, delta, isRipple);
}

const signed = (frames: Frames, rate: Parameters<typeof formatTimecode>[1]) =>
  `${frames < 0 ? '−' : '+'}${formatTimecode(Math.abs(frames), rate)}`;

/** The edit that a drag of `pixels` means, with what to show of it. */
export function toolDraft(
  model: EditorModel,
  gesture: ToolGesture,
  pixels: number,
  scale: { pixelsPerFrame: number; reachFrames: number },
): ToolDraft {
  const { tool, item, edge, isRipple, view } = gesture;
  const { rate } = view;
  const moved = Math.round(pixels / scale.pixelsPerFrame);
  // The picture follows the hand: to the right, an earlier part comes into view.
  const snapped: Snapped =
    tool === 'slip'
      ? { delta: -moved, at: null }
      : snapDelta(movedEdges(gesture), moved, gesture.points, scale.reachFrames);
  const { edit, delta } = editOf(model, gesture, snapped.delta);
  const isTrim = tool === 'trim' || tool === 'ripple';
  const length = item.clip.lengthFrames + (edge === 'end' ? delta : -delta);
  const isAtSnap = delta === snapped.delta && !(isTrim && isRipple && edge === 'start');
  return {
    edit,
    snapAt: isAtSnap ? snapped.at : null,
    tip: isTrim ? `${signed(delta, rate)}  ·  ${formatTimecode(length, rate)}` : signed(delta, rate),
    frame: frameOf(gesture, delta),
  };
}

/** Cuts a clip where it is clicked (all tracks there with `isAll`), with what is linked to it unless it is meant alone. */
export function cutWithRazor(
  model: EditorModel,
  item: ClipItem,
  frame: Frames,
  { isAll, isAlone }: { isAll: boolean; isAlone: boolean },
): void {
  const items = isAll ? model.view.items : isAlone ? [item] : withLinked(model.view, [item]);
  model.commit(splitEdit(items, frame));
}
