import {
  type AnimationPatch,
  animatedProperties,
  type Clip,
  type EditInput,
  ratios,
  type SimpleEditInput,
} from '#shared/model/index.ts';
import type { ClipItem } from './lanes.ts';
import { asEdit } from './placement.ts';

/** Which properties of a copied clip others take over. */
export interface Attributes {
  /** Place, size, opacity, colours, crop, with keyframes and what differs in single formats. */
  layout: boolean;
  /** Gain, fades, mute. */
  audio: boolean;
  /** Look of text. */
  style: boolean;
}

/** Attributes that a copied clip has and one of the others can take. */
export function offeredAttributes(from: Clip, items: readonly ClipItem[]): Attributes {
  const isSeen = from.content.kind !== 'media' || items.some((item) => item.lane.kind === 'visual');
  return {
    layout: isSeen && items.some((item) => item.lane.kind === 'visual'),
    audio: from.content.kind === 'media' && items.some((item) => item.clip.content.kind === 'media'),
    style: from.content.kind === 'text' && items.some((item) => item.clip.content.kind === 'text'),
  };
}

/** All of a clip's keyframes, so that no others are left where it is put. */
function animationOf(clip: Clip): AnimationPatch {
  const changes: AnimationPatch = {};
  for (const property of animatedProperties) changes[property] = clip.animation[property] ?? null;
  return changes;
}

/** Gives clips the chosen properties of another. */
export function pasteAttributesEdit(from: Clip, items: readonly ClipItem[], chosen: Attributes): EditInput | null {
  const edits = items.flatMap((item): SimpleEditInput[] => {
    const { sequence } = item.section;
    if (!sequence || item.track.isLocked) return [];
    const place = { sequenceId: sequence.id, clipId: item.clip.id };
    const takesLayout = chosen.layout && item.lane.kind === 'visual';
    const takesAudio = chosen.audio && item.clip.content.kind === 'media';
    const style =
      chosen.style && item.clip.content.kind === 'text' && from.content.kind === 'text' ? from.content.style : null;
    const patch = {
      ...(takesLayout ? { layout: from.layout } : {}),
      ...(takesAudio ? { audio: from.audio } : {}),
      ...(style ? { style } : {}),
    };
    const overrides = takesLayout
      ? ratios.flatMap((ratio): SimpleEditInput[] => {
          const override = from.overrides[ratio];
          const clear: SimpleEditInput = { type: 'clip.setOverride', ...place, ratio, patch: null };
          return [...(item.clip.overrides[ratio] ? [clear] : []), ...(override ? [{ ...clear, patch: override }] : [])];
        })
      : [];
    const isMoving = [from, item.clip].some(({ animation }) => Object.keys(animation).length > 0);
    const animation: SimpleEditInput[] =
      takesLayout && isMoving ? [{ type: 'clip.animate', ...place, changes: animationOf(from) }] : [];
    const set: SimpleEditInput[] = Object.keys(patch).length > 0 ? [{ type: 'clip.set', ...place, patch }] : [];
    return [...set, ...overrides, ...animation];
  });
  return asEdit('Paste attributes', edits);
}
