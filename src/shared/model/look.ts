import type { Layout } from './clip.ts';
import type { Size } from './ratio.ts';

/** A sample of limited-range bt709 becomes (value · gain + offset) >> 16, kept between `low` and `high`. */
export interface SampleStep {
  gain: number;
  offset: number;
  low: number;
  high: number;
}

/** What is done to the samples of a picture, plane by plane. */
export interface ColourLook {
  y: SampleStep;
  u: SampleStep;
  v: SampleStep;
}

/** How a picture's samples are changed once it is upright and of the size it is drawn in. */
export interface PictureLook {
  /** Null = as they are. */
  colour: ColourLook | null;
  /** Radius of the box in pixels of the size drawn (half of it for colour planes); 0 = sharp. */
  blurRadius: number;
}

/** How often the box of a blur is applied: twice is close to a Gaussian. */
export const blurPasses = 2;

/** Wider boxes take the preview too long. */
const largestRadius = 160;
/** How far the warmest temperature moves the colour planes. */
const warmestShift = 22;
/** Half way from black to white. */
const middle = 109.5;
const one = 65536;

function step(gain: number, offset: number, low: number, high: number): SampleStep {
  // Half is added, so that cutting off rounds.
  return { gain: Math.round(gain * one), offset: Math.round(offset * one) + one / 2, low, high };
}

type ColourLayout = Pick<Layout, 'exposure' | 'contrast' | 'saturation' | 'temperature'>;

/** The samples' change that a layout asks for; null when there is none. */
export function colourLook({ exposure, contrast, saturation, temperature }: ColourLayout): ColourLook | null {
  if (exposure === 0 && contrast === 0 && saturation === 1 && temperature === 0) return null;
  // A doubling of light is this much in samples, which follow the eye; colours gain with the light.
  const light = 2 ** (exposure / 2.2);
  const steep = 1 + contrast;
  // Light counts from black (16), contrast about the middle between black and white.
  const luma = step(light * steep, 16 + middle * (1 - steep) - 16 * light * steep, 16, 235);
  const colour = light * steep * saturation;
  const warm = temperature * warmestShift;
  return {
    y: luma,
    u: step(colour, 128 - 128 * colour - warm, 16, 240),
    v: step(colour, 128 - 128 * colour + warm, 16, 240),
  };
}

/** The look of a layout for a picture drawn at this size; `pixelScale` leads from the layout's pixels to those. */
export function lookOf(
  layout: ColourLayout & Pick<Layout, 'blurPx'>,
  pixelScale: number,
  drawn: Size,
): PictureLook | null {
  const colour = colourLook(layout);
  const most = Math.max(0, Math.floor(Math.min(drawn.width, drawn.height) / 4) - 1);
  const blurRadius = Math.min(most, largestRadius, Math.round(layout.blurPx * pixelScale));
  return colour === null && blurRadius === 0 ? null : { colour, blurRadius };
}

/** Radius of the box in the colour planes, which have half the size. */
export function colourBlurRadius(radius: number): number {
  return Math.round(radius / 2);
}

/**
 * The same change of colours for red, green, blue and opacity of 0 to 1: rows of an SVG `feColorMatrix` (4 × 5), for what
 * is drawn while it plays. `steps` are linear in every plane, so nothing but rounding and limits is lost.
 */
export function lookMatrix({ y, u, v }: ColourLook): number[] {
  const light = y.gain / one;
  const colour = u.gain / one;
  const shift = (step: SampleStep, zero: number, span: number) =>
    ((step.offset - one / 2) / one + (zero * step.gain) / one - zero) / span;
  const lift = shift(y, 16, 219);
  const blue = shift(u, 128, 224);
  const red = shift(v, 128, 224);
  const parts = [0.2126, 0.7152, 0.0722];
  const lifts = [lift + 1.5748 * red, lift - 0.187324 * blue - 0.468124 * red, lift + 1.8556 * blue];
  const rows = lifts.map((constant, row) => [
    ...parts.map((part, column) => (light - colour) * part + (row === column ? colour : 0)),
    0,
    constant,
  ]);
  return [...rows.flat(), 0, 0, 0, 1, 0];
}
