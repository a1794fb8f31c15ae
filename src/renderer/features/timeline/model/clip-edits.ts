import type {
  Clip,
  ClipId,
  EditInput,
  Project,
  SequenceId,
  SimpleEditInput,
  TrackTransition,
} from '#shared/model/index.ts';
import { addTextEdit, newId } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { carryAlong } from './carry-along.ts';
import { type ClipItem, type SectionView, sectionAt, type TimelineView } from './lanes.ts';
import { freshLinks } from './links.ts';
import { asEdit, type DropPlan, placeClips, planDrop } from './placement.ts';
import { type TrimOptions, trimItem } from './trim.ts';

const noneMoved: ReadonlySet<string> = new Set();

/** Items that a command at the playhead means: the selected ones under it, else the main lane's clip there. */
export function itemsAtPlayhead(view: TimelineView, selection: ReadonlySet<string>, frame: Frames): ClipItem[] {
  const under = view.items.filter((item) => frame >= item.startFrame && frame < item.endFrame && !item.track.isLocked);
  const selected = under.filter((item) => selection.has(item.key));
  if (selected.length > 0) return selected;
  const main = under.filter((item) => item.lane.isMain);
  return main.length > 0 ? main : under.slice(0, 1);
}

/** Cuts clips in two at a frame of the timeline; null when the frame is inside none of them. */
export function splitEdit(items: readonly ClipItem[], frame: Frames): EditInput | null {
  const linkOf = freshLinks();
  const edits = items.flatMap((item): SimpleEditInput[] => {
    const { sequence, startFrame } = item.section;
    if (!sequence || frame <= item.startFrame || frame >= item.endFrame || item.track.isLocked) return [];
    return [
      {
        type: 'clip.split',
        sequenceId: sequence.id,
        clipId: item.clip.id,
        atFrame: frame - startFrame,
        newClipId: newId<ClipId>('clip'),
        newLinkId: linkOf(item.clip.linkId),
      },
    ];
  });
  return asEdit(edits.length > 1 ? 'Split clips' : 'Split clip', edits);
}

/** Removes clips. `isRipple` closes the gaps on main lanes; what lies over later footage moves along with it. */
export function removeEdit(items: readonly ClipItem[], isRipple: boolean): EditInput | null {
  const groups = new Map<string, { sequenceId: SequenceId; isRipple: boolean; clipIds: ClipId[] }>();
  for (const item of items) {
    const { sequence } = item.section;
    if (!sequence || item.track.isLocked) continue;
    const closes = isRipple && item.lane.isMain;
    const key = `${sequence.id}/${closes}`;
    const group = groups.get(key) ?? { sequenceId: sequence.id, isRipple: closes, clipIds: [] };
    group.clipIds.push(item.clip.id);
    groups.set(key, group);
  }
  const edits = [...groups.values()].map((group): SimpleEditInput => ({ type: 'clip.remove', ...group }));
  if (isRipple) edits.push(...followersOf(items));
  return asEdit(items.length === 1 ? 'Remove clip' : 'Remove clips', edits);
}

/** Moves what lies over the footage behind removed main-lane clips. */
function followersOf(items: readonly ClipItem[]): SimpleEditInput[] {
  const removed = new Set<string>(items.map((item) => item.clip.id));
  const closing = items.filter((item) => item.lane.isMain && !item.track.isLocked);
  const bySequence = new Map(closing.map((item) => [item.section.sequence?.id, item.section]));
  return [...bySequence.values()].flatMap((section) => {
    const ripples = closing
      .filter((item) => item.section.sequence?.id === section.sequence?.id)
      .map(({ clip }) => ({ fromFrame: clip.startFrame + clip.lengthFrames, deltaFrames: -clip.lengthFrames }));
    return carryAlong(section, ripples, removed);
  });
}

/** Moves clips by some frames where there is room; null when they would leave the beginning. */
export function nudgeEdit(items: readonly ClipItem[], deltaFrames: Frames): EditInput | null {
  const inOrder = items.toSorted((a, b) => (a.startFrame - b.startFrame) * (deltaFrames > 0 ? -1 : 1));
  const edits = inOrder.flatMap((item): SimpleEditInput[] => {
    const { sequence } = item.section;
    const startFrame = item.clip.startFrame + deltaFrames;
    if (!sequence || startFrame < 0) return [];
    return [{ type: 'clip.move', sequenceId: sequence.id, clipId: item.clip.id, trackId: item.track.id, startFrame }];
  });
  return edits.length === items.length ? asEdit('Nudge clip', edits) : null;
}

/** Q and W: brings an edge of each clip to the playhead; rippling on the main lane. */
export function trimToPlayheadEdit(
  items: readonly ClipItem[],
  edge: 'start' | 'end',
  frame: Frames,
  options: Omit<TrimOptions, 'isRipple'>,
): EditInput | null {
  const edits = items.flatMap((item) => {
    const delta = edge === 'start' ? frame - item.startFrame : frame - item.endFrame;
    const { edit } = trimItem(item, edge, delta, { ...options, isRipple: item.lane.isMain });
    return edit ? (edit.type === 'batch' ? edit.edits : [edit]) : [];
  });
  return asEdit('Trim clip', edits);
}

