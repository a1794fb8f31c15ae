import { applyEdit, type ClipId, type EditInput, editSchema, type Project } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { TimelineTarget } from '../target.ts';
import { type CopiedClip, pasteEdit, splitEdit } from './clip-edits.ts';
import { timelineView } from './lanes.ts';
import { keepLinked, stepsOf, withLinked } from './links.ts';

/**
 * Pastes at a frame, as `pasteEdit` does. Where that parts a clip of the main lane, what is linked to it is cut there too,
 * and sound linked to what is pushed on goes with it.
 */
export function pasteLinkedEdit(
  project: Project,
  target: TimelineTarget,
  copied: readonly CopiedClip[],
  frame: Frames,
): { edit: EditInput | null; clipIds: ClipId[] } {
  const view = timelineView(project, target);
  const parted = copied.some((one) => one.isMain)
    ? view.items.filter((item) => item.lane.isMain && item.clip.linkId !== null)
    : [];
  const isInside = parted.filter((item) => frame > item.startFrame && frame < item.endFrame);
  const cut = splitEdit(withLinked(view, isInside), frame);
  const base = cut ? applyEdit(project, editSchema.parse(cut)) : project;
  const { edit, clipIds } = pasteEdit(timelineView(base, target), copied, frame);
  if (!edit) return { edit, clipIds };
  const kept = keepLinked(base, edit, 'Paste');
  if (!cut) return { edit: kept, clipIds };
  return { edit: { type: 'batch', label: 'Paste', edits: [...stepsOf(cut), ...stepsOf(kept)] }, clipIds };
}
