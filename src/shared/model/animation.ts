import { z } from 'zod';
import type { Frames } from '../units/index.ts';

/** Latest frame (either way) a keyframe may stand at: a day at 120 frames per second. */
const farthestFrame = 24 * 60 * 60 * 120;
/** Most keyframes of one property. */
export const maxKeyframes = 500;

const unit = z.number().min(0).max(1);
const reach = z.number().min(-4).max(4);

/**
 * How a value goes from one keyframe to the next. `hold` stays and jumps at the next one; a bezier is CSS's
 * `cubic-bezier(x1, y1, x2, y2)`: time across, value up, both 0 to 1 between the two keyframes.
 */
export const curveSchema = z.union([
  z.enum(['linear', 'hold', 'ease-in', 'ease-out', 'ease-in-out']),
  z.tuple([unit, reach, unit, reach]),
]);
export type Curve = z.infer<typeof curveSchema>;
/** Curves that have a name. */
export type NamedCurve = Extract<Curve, string>;

/** A value at a frame, counted from the clip's first frame; the curve leads from here to the next keyframe. */
export const keyframeSchema = z.object({
  /** May lie before the clip's start or behind its end: trimming and splitting keep what was there. */
  frame: z.int().min(-farthestFrame).max(farthestFrame),
  value: z.number(),
  curve: curveSchema.default('linear'),
});
export type Keyframe = z.infer<typeof keyframeSchema>;

/** Keyframes of one property whose values lie within limits; by frame, no frame twice. */
export function keyframesSchema(min: number, max: number): z.ZodType<Keyframe[]> {
  return z
    .array(keyframeSchema.extend({ value: z.number().min(min).max(max) }))
    .min(1)
    .max(maxKeyframes)
    .refine(
      (keys) => keys.every((key, at) => at === 0 || key.frame > (keys[at - 1]?.frame ?? 0)),
      'keyframes stand in the order of their frames, each at a frame of its own',
    ) as z.ZodType<Keyframe[]>;
}

const namedBeziers = {
  'ease-in': [0.42, 0, 1, 1],
  'ease-out': [0, 0, 0.58, 1],
  'ease-in-out': [0.42, 0, 0.58, 1],
} as const;

/** One coordinate of a cubic Bézier from 0 to 1 with these two inner points. */
function bezierAt(first: number, second: number, t: number): number {
  const s = 1 - t;
  return 3 * s * s * t * first + 3 * s * t * t * second + t * t * t;
}

/** The parameter at which the curve's time is `x`, by halving: the same on every machine. */
function parameterAt(x1: number, x2: number, x: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 48; step += 1) {
    const middle = (low + high) / 2;
    if (bezierAt(x1, x2, middle) < x) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** A curve's inner points, as CSS's `cubic-bezier` has them; null for one that holds. */
export function bezierOf(curve: Readonly<Curve>): Exclude<Curve, string> | null {
  if (typeof curve !== 'string') return [...curve];
  if (curve === 'hold') return null;
  return curve === 'linear' ? [1 / 3, 1 / 3, 2 / 3, 2 / 3] : [...namedBeziers[curve]];
}

/** How much of the way from one value to the next is done when `part` (0 to 1) of the time is over. */
export function curveAt(curve: Curve, part: number): number {
  if (part <= 0 || curve === 'hold') return 0;
  if (part >= 1) return 1;
  if (curve === 'linear') return part;
  const [x1, y1, x2, y2] = typeof curve === 'string' ? namedBeziers[curve] : curve;
  return bezierAt(y1, y2, parameterAt(x1, x2, part));
}

/** Place of the last keyframe at or before a frame; -1 before the first. */
function indexBefore(keys: readonly Keyframe[], frame: Frames): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle]?.frame ?? 0) <= frame) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The value at a frame of the clip; before the first keyframe the first value holds, after the last the last. */
export function valueAt(keys: readonly Keyframe[], frame: Frames): number {
  const at = indexBefore(keys, frame);
  const before = keys[Math.max(0, at)];
  const after = keys[at + 1];
  if (!before) throw new RangeError('an animated property has at least one keyframe');
  if (at < 0 || !after || before.frame === frame) return before.value;
  const part = (frame - before.frame) / (after.frame - before.frame);
  return before.value + (after.value - before.value) * curveAt(before.curve, part);
}

/** True when the value may differ between two of the frames from `from` up to, not including, `to` (frames of the clip). */
export function isMoving(keys: readonly Keyframe[], from: Frames, to: Frames): boolean {
  if (to - from < 2) return false;
  const first = Math.max(0, indexBefore(keys, from));
  const last = Math.max(0, indexBefore(keys, to - 1));
  const value = keys[first]?.value;
  for (let at = first; at < last; at += 1) if (keys[at + 1]?.value !== value) return true;
  const key = keys[last];
  const next = keys[last + 1];
  return Boolean(key && next && key.frame < to - 1 && key.curve !== 'hold' && leavesValue(key, next));
}

/** A curve between equal values stays: all of them interpolate between the two. */
function leavesValue(key: Keyframe, next: Keyframe): boolean {
  return key.value !== next.value;
}

/** Keyframes `frames` later: what a trimmed start, a split or a slip makes of them (negative numbers: earlier). */
export function shiftKeys(keys: readonly Keyframe[], frames: Frames): Keyframe[] {
  return frames === 0 ? [...keys] : keys.map((key) => ({ ...key, frame: key.frame + frames }));
}

/** Keyframes at other frames, as `convert` has it; of those that meet at one frame, the later stays. */
export function convertKeys(keys: readonly Keyframe[], convert: (frame: Frames) => Frames): Keyframe[] {
  const byFrame = new Map<Frames, Keyframe>();
  for (const key of keys) {
    const frame = convert(key.frame);
    byFrame.set(frame, { ...key, frame });
  }
  return [...byFrame.values()].sort((a, b) => a.frame - b.frame);
}
