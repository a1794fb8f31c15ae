import { chosenOption, type Project, type Release, resolveAnchor, type Variant } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';

/** The frame a person chose as the variant's cover; null when nobody did. */
export function chosenCoverFrame(
  project: Project,
  variant: Variant,
  sections: Release['sections'],
  frameCount: number,
): Frames | null {
  for (const slot of project.globals) {
    const content = chosenOption(slot, variant)?.content;
    if (content?.kind !== 'cover') continue;
    const frame = resolveAnchor(content.at, sections, frameCount);
    return Math.min(Math.max(0, frame), frameCount - 1);
  }
  return null;
}

/** Small grey pictures of consecutive frames, one byte per pixel, one after another. */
export interface GreyFrames {
  pixels: Uint8Array;
  width: number;
  height: number;
}

/** Mean brightness at which a picture counts in full; outside it fades to nothing at `darkest` and `brightest`. */
const lit = { darkest: 20, from: 70, to: 190, brightest: 250 };
/** Difference to a neighbouring frame that halves what a picture is worth: movement blurs, and transitions mix. */
const halvingDifference = 6;

function litness(mean: number): number {
  const rise = (mean - lit.darkest) / (lit.from - lit.darkest);
  const fall = (lit.brightest - mean) / (lit.brightest - lit.to);
  return Math.max(0, Math.min(1, rise, fall));
}

/** Mean, and mean strength of edges (Laplacian), of one picture. */
function measure(pixels: Uint8Array, from: number, width: number, height: number): { mean: number; edges: number } {
  let sum = 0;
  let edges = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = from + y * width + x;
      const here = pixels[at] ?? 0;
      sum += here;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) continue;
      const around =
        (pixels[at - 1] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at - width] ?? 0) + (pixels[at + width] ?? 0);
      edges += Math.abs(4 * here - around);
    }
  }
  return { mean: sum / (width * height), edges: edges / (width * height) };
}

function difference(pixels: Uint8Array, one: number, other: number, size: number): number {
  let sum = 0;
  for (let at = 0; at < size; at += 1) sum += Math.abs((pixels[one + at] ?? 0) - (pixels[other + at] ?? 0));
  return sum / size;
}

/**
 * The frame that makes the best cover: sharp, well lit, and still, so neither in a transition nor in fast movement. The
 * first of equals; 0 when there are no frames. The same pictures always give the same answer.
 */
export function suggestCoverFrame({ pixels, width, height }: GreyFrames): Frames {
  const size = width * height;
  const count = size === 0 ? 0 : Math.floor(pixels.length / size);
  const steps = Array.from({ length: Math.max(0, count - 1) }, (_, n) =>
    difference(pixels, n * size, (n + 1) * size, size),
  );
  let best = 0;
  let bestScore = -1;
  for (let n = 0; n < count; n += 1) {
    const { mean, edges } = measure(pixels, n * size, width, height);
    const moved = Math.max(steps[n - 1] ?? 0, steps[n] ?? 0);
    const score = (edges * litness(mean)) / (1 + moved / halvingDifference);
    if (score <= bestScore * 1.001) continue;
    best = n;
    bestScore = score;
  }
  return best;
}
