import {
  type ClipId,
  type EditInput,
  type Project,
  type Ratio,
  safeZoneEdits,
  type Timeline,
} from '#shared/model/index.ts';
import { toast } from '../../ui/index.ts';
import type { Lint } from './use-lint.ts';

/** What is moved, where. */
interface MoveContext {
  project: Project;
  timeline: Timeline;
  ratio: Ratio;
  lint: Lint;
  commit: (edit: EditInput) => void;
}

/** Moves clips into the safe zone of the ratio shown, as one step; says so when there is nothing to move. */
export function useMove({ project, timeline, ratio, lint, commit }: MoveContext): (ids: readonly ClipId[]) => void {
  return (ids) => {
    const clips = timeline.clips.filter(({ clipId }) => ids.includes(clipId));
    const edits = safeZoneEdits(project, clips, { ...lint.inputFor(ratio), timeline });
    if (edits.length > 0) commit({ type: 'batch', label: 'Move into the safe zone', edits });
    else toast.info('Nothing was moved: it is in the safe zone already, locked, or part of a nested cut.');
  };
}
