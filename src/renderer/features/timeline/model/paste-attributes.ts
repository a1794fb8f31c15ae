import {
  type AnimatedProperty,
  type Animation,
  animatedProperties,
  type Clip,
  type EditInput,
  isCut,
  type Layout,
  type LayoutPatch,
  type Ratio,
  ratios,
  type SimpleEditInput,
  type TrackTransition,
} from '#shared/model/index.ts';
import type { CopiedClip } from './clip-edits.ts';
import type { ClipItem } from './lanes.ts';
import { stepsOf } from './links.ts';
import { asEdit } from './placement.ts';
import { type LayoutShape, layoutChange, layoutOfFrame } from './ratio-layout.ts';

/** Parts of a layout that are pasted together. */
const layoutGroups = {
  place: ['fit', 'x', 'y', 'scale', 'rotationDeg'],
  opacity: ['opacity'],
  crop: ['cropLeft', 'cropTop', 'cropRight', 'cropBottom'],
  colours: ['exposure', 'contrast', 'saturation', 'temperature'],
  blur: ['blurPx'],
} as const satisfies Record<string, readonly (keyof Layout)[]>;
type LayoutGroup = keyof typeof layoutGroups;
const groups = Object.keys(layoutGroups) as LayoutGroup[];

/** What of a copied clip can be chosen to be pasted; `keyframes`: of the chosen parts of the layout. */
export const attributeKeys = [...groups, 'keyframes', 'transitions', 'audio', 'style'] as const;
export type AttributeKey = (typeof attributeKeys)[number];
/** Which properties of a copied clip others take over. */
export type Attributes = Record<AttributeKey, boolean>;

/** What is copied of a clip besides its own properties. */
export type AttributeSource = Pick<CopiedClip, 'clip' | 'into' | 'out' | 'kind'>;

const isMedia = ({ content }: Clip) => content.kind === 'media';
const hasPlace = ({ content }: Clip) => content.kind !== 'colour';
const isSeen = (item: ClipItem) => item.lane.kind === 'visual';

const animatedOf = (parts: readonly (keyof Layout)[]): AnimatedProperty[] =>
  animatedProperties.filter((property) => parts.includes(property));

/** The clip that a clip touches on its track, before or behind it. */
function neighbour({ track, clip }: ClipItem, side: 'into' | 'out'): Clip | undefined {
  return track.clips.find((other) => (side === 'into' ? isCut(other, clip) : isCut(clip, other)));
}

function transitionSteps(from: AttributeSource, item: ClipItem): SimpleEditInput[] {
  const { sequence } = item.section;
  if (!sequence || item.track.isLocked || !isSeen(item)) return [];
  const step = (found: TrackTransition | null, side: 'into' | 'out'): SimpleEditInput[] => {
    const beside = neighbour(item, side);
    if (!found || !beside) return [];
    const [first, second] = side === 'into' ? [beside, item.clip] : [item.clip, beside];
    const transition = { ...found, fromClipId: first.id, toClipId: second.id };
    return [{ type: 'transition.set', sequenceId: sequence.id, transition }];
  };
  return [...step(from.out, 'out'), ...step(from.into, 'into')];
}

/** Attributes that a copied clip has and one of the others can take. */
export function offeredAttributes(from: AttributeSource, items: readonly ClipItem[]): Attributes {
  const { clip } = from;
  const seen = from.kind === 'visual' ? items.filter(isSeen) : [];
  const isOffered = (group: LayoutGroup): boolean => {
    if (group === 'opacity') return seen.length > 0;
    if (group === 'place') return hasPlace(clip) && seen.some((item) => hasPlace(item.clip));
    return isMedia(clip) && seen.some((item) => isMedia(item.clip));
  };
  const parts = groups.filter(isOffered).flatMap((group): readonly (keyof Layout)[] => layoutGroups[group]);
  return {
    ...(Object.fromEntries(groups.map((group) => [group, isOffered(group)])) as Record<LayoutGroup, boolean>),
    keyframes: animatedOf(parts).some((property) => clip.animation[property] !== undefined),
    transitions: items.some((item) => transitionSteps(from, item).length > 0),
    audio: isMedia(clip) && items.some((item) => isMedia(item.clip)),
    style: clip.content.kind === 'text' && items.some((item) => item.clip.content.kind === 'text'),
  };
}

/** These parts of one object in place of those of another; parts that the first does not have are gone from it. */
function withParts<Whole extends object>(whole: Whole, from: Partial<Whole>, parts: readonly string[]): Whole {
  const kept = Object.entries(whole).filter(([part]) => !parts.includes(part));
  const taken = Object.entries(from).filter(([part, value]) => parts.includes(part) && value !== undefined);
  return Object.fromEntries([...kept, ...taken]) as Whole;
}

/** A layout that has taken parts over from another: of all ratios, of single ones, and keyframes. */
function pasted(shape: LayoutShape, from: LayoutShape, parts: readonly (keyof Layout)[], isMoving: boolean) {
  // Without its keyframes a copied clip looks throughout as it does in its first frame.
  const source = isMoving ? from : { ...from, layout: layoutOfFrame({ ...from, overrides: {} }, '9:16', 0) };
  const overrides = Object.fromEntries(
    ratios.flatMap((ratio): [Ratio, LayoutPatch][] => {
      const own = withParts<LayoutPatch>(shape.overrides[ratio] ?? {}, from.overrides[ratio] ?? {}, parts);
      return Object.keys(own).length > 0 ? [[ratio, own]] : [];
    }),
  );
  return {
    layout: withParts<Layout>(shape.layout, source.layout, parts),
    overrides,
    animation: withParts<Animation>(shape.animation, isMoving ? from.animation : {}, parts),
  };
}

/** Parts of the chosen groups that mean something for a clip. */
function partsFor({ clip }: ClipItem, chosen: Attributes): (keyof Layout)[] {
  return groups.flatMap((group): readonly (keyof Layout)[] => {
    const fits = group === 'opacity' || (group === 'place' ? hasPlace(clip) : isMedia(clip));
    return chosen[group] && fits ? layoutGroups[group] : [];
  });
}

/** Gives clips the chosen properties of another. */
export function pasteAttributesEdit(
  from: AttributeSource,
  items: readonly ClipItem[],
  chosen: Attributes,
): EditInput | null {
  const { clip } = from;
  const takers = items.filter((item) => item.section.sequence && !item.track.isLocked);
  const look = layoutChange(takers.filter(isSeen), 'Paste attributes', (shape, holder) => {
    const parts = 'section' in holder ? partsFor(holder, chosen) : [];
    return parts.length > 0 ? pasted(shape, clip, parts, chosen.keyframes) : shape;
  });
  const others = takers.flatMap((item): SimpleEditInput[] => {
    const { content } = item.clip;
    const patch = {
      ...(chosen.audio && content.kind === 'media' ? { audio: clip.audio } : {}),
      ...(chosen.style && content.kind === 'text' && clip.content.kind === 'text' ? { style: clip.content.style } : {}),
    };
    const { sequence } = item.section;
    if (!sequence || Object.keys(patch).length === 0) return [];
    return [{ type: 'clip.set', sequenceId: sequence.id, clipId: item.clip.id, patch }];
  });
  const transitions = chosen.transitions ? takers.flatMap((item) => transitionSteps(from, item)) : [];
  return asEdit('Paste attributes', [...(look ? stepsOf(look) : []), ...others, ...transitions]);
}