/** Clips on the clipboard: with their lane and their distance from the first. */
export interface CopiedClip {
  clip: Clip;
  laneKey: string;
  kind: 'visual' | 'audio';
  isMain: boolean;
  offsetFrames: Frames;
  /** The transitions at its beginning and its end. */
  into: TrackTransition | null;
  out: TrackTransition | null;
}

function transitionsAt({ track, clip }: ClipItem): Pick<CopiedClip, 'into' | 'out'> {
  return {
    into: track.transitions.find(({ toClipId }) => toClipId === clip.id) ?? null,
    out: track.transitions.find(({ fromClipId }) => fromClipId === clip.id) ?? null,
  };
}

/** What copying these clips puts on the clipboard. */
export function copyItems(items: readonly ClipItem[]): CopiedClip[] {
  const first = Math.min(...items.map((item) => item.startFrame));
  return items
    .toSorted((a, b) => a.startFrame - b.startFrame)
    .map((item) => ({
      clip: item.clip,
      laneKey: item.lane.key,
      kind: item.lane.kind,
      isMain: item.lane.isMain,
      offsetFrames: item.startFrame - first,
      ...transitionsAt(item),
    }));
}

/** Pastes at a frame: main-lane clips are inserted one after another, the others laid over at their distances. Answers the new ids too, in order and by those of the originals. */
export function pasteEdit(
  view: TimelineView,
  copied: readonly CopiedClip[],
  frame: Frames,
  linkOf = freshLinks(),
): { edit: EditInput | null; clipIds: ClipId[]; copies: Map<ClipId, ClipId> } {
  const copies = new Map<ClipId, ClipId>();
  const edits: SimpleEditInput[] = [];
  let mainFrame = frame;
  for (const { clip, laneKey, kind, isMain, offsetFrames } of copied) {
    const startFrame = isMain ? mainFrame : frame + offsetFrames;
    if (isMain) mainFrame += clip.lengthFrames;
    const over = view.lanes.some((lane) => lane.key === laneKey) ? laneKey : kind === 'audio' ? 'below' : 'above';
    const wish = { over, pointerFrame: frame, startFrame, kind, isOverwriting: !isMain, moved: noneMoved };
    const planned = planDrop(view, wish);
    if (!planned) continue;
    // At the playhead, not at the nearest cut: inserting splits what lies there.
    const plan: DropPlan =
      planned.kind === 'insert' ? { ...planned, atFrame: startFrame - planned.section.startFrame } : planned;
    const id = newId<ClipId>('clip');
    const edit = placeClips(plan, [{ ...clip, id, startFrame: 0, linkId: linkOf(clip.linkId) }]);
    if (!edit) continue;
    copies.set(clip.id, id);
    edits.push(...(edit.type === 'batch' ? edit.edits : [edit]));
  }
  return { edit: asEdit('Paste', edits), clipIds: [...copies.values()], copies };
}

/** Text at a frame with the words of a field, so that each option can say its own; three seconds, or to the section's end. */
export function textEdit(
  project: Project,
  section: SectionView,
  frame: Frames,
  fieldKey: string,
  clipId: ClipId,
): EditInput | null {
  const { sequence } = section;
  if (!sequence) return null;
  const startFrame = Math.max(0, Math.min(frame - section.startFrame, Math.max(0, section.lengthFrames - 1)));
  const usual = Math.round((3 * project.rate.num) / project.rate.den);
  const left = section.lengthFrames - startFrame;
  const known = sequence.fields.find((field) => field.key === fieldKey)?.default;
  return addTextEdit({
    project,
    sequenceId: sequence.id,
    text: known && 'text' in known ? known.text : 'Your headline',
    startFrame,
    lengthFrames: left > 0 ? Math.min(usual, left) : usual,
    fieldKey,
    clipId,
  });
}

/** A name for the next text field: headline, headline_2, … The first is shared by all options that do not use it yet. */
export function nextFieldKey(section: SectionView): string {
  const used = new Set(section.sequence?.fields.map((field) => field.key));
  if (!used.has('headline')) return 'headline';
  for (let number = 2; ; number += 1) if (!used.has(`headline_${number}`)) return `headline_${number}`;
}

/** A colour of two seconds on the main lane, at the cut nearest to a frame. */
export function colourEdit(view: TimelineView, frame: Frames, clipId: ClipId): EditInput | null {
  const main = view.lanes.find((lane) => lane.isMain);
  const section = sectionAt(view, frame);
  if (!main || !section) return null;
  const plan = planDrop(view, {
    over: main.key,
    pointerFrame: frame,
    startFrame: frame,
    kind: 'visual',
    isOverwriting: false,
    moved: noneMoved,
  });
  if (!plan) return null;
  const clip: EditClip = {
    id: clipId,
    startFrame: 0,
    lengthFrames: Math.round((2 * view.rate.num) / view.rate.den),
    content: { kind: 'colour', colour: '#1E2A4A' },
  };
  return placeClips(plan, [clip as Clip]);
}

type EditClip = Pick<Clip, 'id' | 'startFrame' | 'lengthFrames' | 'content'>;
