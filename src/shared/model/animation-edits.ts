import { type Frames, multiply, type Rational, rational, round } from '../units/index.ts';
import { convertKeys, type Keyframe, shiftKeys } from './animation.ts';
import { type AnimatedProperty, type Animation, animatedProperties } from './clip.ts';

/** The animation with each property's keyframes changed. */
export function mapAnimation(
  animation: Animation,
  change: (keys: Keyframe[], property: AnimatedProperty) => Keyframe[],
): Animation {
  const next: Animation = {};
  for (const property of animatedProperties) {
    const keys = animation[property];
    if (keys) next[property] = change(keys, property);
  }
  return next;
}

/** The animation of a clip that begins `frames` later (or earlier) in what it shows: every moment keeps its look. */
export function animationFrom(animation: Animation, frames: Frames): Animation {
  return frames === 0 ? animation : mapAnimation(animation, (keys) => shiftKeys(keys, -frames));
}

/** The animation of a clip that lasts `factor` times as long. */
export function animationStretched(animation: Animation, factor: Rational): Animation {
  return convertAnimation(animation, (frame) => round(multiply(rational(frame), factor)));
}

/** The animation at another frame rate. */
export function convertAnimation(animation: Animation, convert: (frame: Frames) => Frames): Animation {
  return mapAnimation(animation, (keys) => convertKeys(keys, convert));
}

/** Keyframes with one more, or another value at its frame; a new one takes over the curve it lies on. */
export function withKeyframe(keys: readonly Keyframe[], frame: Frames, value: number): Keyframe[] {
  const before = keys.findLast((key) => key.frame <= frame);
  const key: Keyframe = { frame, value, curve: before?.curve ?? 'linear' };
  return [...keys.filter((other) => other.frame !== frame), key].sort((a, b) => a.frame - b.frame);
}

/** Keyframes without the one at a frame. */
export function withoutKeyframe(keys: readonly Keyframe[], frame: Frames): Keyframe[] {
  return keys.filter((key) => key.frame !== frame);
}

/** Keyframes with the one at `frame` moved; it takes the place of one that is there. */
export function withKeyframeMoved(keys: readonly Keyframe[], frame: Frames, toFrame: Frames): Keyframe[] {
  const moved = keys.find((key) => key.frame === frame);
  if (!moved || toFrame === frame) return [...keys];
  const others = keys.filter((key) => key.frame !== frame && key.frame !== toFrame);
  return [...others, { ...moved, frame: toFrame }].sort((a, b) => a.frame - b.frame);
}
