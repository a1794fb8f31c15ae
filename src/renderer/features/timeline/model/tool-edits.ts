import {
  type AssetId,
  type Clip,
  type EditInput,
  type Project,
  playableFrames,
  type SequenceId,
  type SimpleEditInput,
  type SourceLengths,
} from '#shared/model/index.ts';
import { divide, type Frames, floor, multiply, type Rate } from '#shared/units/index.ts';
import type { ClipItem, TimelineView } from './lanes.ts';
import { keepLinked, partnersOf, stepsOf } from './links.ts';
import { asEdit } from './placement.ts';
import { assetOf, type Edge, trimItem } from './trim.ts';

/** What the pointer does on clips. */
export type Tool = 'select' | 'ripple' | 'roll' | 'slip' | 'slide' | 'razor';
/** Tools that drag a clip or a cut. */
export type DragTool = Exclude<Tool, 'select' | 'razor'>;

/** What edits of cuts have to know besides the clip. */
export interface ToolOptions {
  project: Project;
  view: TimelineView;
  lengths: SourceLengths;
  /** Photos have no first or last moment. */
  isStill: (assetId: AssetId) => boolean;
  /** Leave what is linked where it is. */
  isAlone: boolean;
}

/** An edit with the shift that is left of the one asked for; no edit when there is nothing to change. */
export interface ToolEdit {
  edit: EditInput | null;
  delta: Frames;
}

interface Limits {
  min: Frames;
  max: Frames;
}

const nothing: ToolEdit = { edit: null, delta: 0 };
const within = (delta: Frames, limits: readonly Limits[]): Frames =>
  Math.max(...limits.map(({ min }) => min), Math.min(...limits.map(({ max }) => max), delta));

const endOf = (clip: Clip) => clip.startFrame + clip.lengthFrames;

const isStillClip = (item: ClipItem, { isStill }: ToolOptions): boolean => {
  const assetId = assetOf(item);
  return assetId !== null && isStill(assetId);
};

/** Frames of the source before a clip begins. */
function headOf(item: ClipItem, rate: Rate, isStill: boolean): Frames {
  const { content } = item.clip;
  if (content.kind === 'media' && !isStill && !content.isFrozen)
    return floor(divide(multiply(content.sourceInSeconds, rate), content.speed));
  return 'inFrame' in content ? content.inFrame : Number.POSITIVE_INFINITY;
}

/** Frames of the source after a clip ends. */
function tailOf(item: ClipItem, rate: Rate, lengths: SourceLengths): Frames {
  const { content } = item.clip;
  if (content.kind !== 'media') return Number.POSITIVE_INFINITY;
  const assetId = assetOf(item);
  return Math.max(0, playableFrames(content, assetId ? lengths(assetId) : null, rate) - item.clip.lengthFrames);
}

/** How far the end of a clip may move, its source and one frame left as limits. */
function endLimits(item: ClipItem, { view, lengths }: ToolOptions): Limits {
  return { min: 1 - item.clip.lengthFrames, max: tailOf(item, view.rate, lengths) };
}

function startLimits(item: ClipItem, options: ToolOptions): Limits {
  const head = headOf(item, options.view.rate, isStillClip(item, options));
  return { min: 0 - head, max: item.clip.lengthFrames - 1 };
}

/** The item that begins where another ends on its track (or ends where it begins). */
export function touching(view: TimelineView, item: ClipItem, edge: Edge): ClipItem | null {
  const onTrack = view.items.filter(
    (other) => other.track.id === item.track.id && other.section.slotId === item.section.slotId,
  );
  const found = onTrack.find((other) =>
    edge === 'end' ? other.startFrame === item.endFrame : other.endFrame === item.startFrame && other.key !== item.key,
  );
  return found ?? null;
}

const inSequence = (item: ClipItem) => ({ sequenceId: item.section.sequence?.id as SequenceId, clipId: item.clip.id });

