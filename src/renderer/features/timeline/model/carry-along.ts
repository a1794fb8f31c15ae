import type { EditInput, SimpleEditInput } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { SectionView } from './lanes.ts';

/** A stretch of the main lane that a ripple takes out or puts in. */
export interface Ripple {
  /** In the section: what starts here or later moves along. */
  fromFrame: Frames;
  /** Negative = earlier. */
  deltaFrames: Frames;
}

/**
 * Moves what lies over the picture (texts, overlays) along with it when the main lane ripples, so that words stay with
 * the footage they were set over. Lanes keep their order; a clip that would run into one that stays stops beside it.
 * Locked lanes and clips in `leave` stay.
 */
export function carryAlong(
  section: SectionView,
  ripples: readonly Ripple[],
  leave: ReadonlySet<string> = new Set(),
): SimpleEditInput[] {
  const { sequence } = section;
  if (!sequence) return [];
  const upper = sequence.tracks.filter((track) => track.kind === 'visual').slice(1);
  const moves = upper.flatMap((track) => {
    if (track.isLocked) return [];
    let free = 0;
    return track.clips
      .filter((clip) => !leave.has(clip.id))
      .toSorted((a, b) => a.startFrame - b.startFrame)
      .flatMap((clip) => {
        const delta = ripples
          .filter(({ fromFrame }) => clip.startFrame >= fromFrame)
          .reduce((sum, { deltaFrames }) => sum + deltaFrames, 0);
        const startFrame = delta === 0 ? clip.startFrame : Math.max(free, clip.startFrame + delta);
        free = startFrame + clip.lengthFrames;
        return startFrame === clip.startFrame ? [] : [{ clipId: clip.id, startFrame }];
      });
  });
  return moves.length === 0 ? [] : [{ type: 'clip.shift', sequenceId: sequence.id, moves }];
}

/** An edit with more steps, as one step of undo. */
export function withSteps(edit: EditInput, steps: readonly SimpleEditInput[], label: string): EditInput {
  if (steps.length === 0) return edit;
  return { type: 'batch', label, edits: [...(edit.type === 'batch' ? edit.edits : [edit]), ...steps] };
}
