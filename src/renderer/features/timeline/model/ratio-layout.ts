import {
  type Animation,
  type AnimationPatch,
  animatedIn,
  animatedProperties,
  type Clip,
  type EditInput,
  type Layout,
  type LayoutPatch,
  layoutAt,
  layoutIn,
  type Project,
  type Ratio,
  ratios,
  type SimpleEditInput,
  withKeyframe,
} from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { type GlobalItem, globalClipEdit } from './globals.ts';
import type { ClipItem } from './lanes.ts';

/** A clip with a place in the frame: on a track, or of a global slot (a logo). */
export type LayoutHolder = ClipItem | GlobalItem;

/** A layout with its keyframes and what differs from it in single ratios. */
export type LayoutShape = Pick<Clip, 'layout' | 'overrides' | 'animation'>;

/** A property of layout that a ratio may have of its own. */
export type LayoutPart = keyof LayoutPatch;

function pick(patch: LayoutPatch, isWanted: (part: LayoutPart) => boolean): LayoutPatch {
  return Object.fromEntries(
    Object.entries(patch).filter(([part, value]) => value !== undefined && isWanted(part as LayoutPart)),
  ) as LayoutPatch;
}

/** What a ratio has of its own. */
export function ownParts({ overrides }: Pick<LayoutShape, 'overrides'>, ratio: Ratio): LayoutPart[] {
  return Object.keys(overrides[ratio] ?? {}) as LayoutPart[];
}

/** The frame of a clip that the playhead stands on; its first or last one when it stands before or behind it. */
export function frameIn(
  { startFrame, endFrame }: Pick<LayoutHolder, 'startFrame' | 'endFrame'>,
  playhead: Frames,
): Frames {
  return Math.min(Math.max(0, playhead - startFrame), Math.max(0, endFrame - startFrame - 1));
}

/** The layout of a clip by itself at one of its frames, in a ratio. */
export function layoutOfFrame({ layout, overrides, animation }: LayoutShape, ratio: Ratio, frame: Frames): Layout {
  return layoutAt({ layout, overrides, animation, originFrame: 0, movers: [] }, frame, ratio);
}

function withKeys(animation: Animation, patch: LayoutPatch, frame: Frames): Animation {
  const next = { ...animation };
  for (const property of animatedProperties) {
    const [keys, value] = [animation[property], patch[property]];
    if (keys && value !== undefined) next[property] = withKeyframe(keys, frame, value);
  }
  return next;
}

/**
 * A change seen in a ratio at a frame of the clip: of a keyframe where the property has some, of the ratio's own value
 * where it has one or is to get one, else of every ratio.
 */
export function changedIn(
  shape: LayoutShape,
  ratio: Ratio,
  patch: LayoutPatch,
  isOnlyHere: boolean,
  frame: Frames,
): LayoutShape {
  const own = new Set<LayoutPart>(ownParts(shape, ratio));
  const isOwn = (part: LayoutPart) => isOnlyHere || own.has(part);
  const moving = new Set<LayoutPart>(animatedIn(shape, ratio));
  const here = pick(patch, isOwn);
  const everywhere = pick(patch, (part) => !(isOwn(part) || moving.has(part)));
  const override = { ...shape.overrides[ratio], ...here };
  return {
    animation: withKeys(
      shape.animation,
      pick(patch, (part) => moving.has(part) && !isOwn(part)),
      frame,
    ),
    layout: { ...shape.layout, ...everywhere } as Layout,
    overrides: Object.keys(override).length > 0 ? { ...shape.overrides, [ratio]: override } : shape.overrides,
  };
}

/** Parts put back to what is usual, without their keyframes; only for the ratio seen, its own values take their place. */
export function putBack(shape: LayoutShape, ratio: Ratio, usual: LayoutPatch, isOnlyHere: boolean): LayoutShape {
  const kept = Object.entries(shape.animation).filter(([property]) => !(property in usual));
  const animation = isOnlyHere ? shape.animation : (Object.fromEntries(kept) as Animation);
  return changedIn({ ...shape, animation }, ratio, usual, isOnlyHere, 0);
}

function without(shape: LayoutShape, ratio: Ratio, isGone: (part: LayoutPart) => boolean): LayoutShape {
  const { [ratio]: override, ...others } = shape.overrides;
  const left = pick(override ?? {}, (part) => !isGone(part));
  return { ...shape, overrides: Object.keys(left).length > 0 ? { ...others, [ratio]: left } : others };
}

