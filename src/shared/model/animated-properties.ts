import { z } from 'zod';
import { type Keyframe, keyframesSchema } from './animation.ts';

/** Properties of layout that may have keyframes, with what their values may be. */
export const animatedLimits = {
  x: [-2, 2],
  y: [-2, 2],
  scale: [0.01, 20],
  rotationDeg: [-3600, 3600],
  opacity: [0, 1],
  cropLeft: [0, 0.95],
  cropTop: [0, 0.95],
  cropRight: [0, 0.95],
  cropBottom: [0, 0.95],
  exposure: [-3, 3],
  contrast: [-1, 1],
  saturation: [0, 3],
  temperature: [-1, 1],
  blurPx: [0, 200],
} as const satisfies Record<string, readonly [number, number]>;

/** A property of layout that may have keyframes. */
export type AnimatedProperty = keyof typeof animatedLimits;
/** All of them, in the order in which they are written. */
export const animatedProperties = Object.keys(animatedLimits) as readonly AnimatedProperty[];

function keysOf(property: AnimatedProperty) {
  const [min, max] = animatedLimits[property];
  return keyframesSchema(min, max).optional();
}

/**
 * Keyframes by property. A property that has some takes its value from them, whatever the layout says; a value that one
 * ratio has of its own stands in their place there.
 */
export const animationSchema = z.object({
  x: keysOf('x'),
  y: keysOf('y'),
  scale: keysOf('scale'),
  rotationDeg: keysOf('rotationDeg'),
  opacity: keysOf('opacity'),
  cropLeft: keysOf('cropLeft'),
  cropTop: keysOf('cropTop'),
  cropRight: keysOf('cropRight'),
  cropBottom: keysOf('cropBottom'),
  exposure: keysOf('exposure'),
  contrast: keysOf('contrast'),
  saturation: keysOf('saturation'),
  temperature: keysOf('temperature'),
  blurPx: keysOf('blurPx'),
} satisfies Record<AnimatedProperty, z.ZodType>);
export type Animation = Partial<Record<AnimatedProperty, Keyframe[]>>;

const changeOf = (property: AnimatedProperty) => keysOf(property).unwrap().nullable().optional();

/** Keyframes of some properties; null = none any more. */
export const animationPatchSchema = z.object({
  x: changeOf('x'),
  y: changeOf('y'),
  scale: changeOf('scale'),
  rotationDeg: changeOf('rotationDeg'),
  opacity: changeOf('opacity'),
  cropLeft: changeOf('cropLeft'),
  cropTop: changeOf('cropTop'),
  cropRight: changeOf('cropRight'),
  cropBottom: changeOf('cropBottom'),
  exposure: changeOf('exposure'),
  contrast: changeOf('contrast'),
  saturation: changeOf('saturation'),
  temperature: changeOf('temperature'),
  blurPx: changeOf('blurPx'),
} satisfies Record<AnimatedProperty, z.ZodType>);
export type AnimationPatch = z.infer<typeof animationPatchSchema>;
