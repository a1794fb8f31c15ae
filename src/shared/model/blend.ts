import type { Frames } from '../units/index.ts';
import { curveAt } from './animation.ts';
import { isAnimatedBetween, type MovingLayout } from './layout-at.ts';
import type { Ratio, Rect, Size } from './ratio.ts';
import type { Transition, TransitionDirection } from './transition.ts';

/** What a placed clip does in a transition: it leaves, it comes, or it is the colour of a dip. */
export type BlendRole = 'from' | 'to' | 'veil';

/** A transition that a placed clip takes part in, on the ad's clock. */
export interface Blend extends Pick<Transition, 'kind' | 'direction' | 'curve'> {
  role: BlendRole;
  startFrame: Frames;
  lengthFrames: Frames;
}

/**
 * How a layer differs at a frame from how it would lie there by itself. `shift`: even pixels that the whole frame, with
 * what is in it, is moved by. `scale`: about the frame's middle. `window`: the part of the output it is seen in.
 */
export interface Blending {
  opacity: number;
  shift: { x: number; y: number };
  scale: number;
  window: Rect | null;
}

/** A clip by itself. */
export const noBlending: Blending = { opacity: 1, shift: { x: 0, y: 0 }, scale: 1, window: null };

/** How much larger a picture gets that a zoom leaves. */
const zoomBy = 0.5;
const even = (value: number): number => Math.round(value / 2) * 2;

/** How far along the way a picture that comes still has to go, in even pixels; and which way it goes, as signs. */
function wayLeft(direction: TransitionDirection, left: number, output: Size): { x: number; y: number } {
  switch (direction) {
    case 'left':
      return { x: even(left * output.width), y: 0 };
    case 'right':
      return { x: -even(left * output.width), y: 0 };
    case 'up':
      return { x: 0, y: even(left * output.height) };
    default:
      return { x: 0, y: -even(left * output.height) };
  }
}

/** A whole frame moved aside, as far as it still lies in the output. */
function movedFrame({ x, y }: { x: number; y: number }, output: Size): Rect {
  return {
    x: Math.max(0, x),
    y: Math.max(0, y),
    width: output.width - Math.abs(x),
    height: output.height - Math.abs(y),
  };
}

function shifted(shift: { x: number; y: number }, output: Size): Blending {
  return { ...noBlending, shift, window: shift.x === 0 && shift.y === 0 ? null : movedFrame(shift, output) };
}

function come({ kind, direction }: Blend, progress: number, output: Size): Blending {
  switch (kind) {
    case 'crossfade':
    case 'zoom':
      return { ...noBlending, opacity: progress };
    case 'dip':
      return { ...noBlending, opacity: progress < 0.5 ? 0 : 1 };
    case 'wipe':
      return { ...noBlending, window: movedFrame(wayLeft(direction, 1 - progress, output), output) };
    default:
      return shifted(wayLeft(direction, 1 - progress, output), output);
  }
}

function leave({ kind, direction }: Blend, progress: number, output: Size): Blending {
  switch (kind) {
    case 'dip':
      return { ...noBlending, opacity: progress < 0.5 ? 1 : 0 };
    case 'zoom':
      return { ...noBlending, scale: 1 + zoomBy * progress };
    case 'push': {
      // Edge to edge with what comes.
      const { x, y } = wayLeft(direction, 1 - progress, output);
      const full = wayLeft(direction, 1, output);
      return shifted({ x: x - full.x, y: y - full.y }, output);
    }
    default:
      return noBlending;
  }
}

function partOf(blend: Blend, frame: Frames, output: Size): Blending | null {
  const at = frame - blend.startFrame;
  if (at < 0 || at >= blend.lengthFrames) return null;
  const progress = curveAt(blend.curve, (at + 0.5) / blend.lengthFrames);
  switch (blend.role) {
    case 'from':
      return leave(blend, progress, output);
    case 'to':
      return come(blend, progress, output);
    default:
      return { ...noBlending, opacity: 1 - Math.abs(2 * progress - 1) };
  }
}

function intersection(a: Rect | null, b: Rect | null): Rect | null {
  if (!a || !b) return a ?? b;
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y),
  };
}

/** All that a clip's transitions do to it at a frame of the ad. */
export function blendingAt(blends: readonly Blend[] | undefined, frame: Frames, output: Size): Blending {
  let all = noBlending;
  for (const blend of blends ?? []) {
    const part = partOf(blend, frame, output);
    if (!part) continue;
    all = {
      opacity: all.opacity * part.opacity,
      shift: { x: all.shift.x + part.shift.x, y: all.shift.y + part.shift.y },
      scale: all.scale * part.scale,
      window: intersection(all.window, part.window),
    };
  }
  return all;
}

/** True when a transition acts on a clip at a frame. */
export function isBlending(blends: readonly Blend[] | undefined, frame: Frames): boolean {
  return (blends ?? []).some(
    ({ startFrame, lengthFrames }) => frame >= startFrame && frame < startFrame + lengthFrames,
  );
}

/** True when what a placed clip looks like may differ between two of the ad's frames from `from` up to, not including, `to`. */
export function isChanging(
  clip: MovingLayout & { blends?: readonly Blend[] },
  from: Frames,
  to: Frames,
  ratio: Ratio,
): boolean {
  const isInTransition = clip.blends?.some(
    (blend) => blend.startFrame < to && from < blend.startFrame + blend.lengthFrames,
  );
  return isInTransition === true || isAnimatedBetween(clip, from, to, ratio);
}
