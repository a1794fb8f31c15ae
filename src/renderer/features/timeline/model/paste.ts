import {
  applyEdit,
  type ClipId,
  type EditInput,
  editSchema,
  isCut,
  type Project,
  type SimpleEditInput,
} from '#shared/model/index.ts';
import type { Frames, Rate } from '#shared/units/index.ts';
import type { TimelineTarget } from '../target.ts';
import { type CopiedClip, pasteEdit, splitEdit } from './clip-edits.ts';
import { timelineView } from './lanes.ts';
import { freshLinks, keepLinked, startingAt, stepsOf, withLinked } from './links.ts';
import { asEdit } from './placement.ts';

/** A copied clip that lies `offsetFrames` from frame `frame`; what would lie before the timeline's beginning is cut off. */
function offsetTo(copied: CopiedClip, offsetFrames: Frames, frame: Frames, rate: Rate): CopiedClip[] {
  const placed = startingAt(copied.clip, frame + offsetFrames, rate);
  return placed ? [{ ...copied, clip: placed, offsetFrames: placed.startFrame - frame }] : [];
}

/** What is not of the main lane, as far from the pasted clips of the main lane as from those it is linked to. */
function besideMain(copied: readonly CopiedClip[], frame: Frames, rate: Rate): CopiedClip[] {
  const places = new Map<string, { from: Frames; to: Frames }>();
  let to = 0;
  for (const { clip, isMain, offsetFrames } of copied) {
    if (!isMain) continue;
    if (clip.linkId !== null) places.set(clip.linkId, { from: offsetFrames, to });
    to += clip.lengthFrames;
  }
  return copied
    .filter((one) => !one.isMain)
    .flatMap((one) => {
      const lead = one.clip.linkId === null ? undefined : places.get(one.clip.linkId);
      return lead ? offsetTo(one, one.offsetFrames - lead.from + lead.to, frame, rate) : [one];
    });
}

/** Transitions between clips that were copied together, where their copies touch again. */
function transitionSteps(
  project: Project,
  copied: readonly CopiedClip[],
  copies: ReadonlyMap<ClipId, ClipId>,
): SimpleEditInput[] {
  return copied.flatMap(({ into }): SimpleEditInput[] => {
    const [fromClipId, toClipId] = [into && copies.get(into.fromClipId), into && copies.get(into.toClipId)];
    if (!into || !fromClipId || !toClipId) return [];
    for (const { id, tracks } of project.sequences)
      for (const { clips } of tracks) {
        const [from, to] = [fromClipId, toClipId].map((wanted) => clips.find((clip) => clip.id === wanted));
        if (isCut(from, to))
          return [{ type: 'transition.set', sequenceId: id, transition: { ...into, fromClipId, toClipId } }];
      }
    return [];
  });
}

/**
 * Pastes at a frame, as `pasteEdit` does. Where that parts a clip of the main lane, what is linked to it is cut there too;
 * sound linked to what is pushed on goes with it before other clips are laid over what is there.
 */
export function pasteLinkedEdit(
  project: Project,
  target: TimelineTarget,
  copied: readonly CopiedClip[],
  frame: Frames,
): { edit: EditInput | null; clipIds: ClipId[] } {
  const view = timelineView(project, target);
  const mains = copied.filter((one) => one.isMain);
  const parted = view.items.filter(
    (item) => item.lane.isMain && item.clip.linkId !== null && frame > item.startFrame && frame < item.endFrame,
  );
  const applied = (base: Project, edit: EditInput | null) => (edit ? applyEdit(base, editSchema.parse(edit)) : base);
  const linkOf = freshLinks();
  const cut = mains.length > 0 ? splitEdit(withLinked(view, parted), frame) : null;
  const whole = applied(project, cut);
  const inserted = pasteEdit(timelineView(whole, target), mains, frame, linkOf);
  const pushed = inserted.edit && keepLinked(whole, inserted.edit, 'Paste');
  const roomy = applied(whole, pushed);
  const laid = pasteEdit(timelineView(roomy, target), besideMain(copied, frame, project.rate), frame, linkOf);
  const copies = new Map([...inserted.copies, ...laid.copies]);
  const steps = [
    ...[cut, pushed, laid.edit].flatMap((edit) => (edit ? stepsOf(edit) : [])),
    ...transitionSteps(applied(roomy, laid.edit), copied, copies),
  ];
  const hasPasted = inserted.edit !== null || laid.edit !== null;
  return { edit: hasPasted ? asEdit('Paste', steps) : null, clipIds: [...inserted.clipIds, ...laid.clipIds] };
}