/** A ratio gives up values of its own (null = all of them). */
export function resetIn(shape: LayoutShape, ratio: Ratio, parts: readonly LayoutPart[] | null): LayoutShape {
  return without(shape, ratio, (part) => parts === null || parts.includes(part));
}

/** A ratio's own values (null = all of them) become those of every ratio. */
export function appliedToAll(shape: LayoutShape, ratio: Ratio, parts: readonly LayoutPart[] | null): LayoutShape {
  const taken = ownParts(shape, ratio).filter((part) => parts === null || parts.includes(part));
  const values = pick(layoutIn(shape, ratio), (part) => taken.includes(part));
  const start: LayoutShape = { ...shape, layout: { ...shape.layout, ...values } as Layout };
  const still = ratios.reduce((next, one) => without(next, one, (part) => taken.includes(part)), start);
  // A fixed value for all takes the place of keyframes, too.
  const animation = Object.fromEntries(
    Object.entries(still.animation).filter(([property]) => !taken.includes(property as LayoutPart)),
  ) as Animation;
  return { ...still, animation };
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function animationChanges(old: Animation, now: Animation): AnimationPatch | null {
  const changes: AnimationPatch = {};
  for (const property of animatedProperties)
    if (!isSame(old[property], now[property])) changes[property] = now[property] ?? null;
  return Object.keys(changes).length > 0 ? changes : null;
}

function itemEdits(item: ClipItem, next: LayoutShape): SimpleEditInput[] {
  const { sequence } = item.section;
  if (!sequence) return [];
  const { clip } = item;
  const place = { sequenceId: sequence.id, clipId: clip.id };
  const layout = pick(
    next.layout,
    (part) => !isSame(next.layout[part as keyof Layout], clip.layout[part as keyof Layout]),
  );
  const edits: SimpleEditInput[] =
    Object.keys(layout).length > 0 ? [{ type: 'clip.set', ...place, patch: { layout } }] : [];
  const changes = animationChanges(clip.animation, next.animation);
  if (changes) edits.push({ type: 'clip.animate', ...place, changes });
  for (const ratio of ratios) {
    const [old, now] = [clip.overrides[ratio], next.overrides[ratio]];
    if (isSame(old, now)) continue;
    // An override takes in what it is given: what is to go needs a fresh start.
    const isSmaller = ownParts(clip, ratio).some((part) => now?.[part] === undefined);
    if (isSmaller) edits.push({ type: 'clip.setOverride', ...place, ratio, patch: null });
    if (now) edits.push({ type: 'clip.setOverride', ...place, ratio, patch: now });
  }
  return edits;
}

function editsOf(holder: LayoutHolder, next: LayoutShape): SimpleEditInput[] {
  if ('section' in holder) return itemEdits(holder, next);
  const edit = globalClipEdit(holder, (clip) => ({ ...clip, ...next }));
  return edit && edit.type !== 'batch' ? [edit] : [];
}

/**
 * A holder with its clip as the project keeps it. What is shown while a value is dragged already has the change in it: an
 * edit worked out from that would find nothing left to do.
 */
export function asKept(holder: LayoutHolder, kept: Project): LayoutHolder {
  if ('section' in holder) {
    const sequence = kept.sequences.find(({ id }) => id === holder.section.sequence?.id);
    const clip = sequence?.tracks.flatMap(({ clips }) => clips).find(({ id }) => id === holder.clip.id);
    return clip ? { ...holder, clip } : holder;
  }
  const option = kept.globals.flatMap(({ options }) => options).find(({ id }) => id === holder.option.id);
  const clip = option?.content.kind === 'clips' && option.content.clips.find(({ id }) => id === holder.clip.id);
  return option && clip ? { ...holder, option, clip } : holder;
}

/** The same change of several clips' layouts as one edit; null when nothing changes. */
export function layoutChange(
  holders: readonly LayoutHolder[],
  label: string,
  change: (shape: LayoutShape, holder: LayoutHolder) => LayoutShape,
): EditInput | null {
  const edits = holders.flatMap((holder) => {
    const { layout, overrides, animation } = holder.clip;
    const shape = { layout, overrides, animation };
    const next = change(shape, holder);
    const isUnchanged = isSame([next.layout, next.overrides, next.animation], [layout, overrides, animation]);
    return isUnchanged ? [] : editsOf(holder, next);
  });
  // Even a single one goes by this name: undo shows it.
  return edits.length > 0 ? { type: 'batch', label, edits } : null;
}
