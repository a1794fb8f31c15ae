import { type EditInput, gapsOf, type Project } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { carryAlong, type Ripple, withSteps } from './carry-along.ts';
import { type LanePart, sectionAt, type TimelineView } from './lanes.ts';
import { keepLinked } from './links.ts';
import { asEdit } from './placement.ts';

/** An empty stretch between clips of a lane, or before its first. */
export interface Gap {
  part: LanePart;
  isMain: boolean;
  /** In the section. */
  startFrame: Frames;
  endFrame: Frames;
}

function gapsOfPart(part: LanePart, isMain: boolean): Gap[] {
  if (part.track.isLocked || !part.section.sequence) return [];
  return gapsOf(part.track.clips).map(({ fromFrame, deltaFrames }) => ({
    part,
    isMain,
    startFrame: fromFrame + deltaFrames,
    endFrame: fromFrame,
  }));
}

/** The gap of a lane at a frame of the timeline shown, if there is one. */
export function gapAt(view: TimelineView, laneKey: string, frame: Frames): Gap | null {
  const section = sectionAt(view, frame);
  const lane = view.lanes.find((candidate) => candidate.key === laneKey);
  const part = lane?.parts.find((candidate) => candidate.section === section);
  if (!lane || !part) return null;
  const at = frame - part.section.startFrame;
  return gapsOfPart(part, lane.isMain).find((gap) => at >= gap.startFrame && at < gap.endFrame) ?? null;
}

/** All gaps of the main lane. */
export function mainGaps(view: TimelineView): Gap[] {
  return view.lanes
    .filter((lane) => lane.isMain)
    .flatMap((lane) => lane.parts.flatMap((part) => gapsOfPart(part, true)));
}

/** Closes gaps, the last first; what lies over later footage, and sound linked to it, moves along with the main lane. */
export function closeGapsEdit(project: Project, gaps: readonly Gap[]): EditInput | null {
  const label = gaps.length > 1 ? 'Close gaps' : 'Close gap';
  const lastFirst = gaps.toSorted((a, b) => b.startFrame - a.startFrame);
  const closing = asEdit(
    label,
    lastFirst.flatMap(({ part: { section, track }, startFrame }) =>
      section.sequence
        ? [{ type: 'gap.remove' as const, sequenceId: section.sequence.id, trackId: track.id, atFrame: startFrame }]
        : [],
    ),
  );
  if (!closing) return null;
  const sections = new Map(
    gaps.filter(({ isMain }) => isMain).map(({ part }) => [part.section.sequence?.id, part.section]),
  );
  const follows = [...sections.values()].flatMap((section) => {
    const ripples = gaps
      .filter(({ part }) => part.section.sequence?.id === section.sequence?.id)
      .map(({ startFrame, endFrame }): Ripple => ({ fromFrame: endFrame, deltaFrames: startFrame - endFrame }));
    return carryAlong(section, ripples);
  });
  return keepLinked(project, withSteps(closing, follows, label), label);
}