/** Steps that move the start of a still, which has no earlier source to go back to. */
function stillStart(item: ClipItem, delta: Frames): SimpleEditInput[] {
  const place = inSequence(item);
  const trim: SimpleEditInput = { type: 'clip.trim', ...place, edge: 'end', deltaFrames: -delta };
  const startFrame = item.clip.startFrame + delta;
  const move: SimpleEditInput = { type: 'clip.move', ...place, trackId: item.track.id, startFrame };
  return delta < 0 ? [move, trim] : [trim, move];
}

const endTrim = (item: ClipItem, deltaFrames: Frames): SimpleEditInput => ({
  type: 'clip.trim',
  ...inSequence(item),
  edge: 'end',
  deltaFrames,
});

function rollSteps(left: ClipItem, right: ClipItem, delta: Frames, options: ToolOptions): SimpleEditInput[] {
  if (!isStillClip(right, options)) return [{ type: 'clip.roll', ...inSequence(left), deltaFrames: delta }];
  const start = stillStart(right, delta);
  return delta < 0 ? [endTrim(left, delta), ...start] : [...start, endTrim(left, delta)];
}

/** The two clips of the cut at an edge of a clip; null where it has no neighbour, or the track is locked. */
export function cutAt(view: TimelineView, item: ClipItem, edge: Edge): { left: ClipItem; right: ClipItem } | null {
  const other = touching(view, item, edge);
  if (!other || item.track.isLocked || !item.section.sequence) return null;
  return edge === 'end' ? { left: item, right: other } : { left: other, right: item };
}

/** Moves the cut at an edge of a clip, and the cut of what is linked to both its clips when it lies at the same frame. */
export function rollEdit(item: ClipItem, edge: Edge, deltaFrames: Frames, options: ToolOptions): ToolEdit {
  const { view, isAlone } = options;
  const cut = cutAt(view, item, edge);
  if (!cut) return nothing;
  const others = isAlone
    ? []
    : partnersOf(view, cut.left).flatMap((partner) => {
        const right = touching(view, partner, 'end');
        const isLinked = right !== null && right.clip.linkId !== null && right.clip.linkId === cut.right.clip.linkId;
        return isLinked && partner.endFrame === cut.left.endFrame ? [{ left: partner, right }] : [];
      });
  const cuts = [cut, ...others];
  const limits = cuts.flatMap(({ left, right }) => [endLimits(left, options), startLimits(right, options)]);
  const delta = within(deltaFrames, limits);
  if (delta === 0) return nothing;
  const edits = cuts.flatMap(({ left, right }) => rollSteps(left, right, delta, options));
  return { edit: asEdit('Roll cut', edits), delta };
}

/** Shows another part of the source between the same ends: positive = later. Linked clips slip along. */
export function slipEdit(item: ClipItem, deltaFrames: Frames, options: ToolOptions): ToolEdit {
  const { view, isAlone, lengths } = options;
  const canSlip = (one: ClipItem) =>
    !one.track.isLocked &&
    one.section.sequence !== null &&
    one.clip.content.kind !== 'text' &&
    one.clip.content.kind !== 'colour' &&
    !isStillClip(one, options);
  if (!canSlip(item)) return nothing;
  const items = [item, ...(isAlone ? [] : partnersOf(view, item).filter(canSlip))];
  const limits = items.map((one) => ({
    min: 0 - headOf(one, view.rate, false),
    max: tailOf(one, view.rate, lengths),
  }));
  const delta = within(deltaFrames, limits);
  if (delta === 0) return nothing;
  const edits = items.map((one): SimpleEditInput => ({ type: 'clip.slip', ...inSequence(one), deltaFrames: delta }));
  return { edit: asEdit('Slip clip', edits), delta };
}

/** How far a clip may slide: to the ends of its neighbours' sources, or of the gaps beside it. */
function slideLimits(item: ClipItem, options: ToolOptions): Limits {
  const { view } = options;
  const before = touching(view, item, 'start');
  const after = touching(view, item, 'end');
  const { clips } = item.track;
  const previous = clips.findLast((clip) => endOf(clip) < item.clip.startFrame);
  const next = clips.find((clip) => clip.startFrame > endOf(item.clip));
  const earlier = before ? endLimits(before, options) : null;
  const later = after ? startLimits(after, options) : null;
  const gapBefore = item.clip.startFrame - (previous ? endOf(previous) : 0);
  const gapAfter = next ? next.startFrame - endOf(item.clip) : Number.POSITIVE_INFINITY;
  return {
    min: Math.max(earlier?.min ?? 0 - gapBefore, later?.min ?? Number.NEGATIVE_INFINITY),
    max: Math.min(later?.max ?? gapAfter, earlier?.max ?? Number.POSITIVE_INFINITY),
  };
}

