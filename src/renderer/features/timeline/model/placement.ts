import type { Clip, ClipId, EditInput, PlacementMode, SimpleEditInput, Track, TrackId } from '#shared/model/index.ts';
import { newId } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { type ClipItem, type Lane, type SectionView, sectionAt, type TimelineView } from './lanes.ts';

/** Where something would land. Frames are those of the section's sequence; `indicatorFrame` is on the timeline shown. */
export type DropPlan =
  | {
      kind: 'insert';
      section: SectionView;
      track: Track;
      lane: Lane;
      atFrame: Frames;
      index: number;
      indicatorFrame: Frames;
    }
  | { kind: 'overwrite'; section: SectionView; track: Track; lane: Lane; atFrame: Frames; indicatorFrame: Frames }
  | { kind: 'new-track'; section: SectionView; trackKind: Track['kind']; atFrame: Frames; indicatorFrame: Frames };

/** What is dragged over which place. */
export interface DropWish {
  /** A lane, or the space above all lanes or below them. */
  over: string | 'above' | 'below';
  /** Under the pointer: decides before or after which clip something is inserted. */
  pointerFrame: Frames;
  /** Where its start would be, after snapping. */
  startFrame: Frames;
  /** Sound goes to sound lanes only, pictures to picture lanes only. */
  kind: Track['kind'];
  /** Cover what is there instead of making room (on the main lane). */
  isOverwriting: boolean;
  /** Clips that are themselves being moved: they do not count as being there. */
  moved: ReadonlySet<string>;
}

/** Place between the clips of a main lane nearest to the pointer: frame and index among the clips that stay. */
export function insertionPoint(
  clips: readonly Clip[],
  frame: Frames,
  staying: (clip: Clip) => boolean,
): { atFrame: Frames; index: number } {
  let index = 0;
  let atFrame = 0;
  for (const clip of clips) {
    if (frame < clip.startFrame + clip.lengthFrames / 2) return { atFrame: clip.startFrame, index };
    if (staying(clip)) index += 1;
    atFrame = clip.startFrame + clip.lengthFrames;
  }
  return { atFrame, index };
}

function laneFor(view: TimelineView, wish: DropWish): Lane | null {
  const lane = view.lanes.find((candidate) => candidate.key === wish.over);
  if (lane && lane.kind === wish.kind) return lane;
  if (wish.kind === 'audio') return view.lanes.find((candidate) => candidate.kind === 'audio') ?? null;
  return lane ? (view.lanes.find((candidate) => candidate.isMain) ?? null) : null;
}

/** Decides where something dragged would land; null where it cannot. */
export function planDrop(view: TimelineView, wish: DropWish): DropPlan | null {
  const section = sectionAt(view, wish.pointerFrame);
  if (!section?.sequence) return null;
  const lane = laneFor(view, wish);
  const part = lane?.parts.find((candidate) => candidate.section === section);
  const startFrame = Math.max(0, wish.startFrame - section.startFrame);
  if (!lane || !part)
    return {
      kind: 'new-track',
      section,
      trackKind: wish.kind,
      atFrame: startFrame,
      indicatorFrame: section.startFrame + startFrame,
    };
  if (part.track.isLocked) return null;
  if (lane.isMain && !wish.isOverwriting) {
    const staying = (clip: Clip) => !wish.moved.has(`${section.slotId}/${clip.id}`);
    const point = insertionPoint(part.track.clips, wish.pointerFrame - section.startFrame, staying);
    return {
      kind: 'insert',
      section,
      track: part.track,
      lane,
      ...point,
      indicatorFrame: section.startFrame + point.atFrame,
    };
  }
  return {
    kind: 'overwrite',
    section,
    track: part.track,
    lane,
    atFrame: startFrame,
    indicatorFrame: section.startFrame + startFrame,
  };
}

/** Makes a track when a plan needs one; answers the track to use and the edits that make it. */
function trackOf(plan: DropPlan): { trackId: TrackId; edits: SimpleEditInput[] } {
  if (plan.kind !== 'new-track') return { trackId: plan.track.id, edits: [] };
  const trackId = newId<TrackId>('track');
  const { sequence } = plan.section;
  if (!sequence) return { trackId, edits: [] };
  const same = sequence.tracks.filter((track) => track.kind === plan.trackKind).length;
  const name = plan.trackKind === 'audio' ? `Sound ${same + 1}` : `Layer ${same + 1}`;
  return {
    trackId,
    edits: [
      {
        type: 'track.add',
        sequenceId: sequence.id,
        track: { id: trackId, kind: plan.trackKind, name },
        // Pictures go above the pictures there are, sound below everything.
        ...(plan.trackKind === 'visual'
          ? { index: sequence.tracks.findLastIndex((track) => track.kind === 'visual') + 1 }
          : {}),
      },
    ],
  };
}

const spare = (count = 2) => Array.from({ length: count }, () => newId<ClipId>('clip'));

/** One edit, or several as one. */
export function asEdit(label: string, edits: readonly SimpleEditInput[]): EditInput | null {
  const [first] = edits;
  if (!first) return null;
  return edits.length === 1 ? first : { type: 'batch', label, edits: [...edits] };
}

/** Puts new clips (starts relative to the first) where a plan says. */
export function placeClips(plan: DropPlan, clips: readonly Clip[]): EditInput | null {
  const { sequence } = plan.section;
  if (!sequence || clips.length === 0) return null;
  const { trackId, edits } = trackOf(plan);
  const mode = plan.kind === 'insert' ? ('insert' as const) : ('overwrite' as const);
  for (const clip of clips) {
    edits.push({
      type: 'clip.add',
      sequenceId: sequence.id,
      trackId,
      clip: { ...clip, startFrame: plan.atFrame + clip.startFrame },
      mode,
      spareClipIds: spare(),
    });
  }
  return asEdit(clips.length === 1 ? 'Add clip' : 'Add clips', edits);
}

