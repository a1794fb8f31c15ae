import type { EditInput, SimpleEditInput } from '#shared/model/index.ts';
import { gapsOf } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { Lane, TimelineView } from './lanes.ts';
import { asEdit } from './placement.ts';

/** A marked stretch of the timeline shown; `endFrame` is the first frame after it. */
export interface MarkedRange {
  startFrame: Frames;
  endFrame: Frames;
}

/** In and out as they were set; each may be missing. `outFrame` is the last frame that belongs to the stretch. */
export interface RangeMarks {
  inFrame: Frames | null;
  outFrame: Frames | null;
}

/** Nothing is marked. */
export const noRange: RangeMarks = { inFrame: null, outFrame: null };

/** Marks with the in there; an out before it goes. */
export function withIn(marks: RangeMarks, frame: Frames): RangeMarks {
  return { inFrame: frame, outFrame: marks.outFrame !== null && marks.outFrame >= frame ? marks.outFrame : null };
}

/** Marks with the out there; an in after it goes. */
export function withOut(marks: RangeMarks, frame: Frames): RangeMarks {
  return { inFrame: marks.inFrame !== null && marks.inFrame <= frame ? marks.inFrame : null, outFrame: frame };
}

/** The stretch that marks stand for: a missing one is the timeline's own end. Null when nothing is marked or left. */
export function rangeOf(marks: RangeMarks, lengthFrames: Frames): MarkedRange | null {
  if (marks.inFrame === null && marks.outFrame === null) return null;
  const startFrame = marks.inFrame ?? 0;
  const endFrame = Math.min(lengthFrames, marks.outFrame === null ? lengthFrames : marks.outFrame + 1);
  return endFrame > startFrame ? { startFrame, endFrame } : null;
}

/** Takes a stretch out of all tracks that are not locked, closing it or leaving it empty; null where nothing is. */
export function removeRangeEdit(view: TimelineView, range: MarkedRange, isRipple: boolean): EditInput | null {
  const done = new Set<string>();
  const edits = view.sections.flatMap((section): SimpleEditInput[] => {
    const { sequence } = section;
    const startFrame = Math.max(0, range.startFrame - section.startFrame);
    const endFrame = Math.min(section.lengthFrames, range.endFrame - section.startFrame);
    // A sequence that stands in two parts is cut once.
    if (!sequence || endFrame <= startFrame || done.has(sequence.id)) return [];
    done.add(sequence.id);
    return [{ type: 'range.remove', sequenceId: sequence.id, startFrame, endFrame, isRipple }];
  });
  return asEdit(isRipple ? 'Cut out range' : 'Empty range', edits);
}

/** Closes all gaps of a lane; null when it has none. Of the main lane, `closeGapsEdit` takes along what lies over it. */
export function closeLaneGapsEdit(lane: Lane): EditInput | null {
  return asEdit(
    'Close gaps',
    lane.parts.flatMap(({ section, track }): SimpleEditInput[] =>
      section.sequence && !track.isLocked && gapsOf(track.clips).length > 0
        ? [{ type: 'track.closeGaps', sequenceId: section.sequence.id, trackId: track.id }]
        : [],
    ),
  );
}
