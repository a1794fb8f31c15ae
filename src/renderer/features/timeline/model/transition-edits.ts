import {
  type Clip,
  type EditInput,
  isCut,
  newId,
  type Project,
  type Seam,
  type SeamId,
  type SimpleEditInput,
  seamAt,
  type Transition,
} from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { ClipItem, Lane, SectionView, TimelineView } from './lanes.ts';
import { asEdit } from './placement.ts';
import { type SeamItem, type TransitionItem, transitionKey } from './transition-items.ts';

/** A cut between two clips of a lane, or between two parts of the ad. */
export type CutPlace =
  | { kind: 'clips'; section: SectionView; from: Clip; to: Clip; frame: Frames; key: string }
  | { kind: 'seam'; seam: SeamItem; frame: Frames; key: string };

function cutsOfLane(lane: Lane): Extract<CutPlace, { kind: 'clips' }>[] {
  if (lane.kind !== 'visual') return [];
  return lane.parts.flatMap(({ section, track }) =>
    track.isLocked
      ? []
      : track.clips.flatMap((to, at) => {
          const from = track.clips[at - 1];
          if (!from || !isCut(from, to)) return [];
          const frame = section.startFrame + to.startFrame;
          return [{ kind: 'clips' as const, section, from, to, frame, key: transitionKey(section, to.id) }];
        }),
  );
}

/**
 * The cuts a transition is meant for: those between selected clips; with one clip selected, its end nearest to a frame;
 * with none, the nearest cut of the main lane, the ends of parts included.
 */
export function meantCuts(
  { view, seams }: { view: TimelineView; seams: readonly SeamItem[] },
  selected: readonly ClipItem[],
  frame: Frames,
): CutPlace[] {
  const ids = new Set<string>(selected.map((item) => `${item.section.slotId}/${item.clip.id}`));
  const isIn = ({ section, from, to }: Extract<CutPlace, { kind: 'clips' }>, both: boolean) => {
    const [a, b] = [from, to].map((clip) => ids.has(`${section.slotId}/${clip.id}`));
    return both ? a && b : a || b;
  };
  const cuts = view.lanes.flatMap(cutsOfLane);
  const between = cuts.filter((cut) => isIn(cut, true));
  if (between.length > 0) return between;
  const near: CutPlace[] =
    selected.length > 0
      ? cuts.filter((cut) => isIn(cut, false))
      : [
          ...view.lanes.filter((lane) => lane.isMain).flatMap(cutsOfLane),
          ...seams.map((seam) => ({ kind: 'seam' as const, seam, frame: seam.cutFrame, key: seam.key })),
        ];
  const nearest = near.toSorted((a, b) => Math.abs(a.frame - frame) - Math.abs(b.frame - frame))[0];
  return nearest ? [nearest] : [];
}

/** True when two clips with pictures touch somewhere, or two parts do. */
export function hasCuts(view: TimelineView): boolean {
  const isTouched = ({ lane, track, clip }: ClipItem) =>
    lane.kind === 'visual' && track.clips.some((other) => isCut(other, clip));
  return view.sections.length > 1 || view.items.some(isTouched);
}

/** Every cut of the main lane. */
export function mainCuts(view: TimelineView): CutPlace[] {
  return view.lanes.filter((lane) => lane.isMain).flatMap(cutsOfLane);
}

/** What is selected of transitions and boundaries between parts. */
export interface SelectedMarks {
  selectedTransitions: readonly TransitionItem[];
  selectedSeam: SeamItem | null;
}

/** The transition that copying takes: the selected one; null where none is. */
export function copiedTransition({ selectedTransitions, selectedSeam }: SelectedMarks): Transition | null {
  const found = selectedTransitions[0]?.transition ?? selectedSeam?.entrance?.transition;
  if (!found) return null;
  const { kind, lengthFrames, alignment, direction, colour, curve, sound } = found;
  return { kind, lengthFrames, alignment, direction, colour, curve, sound };
}

/** The cuts that a pasted transition is put at: those of the marks selected, else those that are {@link meantCuts meant}. */
export function placesForTransition(
  model: SelectedMarks & {
    view: TimelineView;
    seams: readonly SeamItem[];
    selectedItems: readonly ClipItem[];
  },
  frame: Frames,
): CutPlace[] {
  const { selectedTransitions, selectedSeam } = model;
  const marks = selectedTransitions.flatMap((item): CutPlace[] => {
    const { section, from, to, cutFrame, key } = item;
    return item.isLocked ? [] : [{ kind: 'clips', section, from, to, frame: cutFrame, key }];
  });
  if (selectedTransitions.length > 0) return marks;
  if (selectedSeam) return [{ kind: 'seam', seam: selectedSeam, frame: selectedSeam.cutFrame, key: selectedSeam.key }];
  return meantCuts(model, model.selectedItems, frame);
}

