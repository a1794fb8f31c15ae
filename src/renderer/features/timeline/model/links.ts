import {
  applyEdit,
  type Clip,
  type ClipId,
  type EditInput,
  editSchema,
  type LinkId,
  newId,
  type Project,
  type Sequence,
  type SimpleEditInput,
  type Track,
} from '#shared/model/index.ts';
import { add, type Frames, frameToSeconds, multiply, type Rate, toNumber } from '#shared/units/index.ts';
import type { ClipItem, TimelineView } from './lanes.ts';

/** The items, and all that are linked to one of them. */
export function withLinked(view: TimelineView, items: readonly ClipItem[]): ClipItem[] {
  const links = new Set(items.flatMap((item) => (item.clip.linkId === null ? [] : [linkKey(item)])));
  const own = new Set(items.map((item) => item.key));
  const partners = view.items.filter(
    (item) => !own.has(item.key) && item.clip.linkId !== null && links.has(linkKey(item)),
  );
  return [...items, ...partners];
}

/** What is linked to an item, without it; locked tracks stay out. */
export function partnersOf(view: TimelineView, item: ClipItem): ClipItem[] {
  return withLinked(view, [item]).filter((other) => other.key !== item.key && !other.track.isLocked);
}

const linkKey = ({ clip, section }: ClipItem) => `${section.slotId}/${clip.linkId}`;

/** The simple edits of an edit. */
export function stepsOf(edit: EditInput): SimpleEditInput[] {
  return edit.type === 'batch' ? edit.edits : [edit];
}

/** Gives copies links of their own: what was linked among the originals is linked among them. */
export function freshLinks(): (linkId: LinkId | null) => LinkId | null {
  const made = new Map<LinkId, LinkId>();
  return (linkId) => {
    if (linkId === null) return null;
    const known = made.get(linkId) ?? newId<LinkId>('link');
    made.set(linkId, known);
    return known;
  };
}

interface Placed {
  clip: Clip;
  track: Track;
}

function linkedOf(sequence: Sequence): Map<ClipId, Placed> {
  return new Map(
    sequence.tracks.flatMap((track) =>
      track.clips.flatMap((clip): [ClipId, Placed][] => (clip.linkId === null ? [] : [[clip.id, { clip, track }]])),
    ),
  );
}

/** Where the beginning of a clip's source would stand: moving a clip moves it, trimming does not. */
function originOf({ startFrame, content }: Clip, rate: Rate): number {
  if (content.kind === 'media')
    return startFrame - (toNumber(content.sourceInSeconds) * toNumber(rate)) / toNumber(content.speed);
  return 'inFrame' in content ? startFrame - content.inFrame : startFrame;
}

function movedBy(before: Clip, after: Clip, rate: Rate): number {
  const isSameSpeed =
    before.content.kind === after.content.kind &&
    (before.content.kind !== 'media' ||
      after.content.kind !== 'media' ||
      (before.content.speed.num === after.content.speed.num && before.content.speed.den === after.content.speed.den));
  return isSameSpeed
    ? Math.round(originOf(after, rate) - originOf(before, rate))
    : after.startFrame - before.startFrame;
}

/** A clip at another place of its track; what would lie before the beginning is cut off, null when that is all of it. */
export function startingAt(clip: Clip, startFrame: Frames, rate: Rate): Clip | null {
  const cutFrames = Math.max(0, -startFrame);
  if (cutFrames >= clip.lengthFrames) return null;
  const placed = { ...clip, startFrame: startFrame + cutFrames, lengthFrames: clip.lengthFrames - cutFrames };
  const { content } = clip;
  if (cutFrames === 0) return placed;
  if (content.kind === 'media') {
    const sourceInSeconds = add(content.sourceInSeconds, multiply(frameToSeconds(cutFrames, rate), content.speed));
    return { ...placed, content: { ...content, sourceInSeconds } };
  }
  return 'inFrame' in content ? { ...placed, content: { ...content, inFrame: content.inFrame + cutFrames } } : placed;
}

/** Steps that take sounds along by as much as the picture they are linked to has moved in a sequence. */
function followSteps(before: Sequence, after: Sequence, rate: Rate, isLeft: (linkId: LinkId) => boolean) {
  const was = linkedOf(before);
  const now = [...linkedOf(after).values()];
  const pictures = now.filter(({ track }) => track.kind === 'visual');
  const moving = now.flatMap(({ clip, track }) => {
    if (track.kind !== 'audio' || track.isLocked || clip.linkId === null || isLeft(clip.linkId)) return [];
    const lead = pictures.find((one) => one.clip.linkId === clip.linkId);
    const leadWas = lead && was.get(lead.clip.id);
    const ownWas = was.get(clip.id);
    if (!lead || !leadWas || !ownWas) return [];
    const shift = movedBy(leadWas.clip, lead.clip, rate) - movedBy(ownWas.clip, clip, rate);
    return shift === 0 ? [] : [{ clip, track, placed: startingAt(clip, clip.startFrame + shift, rate) }];
  });
  const [first] = moving;
  if (!first) return [];
  // All are taken up before any is put down: none is in another's way.
  return [
    { type: 'clip.remove' as const, sequenceId: after.id, clipIds: moving.map(({ clip }) => clip.id) },
    ...moving.flatMap(({ track, placed }) =>
      placed ? [{ type: 'clip.add' as const, sequenceId: after.id, trackId: track.id, clip: placed }] : [],
    ),
  ] satisfies SimpleEditInput[];
}

/**
 * An edit with the steps that keep linked sound beside its picture wherever the edit moves pictures about. `alone` names
 * links whose clips are meant to part. An edit that would be refused is given back as it is.
 */
export function keepLinked(
  project: Project,
  edit: EditInput,
  label: string,
  alone: ReadonlySet<LinkId> = new Set(),
): EditInput {
  if (!project.sequences.some((sequence) => linkedOf(sequence).size > 0)) return edit;
  let after: Project;
  try {
    after = applyEdit(project, editSchema.parse(edit));
  } catch {
    return edit;
  }
  const steps = after.sequences.flatMap((sequence) => {
    const before = project.sequences.find((candidate) => candidate.id === sequence.id);
    if (!before || before === sequence) return [];
    return followSteps(before, sequence, project.rate, (linkId) => alone.has(linkId));
  });
  return steps.length === 0 ? edit : { type: 'batch', label, edits: [...stepsOf(edit), ...steps] };
}
