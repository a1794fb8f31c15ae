import type { Size } from './ratio.ts';

/** How the blurred copy behind a `blur-fill` picture is made: scaled down, box-blurred, scaled up again. */
export interface BackdropBlur {
  /** Size at which it is blurred. */
  small: Size;
  /** Radius of the box in pixels of `small`; a box is 2 · radius + 1 wide. */
  radiusPx: number;
  /** How often the box is applied; twice is close to a Gaussian. */
  passes: number;
}

/** Short side at which a backdrop is blurred: nothing finer than the blur survives anyway. */
const smallShortSide = 120;

/** The blur for an output; the same look at every output size. */
export function backdropBlur(output: Size): BackdropBlur {
  const factor = Math.min(1, smallShortSide / Math.min(output.width, output.height));
  const even = (value: number) => Math.max(16, Math.round((value * factor) / 2) * 2);
  return { small: { width: even(output.width), height: even(output.height) }, radiusPx: 4, passes: 2 };
}
