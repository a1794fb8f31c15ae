import {
  type AnimatedProperty,
  animatedIn,
  type Curve,
  type EditInput,
  type Keyframe,
  type Ratio,
  withKeyframe,
  withKeyframeMoved,
  withoutKeyframe,
} from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { frameIn, type LayoutHolder, type LayoutShape, layoutChange, layoutOfFrame } from './ratio-layout.ts';

/** The keyframes of a value that count in a ratio. */
export function keyframesOf({ clip }: LayoutHolder, property: AnimatedProperty, ratio: Ratio): Keyframe[] {
  return animatedIn(clip, ratio).includes(property) ? (clip.animation[property] ?? []) : [];
}

/** A value with these keyframes; with none it stays what it was at `frame`. A ratio's own value gives way to them. */
function withKeys(
  shape: LayoutShape,
  property: AnimatedProperty,
  keys: Keyframe[],
  at: { ratio: Ratio; frame: Frames },
): LayoutShape {
  if (keys.length > 0) return { ...shape, animation: { ...shape.animation, [property]: keys } };
  const value = layoutOfFrame(shape, at.ratio, at.frame)[property];
  const { [property]: _, ...animation } = shape.animation;
  return { ...shape, animation, layout: { ...shape.layout, [property]: value } };
}

function withoutOwn(shape: LayoutShape, property: AnimatedProperty, ratio: Ratio): LayoutShape {
  const own = shape.overrides[ratio];
  if (own?.[property] === undefined) return shape;
  const { [property]: _, ...rest } = own;
  const { [ratio]: __, ...others } = shape.overrides;
  return { ...shape, overrides: Object.keys(rest).length > 0 ? { ...others, [ratio]: rest } : others };
}

/** Adds a keyframe of a value at the playhead, or takes the one there away: in all clips as in the first. */
export function toggleKeyframeEdit(
  holders: readonly LayoutHolder[],
  property: AnimatedProperty,
  ratio: Ratio,
  playhead: Frames,
): EditInput | null {
  const [first] = holders;
  if (!first) return null;
  const isThere = keyframesOf(first, property, ratio).some(({ frame }) => frame === frameIn(first, playhead));
  return layoutChange(holders, isThere ? 'Remove keyframe' : 'Add keyframe', (shape, holder) => {
    const frame = frameIn(holder, playhead);
    const keys = keyframesOf(holder, property, ratio);
    const value = layoutOfFrame(shape, ratio, frame)[property];
    const next = isThere ? withoutKeyframe(keys, frame) : withKeyframe(keys, frame, value);
    return withKeys(withoutOwn(shape, property, ratio), property, next, { ratio, frame });
  });
}

const placing: readonly AnimatedProperty[] = ['x', 'y', 'scale', 'rotationDeg'];

/** Keyframes of all moving values at the playhead; of place, size and turn where nothing moves yet. */
export function toggleAllEdit(holders: readonly LayoutHolder[], ratio: Ratio, playhead: Frames): EditInput | null {
  const [first] = holders;
  if (!first) return null;
  const moving = animatedIn(first.clip, ratio);
  const properties = moving.length > 0 ? moving : placing;
  const at = frameIn(first, playhead);
  const isThere = moving.some((property) => keyframesOf(first, property, ratio).some(({ frame }) => frame === at));
  return layoutChange(holders, isThere ? 'Remove keyframes' : 'Add keyframes', (shape, holder) =>
    properties.reduce((next, property) => {
      const frame = frameIn(holder, playhead);
      const keys = keyframesOf(holder, property, ratio);
      const value = layoutOfFrame(shape, ratio, frame)[property];
      const changed = isThere ? withoutKeyframe(keys, frame) : withKeyframe(keys, frame, value);
      return withKeys(withoutOwn(next, property, ratio), property, changed, { ratio, frame });
    }, shape),
  );
}

/** Changes the curve that leads on from the keyframe at or before the playhead (the first where none is before it). */
export function curveEdit(
  holders: readonly LayoutHolder[],
  property: AnimatedProperty,
  ratio: Ratio,
  playhead: Frames,
  curve: Curve,
): EditInput | null {
  return layoutChange(holders, 'Change curve', (shape, holder) => {
    const keys = keyframesOf(holder, property, ratio);
    const frame = frameIn(holder, playhead);
    const meant = keys.findLast((key) => key.frame <= frame) ?? keys[0];
    if (!meant) return shape;
    const next = keys.map((key) => (key === meant ? { ...key, curve } : key));
    return { ...shape, animation: { ...shape.animation, [property]: next } };
  });
}

/** Takes all keyframes of a value away; it stays what it is at the playhead. */
export function clearKeyframesEdit(
  holders: readonly LayoutHolder[],
  property: AnimatedProperty,
  ratio: Ratio,
  playhead: Frames,
): EditInput | null {
  return layoutChange(holders, 'Remove keyframes', (shape, holder) =>
    keyframesOf(holder, property, ratio).length === 0
      ? shape
      : withKeys(shape, property, [], { ratio, frame: frameIn(holder, playhead) }),
  );
}

/** Frames of a clip at which a value of it has a keyframe within the clip, in order. */
export function keyframeFrames({ clip, startFrame, endFrame }: LayoutHolder, ratio: Ratio): Frames[] {
  const frames = new Set(
    animatedIn(clip, ratio).flatMap((property) => (clip.animation[property] ?? []).map(({ frame }) => frame)),
  );
  return [...frames].filter((frame) => frame >= 0 && frame < endFrame - startFrame).sort((a, b) => a - b);
}

/** Moves all keyframes at a frame of a clip to another one within it. */
export function moveKeyframesEdit(
  holder: LayoutHolder,
  ratio: Ratio,
  frame: Frames,
  toFrame: Frames,
): EditInput | null {
  const last = holder.endFrame - holder.startFrame - 1;
  const to = Math.min(last, Math.max(0, toFrame));
  return layoutChange([holder], 'Move keyframe', (shape) => {
    const animation = { ...shape.animation };
    for (const property of animatedIn(holder.clip, ratio)) {
      const keys = animation[property];
      if (keys) animation[property] = withKeyframeMoved(keys, frame, to);
    }
    return { ...shape, animation };
  });
}

/** Where a slow move over a picture goes. */
export type PanKind = 'in' | 'out' | 'left' | 'right';

/** How much larger a picture is that a pan goes over, and how far it goes, in frame widths. */
const panScale = 1.15;
const panWay = 0.06;

/** A slow move over the whole length of clips, as keyframes; it takes the place of those of size and place. */
export function panEdit(holders: readonly LayoutHolder[], ratio: Ratio, kind: PanKind): EditInput | null {
  return layoutChange(holders, 'Slow move', (shape, holder) => {
    const last = Math.max(1, holder.endFrame - holder.startFrame - 1);
    const { scale, x } = shape.layout;
    const keys = (from: number, to: number): Keyframe[] => [
      { frame: 0, value: from, curve: 'linear' },
      { frame: last, value: to, curve: 'linear' },
    ];
    const large = Math.min(20, scale * panScale);
    const { scale: _, x: __, ...others } = shape.animation;
    const way = panWay * scale;
    const moves = {
      in: { scale: keys(scale, large) },
      out: { scale: keys(large, scale) },
      left: { scale: keys(large, large), x: keys(x + way, x - way) },
      right: { scale: keys(large, large), x: keys(x - way, x + way) },
    } satisfies Record<PanKind, unknown>;
    const free = withoutOwn(withoutOwn(shape, 'scale', ratio), 'x', ratio);
    return { ...free, animation: { ...others, ...moves[kind] } };
  });
}