/** Brings the clips of a main track into another order with as few steps as the list needs. */
function reorderEdits(
  section: SectionView,
  track: Track,
  moved: readonly ClipItem[],
  index: number,
): SimpleEditInput[] {
  const { sequence } = section;
  if (!sequence) return [];
  const ids = new Set(moved.map((item) => item.clip.id));
  const staying = track.clips.filter((clip) => !ids.has(clip.id)).map((clip) => clip.id);
  const goal = [...staying.slice(0, index), ...moved.map((item) => item.clip.id), ...staying.slice(index)];
  const order = track.clips.map((clip) => clip.id);
  const edits: SimpleEditInput[] = [];
  for (const [at, clipId] of goal.entries()) {
    if (order[at] === clipId) continue;
    order.splice(order.indexOf(clipId), 1);
    order.splice(at, 0, clipId);
    edits.push({ type: 'clip.reorder', sequenceId: sequence.id, clipId, index: at });
  }
  return edits;
}

/** Sounds among items that are linked to a picture among them. */
function soundsLedBy(items: readonly ClipItem[]): ClipItem[] {
  const pictures = items.filter((item) => item.lane.kind === 'visual' && item.clip.linkId !== null);
  return items.filter(
    (item) =>
      item.lane.kind === 'audio' &&
      pictures.some((one) => one.clip.linkId === item.clip.linkId && one.section.slotId === item.section.slotId),
  );
}

/** The track of a section that stands where an item's track does; one is made where there is none. */
function trackLike(item: ClipItem, section: SectionView): { trackId: TrackId; edits: SimpleEditInput[] } {
  if (section.sequence?.id === item.section.sequence?.id) return { trackId: item.track.id, edits: [] };
  const same = section.sequence?.tracks.filter((track) => track.kind === item.lane.kind)[item.lane.index];
  if (same) return { trackId: same.id, edits: [] };
  return trackOf({ kind: 'new-track', section, trackKind: item.lane.kind, atFrame: 0, indicatorFrame: 0 });
}

/** Moves one clip to a plan's track at a frame of its sequence. */
function relocate(
  item: ClipItem,
  plan: DropPlan,
  trackId: TrackId,
  atFrame: Frames,
  mode: PlacementMode = plan.kind === 'insert' ? 'insert' : 'overwrite',
): SimpleEditInput[] {
  const from = item.section.sequence;
  const to = plan.section.sequence;
  if (!from || !to) return [];
  const startFrame = Math.max(0, atFrame);
  if (from.id === to.id && !(item.lane.isMain && trackId !== item.track.id))
    return [
      { type: 'clip.move', sequenceId: to.id, clipId: item.clip.id, trackId, startFrame, mode, spareClipIds: spare() },
    ];
  // Leaving a main lane closes the gap; another sequence gets a clip of its own.
  return [
    { type: 'clip.remove', sequenceId: from.id, clipIds: [item.clip.id], isRipple: item.lane.isMain },
    {
      type: 'clip.add',
      sequenceId: to.id,
      trackId,
      clip: { ...item.clip, startFrame },
      mode,
      spareClipIds: spare(),
    },
  ];
}

/** The edit that moves clips (the first is the one held) where a plan says, by the same shift; null when nothing changes. */
export function moveItems(items: readonly ClipItem[], plan: DropPlan): EditInput | null {
  const [held] = items;
  if (!held) return null;
  const isElsewhere = plan.section.sequence?.id !== held.section.sequence?.id;
  // Between clips of a main lane, sound goes where the picture it is linked to goes (`keepLinked`).
  const led = plan.kind === 'insert' ? soundsLedBy(items) : [];
  const leading = items.filter((item) => !led.includes(item));
  const inOrder = leading.toSorted((a, b) => a.startFrame - b.startFrame);
  if (
    plan.kind === 'insert' &&
    leading.every((item) => item.section.slotId === plan.section.slotId && item.track.id === plan.track.id)
  )
    return asEdit('Reorder clips', reorderEdits(plan.section, plan.track, inOrder, plan.index));
  const shift = plan.section.startFrame + plan.atFrame - held.startFrame;
  if (plan.kind === 'overwrite' && shift === 0 && plan.track.id === held.track.id) return null;
  const { trackId, edits } = trackOf(plan);
  if (plan.kind === 'insert') {
    let atFrame = plan.atFrame;
    for (const item of inOrder) {
      edits.push(...relocate(item, plan, trackId, atFrame));
      const sounds = isElsewhere ? led.filter((sound) => sound.clip.linkId === item.clip.linkId) : [];
      for (const sound of sounds) {
        const target = trackLike(sound, plan.section);
        const startFrame = Math.max(0, atFrame + sound.startFrame - item.startFrame);
        edits.push(...target.edits, ...relocate(sound, plan, target.trackId, startFrame, 'place'));
      }
      atFrame += item.clip.lengthFrames;
    }
    return asEdit('Move clips', edits);
  }
  // From the far end in the direction of travel, so that no clip covers one that still has to move.
  for (const item of shift > 0 ? inOrder.reverse() : inOrder) {
    const target = item.track.id === held.track.id ? { trackId, edits: [] } : trackLike(item, plan.section);
    edits.push(
      ...target.edits,
      ...relocate(item, plan, target.trackId, item.startFrame + shift - plan.section.startFrame),
    );
  }
  return asEdit('Move clips', edits);
}