/** Those of some cuts at which nothing but a plain cut is. */
export function withoutTransition(
  cuts: readonly CutPlace[],
  { transitions }: { transitions: readonly TransitionItem[] },
): CutPlace[] {
  const taken = new Set(transitions.map(({ key }) => key));
  return cuts.filter((cut) => (cut.kind === 'seam' ? cut.seam.entrance === null : !taken.has(cut.key)));
}

/** The seam of a boundary with another transition, in its own scope: the pair's own stays the pair's own. */
export function seamEdit(
  seam: Pick<SeamItem, 'seam' | 'before' | 'after'>,
  transition: Transition | null,
  audioOverhangFrames: Frames = seam.seam?.audioOverhangFrames ?? 0,
): SimpleEditInput {
  const known = seam.seam;
  return {
    type: 'seam.set',
    seam: {
      id: known?.id ?? newId<SeamId>('seam'),
      afterSlotId: seam.before.slotId,
      pair: known?.pair ?? null,
      transition: transition ?? { kind: 'cut' },
      audioOverhangFrames,
    },
  };
}

function stepOf(cut: CutPlace, transition: Transition): SimpleEditInput[] {
  if (cut.kind === 'seam') return [seamEdit(cut.seam, transition)];
  const { section, from, to } = cut;
  if (!section.sequence) return [];
  const own = { ...transition, fromClipId: from.id, toClipId: to.id };
  return [{ type: 'transition.set', sequenceId: section.sequence.id, transition: own }];
}

/** Puts the same transition at these cuts. */
export function transitionsEdit(cuts: readonly CutPlace[], transition: Transition): EditInput | null {
  const steps = cuts.flatMap((cut) => stepOf(cut, transition));
  return asEdit(cuts.length > 1 ? 'Set transitions' : 'Set transition', steps.slice(0, 1000));
}

/** Changes a transition between two clips. */
export function changeTransitionEdit(item: TransitionItem, change: Partial<Transition>): EditInput | null {
  const { sequence } = item.section;
  return (
    sequence && {
      type: 'transition.set',
      sequenceId: sequence.id,
      transition: { ...item.transition, ...change },
    }
  );
}

/** Takes transitions away; between parts of the ad a plain cut is what stays. */
export function removeTransitionsEdit(items: readonly TransitionItem[], seams: readonly SeamItem[]): EditInput | null {
  const between = items.flatMap((item): SimpleEditInput[] =>
    item.section.sequence
      ? [{ type: 'transition.remove', sequenceId: item.section.sequence.id, toClipId: item.to.id }]
      : [],
  );
  const cuts = seams.filter(({ entrance }) => entrance !== null).map((seam) => seamEdit(seam, null));
  return asEdit(between.length + cuts.length > 1 ? 'Remove transitions' : 'Remove transition', [...between, ...cuts]);
}

/** Gives a pair of options a seam of its own (as the one in force), or takes it away so that the common one holds. */
export function ownSeamEdit(project: Project, item: SeamItem, isOwn: boolean): EditInput | null {
  const { seam, before, after } = item;
  if (!isOwn) return seam?.pair ? { type: 'seam.remove', seamId: seam.id } : null;
  const place = { afterSlotId: before.slotId, from: before.optionId, to: after.optionId };
  const known: Seam | null = seamAt(project, place);
  if (known?.pair) return null;
  return {
    type: 'seam.set',
    seam: {
      id: newId<SeamId>('seam'),
      afterSlotId: before.slotId,
      pair: { from: before.optionId, to: after.optionId },
      transition: known?.transition ?? { kind: 'cut' },
      audioOverhangFrames: known?.audioOverhangFrames ?? 0,
    },
  };
}

/** The length of a transition whose edge is dragged: a centred one grows on both sides. */
export function draggedLength(item: TransitionItem, edge: 'start' | 'end', deltaFrames: Frames): Frames {
  const { transition } = item;
  const outwards = edge === 'end' ? deltaFrames : -deltaFrames;
  const shown = item.endFrame - item.startFrame;
  const factor = transition.alignment === 'centre' ? 2 : 1;
  return Math.max(1, shown + outwards * factor);
}
