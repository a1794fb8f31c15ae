import type { Frames } from '#shared/units/index.ts';
import type { EditorModel } from './editor-model.ts';
import type { Gesture } from './gesture-view.ts';
import { laneUnder } from './hit-test.ts';
import { snapPoints } from './model/lanes.ts';
import { type DropPlan, planDrop } from './model/placement.ts';
import { type Snapped, snapDelta } from './model/snap.ts';

/** Where clips being moved would land. */
export interface MovePlan {
  plan: DropPlan | null;
  /** Where the held clip is drawn. */
  at: Frames;
  snapped: Snapped;
}

/** Decides where a move would land. `frame`: under the pointer; `x`, `y`: the pointer in the window. */
export function planMove(
  model: EditorModel,
  gesture: Extract<Gesture, { kind: 'move' }>,
  pointer: { frame: number; x: number; y: number; isOverwriting: boolean },
  reachFrames: number,
): MovePlan {
  const [held] = gesture.items;
  if (!held) return { plan: null, at: 0, snapped: { delta: 0, at: null } };
  const moved = new Set(gesture.items.map((item) => item.key));
  const wanted = Math.round(pointer.frame - gesture.grabFrames) - held.startFrame;
  const edges = gesture.items.flatMap((item) => [item.startFrame, item.endFrame]);
  const points = snapPoints(model.view, model.transport.getState().frame, moved);
  const snapped = snapDelta(edges, wanted, points, reachFrames);
  const first = Math.min(...gesture.items.map((item) => item.startFrame));
  const startFrame = held.startFrame + Math.max(-first, snapped.delta);
  const plan = planDrop(model.view, {
    over: laneUnder(pointer.x, pointer.y),
    pointerFrame: Math.max(0, Math.floor(pointer.frame)),
    startFrame,
    kind: held.lane.kind,
    isOverwriting: pointer.isOverwriting,
    moved,
  });
  const free = Math.max(0, Math.round(pointer.frame - gesture.grabFrames));
  return { plan, at: plan?.kind === 'insert' ? free : startFrame, snapped };
}
