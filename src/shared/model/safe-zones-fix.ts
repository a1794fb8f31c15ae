import type { LayoutPatch } from './clip.ts';
import { layoutIn } from './layers.ts';
import { isFreelyAnimated } from './layout-at.ts';
import type { PlacedClip } from './placed.ts';
import type { Ratio } from './ratio.ts';
import { safeInAll, safeZonesFor } from './safe-zones.ts';
import { type Area, isWithin, reachBeyond, sharedArea, wholeFrame } from './safe-zones-area.ts';
import { boxAt, type LintInput } from './safe-zones-lint.ts';

/** Sizes that are tried, as parts of the size now. */
const smallestScale = 0.25;
const scaleStep = 0.98;

/** Where an area belongs; the frame itself where no placement is asked for. */
export function safeBoxFor({ placements, ratio }: Pick<LintInput, 'placements' | 'ratio'>): Area {
  return safeInAll(safeZonesFor(placements, ratio)) ?? wholeFrame;
}

/** Kept between things that would otherwise lie on one another, in parts of the frame's height. */
const gap = 0.006;

/** A way across the frame, in parts of its width and height. */
interface Way {
  x: number;
  y: number;
}

/** The shortest way into a box; null when the area is larger than the box. */
function wayInto(area: Area, box: Area): Way | null {
  if (area.width > box.width || area.height > box.height) return null;
  const { top, right, bottom, left } = reachBeyond(area, box);
  return { x: left - right, y: top - bottom };
}

/** The way, or the nearest one above or below what is there already; the way itself where there is no room. */
function wayBeside(area: Area, way: Way, box: Area, others: readonly Area[]): Way {
  const isFree = ({ x, y }: Way) => {
    const there = { ...area, x: area.x + x, y: area.y + y };
    return (
      isWithin(there, { ...box, y: box.y - gap / 4, height: box.height + gap / 2 }) &&
      !others.some((other) => sharedArea(other, there))
    );
  };
  const beside = others.flatMap(({ y, height }) => [y - gap - area.height - area.y, y + height + gap - area.y]);
  const free = [way.y, ...beside].map((y) => ({ x: way.x, y })).filter(isFree);
  return free.toSorted((a, b) => Math.abs(a.y) - Math.abs(b.y))[0] ?? way;
}

/**
 * The layout that brings a clip into the box that is safe in all placements asked for, in the input's ratio: moved the
 * shortest way that leads beside what is in `others`, and made smaller only where it does not fit. Null when it is there already, or cannot be brought there.
 * Only for clips whose place in the frame is their own, not that of a sequence around them.
 */
export function layoutInSafeZone(clip: PlacedClip, input: LintInput, others: readonly Area[] = []): LayoutPatch | null {
  const target = safeBoxFor(input);
  const layout = layoutIn(clip, input.ratio);
  const frame = clip.startFrame;
  // Its keyframes say where it is: another place would take them away.
  if (isFreelyAnimated(clip, input.ratio)) return null;
  for (let part = 1; part >= smallestScale; part *= scaleStep) {
    const scale = part === 1 ? layout.scale : Math.round(layout.scale * part * 1000) / 1000;
    const sized = withLayout(clip, input.ratio, { scale });
    const area = boxAt(sized, frame, input);
    if (!area) return null;
    const shortest = wayInto(area, target);
    if (!shortest) continue;
    if (shortest.x === 0 && shortest.y === 0 && part === 1) return null;
    const way = wayBeside(area, shortest, target, others);
    const patch = { x: away(layout.x + way.x, way.x), y: away(layout.y + way.y, way.y) };
    const moved = boxAt(withLayout(clip, input.ratio, { ...patch, scale }), frame, input);
    // Pictures land on even pixels: another step smaller makes room for that.
    if (!moved || !isWithin(moved, target)) continue;
    return part === 1 ? patch : { ...patch, scale };
  }
  return null;
}

/** Rounded to four digits, further the way it goes. */
function away(value: number, way: number): number {
  if (way === 0) return value;
  const step = 10_000;
  // One more step of 0.1 ‰ clears the rounding of pictures to even pixels at 1080 in most cases.
  return way > 0 ? Math.ceil(value * step + 10) / step : Math.floor(value * step - 10) / step;
}

function withLayout(clip: PlacedClip, ratio: Ratio, patch: LayoutPatch): PlacedClip {
  return { ...clip, overrides: { ...clip.overrides, [ratio]: { ...clip.overrides[ratio], ...patch } } };
}
