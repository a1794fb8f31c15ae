import type { Frames } from '../units/index.ts';
import { type AnimatedProperty, type Animation, animatedLimits, animatedProperties } from './animated-properties.ts';
import { isMoving, valueAt } from './animation.ts';
import type { Layout, LayoutPatch } from './clip.ts';
import { fullSizes, type Ratio } from './ratio.ts';

/** A layout that may move: `originFrame` is the ad's frame that its keyframes count from. */
export interface Mover {
  layout: Layout;
  overrides: Partial<Record<Ratio, LayoutPatch>>;
  animation: Animation;
  originFrame: Frames;
}

/** A layout with those of the clips around it that act on it frame by frame, innermost first. */
export interface MovingLayout extends Mover {
  movers: readonly Mover[];
}

/** Where something may lie: a curve that shoots beyond its keyframes takes it as far as it goes. */
const boundless: readonly AnimatedProperty[] = ['x', 'y', 'rotationDeg'];

/** Curves may shoot beyond their keyframes; what has no meaning there stops at the limit. */
function limited(property: AnimatedProperty, value: number): number {
  if (boundless.includes(property)) return value;
  const [min, max] = animatedLimits[property];
  const within = Math.min(max, Math.max(min, value));
  // Both renderers multiply by it: few digits, so that they agree on what it is.
  return property === 'opacity' ? Math.round(within * 10_000) / 10_000 : within;
}

/** The properties with keyframes that count in a ratio: a value of the ratio's own stands in their place. */
export function animatedIn({ animation, overrides }: Pick<Mover, 'animation' | 'overrides'>, ratio: Ratio) {
  return animatedProperties.filter(
    (property) => animation[property] !== undefined && overrides[ratio]?.[property] === undefined,
  );
}

function ownLayoutAt(mover: Mover, frame: Frames, ratio: Ratio): Layout {
  const layout = { ...mover.layout, ...mover.overrides[ratio] };
  for (const property of animatedIn(mover, ratio)) {
    const keys = mover.animation[property];
    if (keys) layout[property] = limited(property, valueAt(keys, frame - mover.originFrame));
  }
  return layout;
}

const turn = (degrees: number) => ({
  cos: Math.cos((degrees * Math.PI) / 180),
  sin: Math.sin((degrees * Math.PI) / 180),
});

/** A layout inside another one, which moves, turns, scales and fades the whole inner frame about its centre. */
export function composeLayout(outer: Layout, inner: Layout, ratio: Ratio): Layout {
  const { width, height } = fullSizes[ratio];
  const across = inner.x * outer.scale;
  const down = inner.y * outer.scale;
  const { cos, sin } = turn(outer.rotationDeg);
  const isTurned = outer.rotationDeg !== 0;
  return {
    ...inner,
    x: outer.x + (isTurned ? across * cos - (down * sin * height) / width : across),
    y: outer.y + (isTurned ? (across * sin * width) / height + down * cos : down),
    scale: outer.scale * inner.scale,
    rotationDeg: outer.rotationDeg + inner.rotationDeg,
    opacity: outer.opacity * inner.opacity,
  };
}

/** The layout in force at a frame of the ad, in a ratio. */
export function layoutAt(clip: MovingLayout, frame: Frames, ratio: Ratio): Layout {
  const own = ownLayoutAt(clip, frame, ratio);
  return clip.movers.reduce((inner, mover) => composeLayout(ownLayoutAt(mover, frame, ratio), inner, ratio), own);
}

const placing: readonly AnimatedProperty[] = ['x', 'y', 'scale', 'rotationDeg'];
const cropping: readonly AnimatedProperty[] = ['cropLeft', 'cropTop', 'cropRight', 'cropBottom'];
/** Keyframes of these place a clip freely in all of its frames, too: cropping and blurring want all of a picture. */
const freeing: readonly AnimatedProperty[] = [...placing, ...cropping, 'blurPx'];

/**
 * True when a clip is placed between pixels and turned: it moves, grows or turns at some time, lies turned, is cropped or
 * blurred. It is so in all of its frames, lest it jump by a pixel where the movement ends.
 */
export function isFreelyPlaced(clip: MovingLayout, ratio: Ratio): boolean {
  return [clip, ...clip.movers].some(
    (mover) =>
      animatedIn(mover, ratio).some((property) => freeing.includes(property)) ||
      (mover.overrides[ratio]?.rotationDeg ?? mover.layout.rotationDeg) % 360 !== 0 ||
      isTakenWhole({ ...mover.layout, ...mover.overrides[ratio] }),
  );
}

/** Cropping and blurring want all of a picture, not only what of it lies in the frame. */
const isTakenWhole = ({ cropLeft, cropTop, cropRight, cropBottom, blurPx }: Layout): boolean =>
  cropLeft + cropTop + cropRight + cropBottom + blurPx > 0;

/** True when keyframes say where a clip is, how large or how turned. */
export function isFreelyAnimated(clip: MovingLayout, ratio: Ratio): boolean {
  return [clip, ...clip.movers].some((mover) =>
    animatedIn(mover, ratio).some((property) => placing.includes(property)),
  );
}

/** True when a clip's layout may differ between two of the ad's frames from `from` up to, not including, `to`. */
export function isAnimatedBetween(clip: MovingLayout, from: Frames, to: Frames, ratio: Ratio): boolean {
  return [clip, ...clip.movers].some((mover) =>
    animatedIn(mover, ratio).some((property) => {
      const keys = mover.animation[property];
      return keys !== undefined && isMoving(keys, from - mover.originFrame, to - mover.originFrame);
    }),
  );
}
