import { bezierOf, type Curve, curveAt } from '#shared/model/index.ts';

/** The two handles of a curve: CSS's `cubic-bezier(x1, y1, x2, y2)`. */
export type Bezier = Exclude<Curve, string>;
/** A handle: of the keyframe it starts from, or of the one it leads to. */
export type HandleIndex = 0 | 1;

/** Curves to choose from, in the order they are offered. */
export const curvePresets = [
  { label: 'Linear', curve: 'linear' },
  { label: 'Ease in', curve: 'ease-in' },
  { label: 'Ease out', curve: 'ease-out' },
  { label: 'Ease in and out', curve: 'ease-in-out' },
  { label: 'Hold', curve: 'hold' },
  { label: 'Quick start', curve: [0.16, 1, 0.3, 1] },
  { label: 'Overshoot', curve: [0.34, 1.56, 0.64, 1] },
  { label: 'Swing back first', curve: [0.36, 0, 0.66, -0.56] },
] as const satisfies readonly { label: string; curve: Readonly<Curve> }[];

/** True for curves that say the same. */
export function isSameCurve(a: Readonly<Curve>, b: Readonly<Curve>): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** "Ease out"; "Bezier" for one that has no name. */
export function curveName(curve: Curve): string {
  return curvePresets.find((preset) => isSameCurve(preset.curve, curve))?.label ?? 'Bezier';
}

const hundredth = (value: number) => Math.round(value * 100) / 100;
const between = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));

/** A curve with one handle elsewhere, as far as handles may go; a curve without handles gets those of a straight line. */
export function withHandle(curve: Curve, handle: HandleIndex, x: number, y: number): Bezier {
  const [x1, y1, x2, y2] = (bezierOf(curve) ?? bezierOf('linear') ?? [0, 0, 1, 1]).map(hundredth);
  const moved = [between(hundredth(x), 0, 1), between(hundredth(y), -4, 4)] as const;
  const kept = [x1 ?? 0, y1 ?? 0, x2 ?? 1, y2 ?? 1] as const;
  return handle === 0 ? [...moved, kept[2], kept[3]] : [kept[0], kept[1], ...moved];
}

/** Part of the values that a graph shows: from start to end, and what a curve or its handles reach beyond. */
export function valueRange(curve: Curve): { low: number; high: number } {
  const [, y1 = 0, , y2 = 1] = bezierOf(curve) ?? [];
  const values = Array.from({ length: 33 }, (_, n) => curveAt(curve, n / 32));
  // In steps, so that the graph does not breathe with every pixel of a drag.
  const step = (value: number, round: (value: number) => number) => round(value * 2) / 2;
  return {
    low: step(Math.min(0, y1, y2, ...values), Math.floor),
    high: step(Math.max(1, y1, y2, ...values), Math.ceil),
  };
}

/** A curve as an SVG path, `place` leading from time and value (0 to 1) to the picture. */
export function curvePath(curve: Readonly<Curve>, place: (x: number, y: number) => readonly [number, number]): string {
  const at = (x: number, y: number) => place(x, y).map(hundredth).join(' ');
  if (curve === 'hold') return `M${at(0, 0)}L${at(1, 0)}L${at(1, 1)}`;
  const [x1, y1, x2, y2] = bezierOf(curve) ?? [0, 0, 1, 1];
  return `M${at(0, 0)}C${at(x1, y1)} ${at(x2, y2)} ${at(1, 1)}`;
}