function slideSteps(item: ClipItem, delta: Frames, options: ToolOptions): SimpleEditInput[] {
  const { view } = options;
  const before = touching(view, item, 'start');
  const after = touching(view, item, 'end');
  if (!after || !isStillClip(after, options)) return [{ type: 'clip.slide', ...inSequence(item), deltaFrames: delta }];
  const move: SimpleEditInput = {
    type: 'clip.move',
    ...inSequence(item),
    trackId: item.track.id,
    startFrame: item.clip.startFrame + delta,
  };
  const first = before ? [endTrim(before, delta)] : [];
  const start = stillStart(after, delta);
  return delta < 0 ? [...first, move, ...start] : [...start, move, ...first];
}

/** Moves a clip while its neighbours give and take the room. Linked clips slide along. */
export function slideEdit(item: ClipItem, deltaFrames: Frames, options: ToolOptions): ToolEdit {
  if (item.track.isLocked || !item.section.sequence) return nothing;
  const items = [item, ...(options.isAlone ? [] : partnersOf(options.view, item))];
  const delta = within(
    deltaFrames,
    items.map((one) => slideLimits(one, options)),
  );
  if (delta === 0) return nothing;
  return {
    edit: asEdit(
      'Slide clip',
      items.flatMap((one) => slideSteps(one, delta, options)),
    ),
    delta,
  };
}

/** Trims an edge of a clip and of what is linked to it at the same frame; sound linked to what ripples moves along. */
export function trimLinkedEdit(
  item: ClipItem,
  edge: Edge,
  deltaFrames: Frames,
  options: ToolOptions & { isRipple: boolean },
): ToolEdit {
  const { project, view, isAlone, isRipple } = options;
  const trim = { lengths: options.lengths, isStill: options.isStill, rate: view.rate };
  const edgeOf = (one: ClipItem) => (edge === 'start' ? one.startFrame : one.endFrame);
  const partners = isAlone ? [] : partnersOf(view, item).filter((one) => edgeOf(one) === edgeOf(item));
  const asked = trimItem(item, edge, deltaFrames, { ...trim, isRipple });
  // Limits of the source hold for all; a partner's neighbours move out of the way when the edit ripples.
  const delta = partners.reduce(
    (left, partner) => trimItem(partner, edge, left, { ...trim, isRipple }).delta,
    asked.delta,
  );
  const { edit } = trimItem(item, edge, delta, { ...trim, isRipple });
  if (!edit) return nothing;
  const alone = new Set(isAlone && item.clip.linkId !== null ? [item.clip.linkId] : []);
  const partnerSteps = partners.flatMap((partner) => trimSteps(partner, edge, delta, options));
  const isGrowing = edge === 'end' ? delta > 0 : delta < 0;
  const joined = (first: EditInput, then: readonly SimpleEditInput[]) =>
    asEdit('Trim clip', [...stepsOf(first), ...then]) ?? first;
  // What grows needs its followers gone first; what shrinks makes room for them first.
  const whole = isGrowing
    ? joined(keepLinked(project, edit, 'Trim clip', alone), partnerSteps)
    : keepLinked(project, joined(edit, partnerSteps), 'Trim clip', alone);
  return { edit: whole, delta };
}

/** The trim of a partner in its place, whatever lies beside it at this moment. */
function trimSteps(item: ClipItem, edge: Edge, deltaFrames: Frames, options: ToolOptions): SimpleEditInput[] {
  if (edge === 'start' && isStillClip(item, options)) return stillStart(item, deltaFrames);
  return [{ type: 'clip.trim', ...inSequence(item), edge, deltaFrames }];
}
