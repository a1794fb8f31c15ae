import {
  type Clip,
  type Entrance,
  entrancesOf,
  type Project,
  type Seam,
  seamAt,
  type TrackCut,
  type TrackTransition,
  trackCuts,
} from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { Lane, SectionView } from './lanes.ts';

/** A transition between two clips, with its place on the timeline shown. */
export interface TransitionItem {
  /** Unique over sections: the same sequence may stand in two slots. */
  key: string;
  transition: TrackTransition;
  from: Clip;
  to: Clip;
  section: SectionView;
  lane: Lane;
  isLocked: boolean;
  startFrame: Frames;
  cutFrame: Frames;
  endFrame: Frames;
}

/** Where two options meet in the variant shown; a plain cut when it has no entrance. */
export interface SeamItem {
  key: string;
  before: SectionView;
  after: SectionView;
  /** What is said about this boundary: the pair's own, or the one for all pairs. */
  seam: Seam | null;
  entrance: Entrance | null;
  cutFrame: Frames;
}

/** Identity of a transition by the section and the clip it leads to. */
export function transitionKey(section: Pick<SectionView, 'slotId'>, toClipId: string): string {
  return `transition/${section.slotId}/${toClipId}`;
}

function itemOf(cut: TrackCut, section: SectionView, lane: Lane, isLocked: boolean): TransitionItem {
  const { transition, from, to, startFrame, endFrame } = cut;
  return {
    ...{ key: transitionKey(section, to.id), transition, from, to, section, lane, isLocked },
    startFrame: section.startFrame + startFrame,
    cutFrame: section.startFrame + to.startFrame,
    endFrame: section.startFrame + endFrame,
  };
}

/** The transitions between clips of all lanes. */
export function transitionItems(lanes: readonly Lane[]): TransitionItem[] {
  return lanes.flatMap((lane) =>
    lane.parts.flatMap(({ section, track }) =>
      trackCuts(track).map((cut) => itemOf(cut, section, lane, track.isLocked)),
    ),
  );
}

/** The boundaries between neighbouring parts that both play something. */
export function seamItems(project: Project, sections: readonly SectionView[]): SeamItem[] {
  const places = project.slots.map((slot) => sections.find(({ slotId }) => slotId === slot.id));
  const played = places.map((section, at) => ({
    slotId: project.slots[at]?.id ?? ('' as SectionView['slotId']),
    optionId: section?.optionId ?? null,
    startFrame: section?.startFrame ?? 0,
    lengthFrames: section?.lengthFrames ?? 0,
  }));
  const entrances = entrancesOf(project, played);
  return places.flatMap((after, at): SeamItem[] => {
    const before = places[at - 1];
    if (!before || !after || before.lengthFrames === 0 || after.lengthFrames === 0) return [];
    const place = { afterSlotId: before.slotId, from: before.optionId, to: after.optionId };
    return [
      {
        ...{ key: `seam/${after.slotId}`, before, after, seam: seamAt(project, place) },
        ...{ entrance: entrances[at] ?? null, cutFrame: after.startFrame },
      },
    ];
  });
}
