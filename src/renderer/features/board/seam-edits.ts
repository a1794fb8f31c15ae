import {
  newId,
  type Option,
  type OptionId,
  type Project,
  type Seam,
  type SeamId,
  type SimpleEditInput,
  type TimedSlot,
  type Transition,
} from '#shared/model/index.ts';

/** The boundary between two neighbouring parts of the ad. */
export interface Boundary {
  before: TimedSlot;
  after: TimedSlot;
}

/** Two options that may meet at a boundary. */
export interface Pair {
  from: Option;
  to: Option;
  /** The pair's own seam; null = what holds for all. */
  own: Seam | null;
}

/** The transition of a seam; null = a plain cut. */
export function transitionOf(seam: Seam | null): Transition | null {
  return seam && seam.transition.kind !== 'cut' ? seam.transition : null;
}

/** What holds for all pairs of a boundary that say nothing else. */
export function commonSeam(project: Project, { before }: Boundary): Seam | null {
  return project.seams.find(({ afterSlotId, pair }) => afterSlotId === before.id && pair === null) ?? null;
}

/** All pairs of options that can meet at a boundary. */
export function pairsAt(project: Project, { before, after }: Boundary): Pair[] {
  const own = project.seams.filter(({ afterSlotId, pair }) => afterSlotId === before.id && pair !== null);
  const plays = ({ content }: Option) => content.kind !== 'none';
  return before.options
    .filter(plays)
    .flatMap((from) =>
      after.options
        .filter(plays)
        .map((to) => ({ from, to, own: own.find(({ pair }) => pair?.from === from.id && pair.to === to.id) ?? null })),
    );
}

/** Sets what happens at a boundary, for all pairs or for one; null = a plain cut. */
export function setSeamEdit(
  project: Project,
  boundary: Boundary,
  pair: { from: OptionId; to: OptionId } | null,
  transition: Transition | null,
): SimpleEditInput {
  const known = pair
    ? pairsAt(project, boundary).find(({ from, to }) => from.id === pair.from && to.id === pair.to)?.own
    : commonSeam(project, boundary);
  return {
    type: 'seam.set',
    seam: {
      id: known?.id ?? newId<SeamId>('seam'),
      afterSlotId: boundary.before.id,
      pair,
      transition: transition ?? { kind: 'cut' },
      audioOverhangFrames: known?.audioOverhangFrames ?? 0,
    },
  };
}
