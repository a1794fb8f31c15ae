import {
  type Clip,
  type EditInput,
  type Layout,
  type LayoutPatch,
  layoutIn,
  type Ratio,
  ratios,
  type SimpleEditInput,
} from '#shared/model/index.ts';
import { type GlobalItem, globalClipEdit } from './globals.ts';
import type { ClipItem } from './lanes.ts';

/** A clip with a place in the frame: on a track, or of a global slot (a logo). */
export type LayoutHolder = ClipItem | GlobalItem;

/** A layout with what differs from it in single ratios. */
export type LayoutShape = Pick<Clip, 'layout' | 'overrides'>;

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

/** A change seen in a ratio: of its own value where it has one or is to get one, else of every ratio. */
export function changedIn(shape: LayoutShape, ratio: Ratio, patch: LayoutPatch, isOnlyHere: boolean): LayoutShape {
  const own = new Set<LayoutPart>(ownParts(shape, ratio));
  const here = pick(patch, (part) => isOnlyHere || own.has(part));
  const everywhere = pick(patch, (part) => !(isOnlyHere || own.has(part)));
  const override = { ...shape.overrides[ratio], ...here };
  return {
    layout: { ...shape.layout, ...everywhere } as Layout,
    overrides: Object.keys(override).length > 0 ? { ...shape.overrides, [ratio]: override } : shape.overrides,
  };
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
  return ratios.reduce((next, one) => without(next, one, (part) => taken.includes(part)), start);
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

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

/** The same change of several clips' layouts as one edit; null when nothing changes. */
export function layoutChange(
  holders: readonly LayoutHolder[],
  label: string,
  change: (shape: LayoutShape) => LayoutShape,
): EditInput | null {
  const edits = holders.flatMap((holder) => {
    const { layout, overrides } = holder.clip;
    const next = change({ layout, overrides });
    return isSame(next, { layout, overrides }) ? [] : editsOf(holder, next);
  });
  // Even a single one goes by this name: undo shows it.
  return edits.length > 0 ? { type: 'batch', label, edits } : null;
}
