import {
  backdropBlur,
  blurPasses,
  type ColourFacts,
  colourBlurRadius,
  type PictureLook,
  pictureDrawing,
  type Rect,
  type SampleStep,
  type Size,
  smallBackdropRect,
} from '#shared/model/index.ts';
import type { PictureFacts } from '../sources/sources.ts';
import { scaleFlags } from './encoder-args.ts';

/** A drawn picture: the filters that make it and where it goes. */
export interface DrawnPicture {
  filters: string;
  x: number;
  y: number;
  width: number;
  height: number;
  isBlended: boolean;
}

/** Mirrors first, then turns clockwise. */
export function turnFilters(facts: Pick<PictureFacts, 'rotationDeg' | 'isMirrored'>): string[] {
  const turns = { 0: [], 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] } as const;
  return [...(facts.isMirrored ? ['hflip'] : []), ...turns[facts.rotationDeg]];
}

/** ffmpeg's `colormatrix` names; null when the samples already mean bt709. */
function matrixName(matrix: string): string | null {
  switch (matrix) {
    case 'smpte170m':
    case 'bt470bg':
    case 'bt601':
      return 'bt601';
    case 'fcc':
      return 'fcc';
    case 'smpte240m':
      return 'smpte240m';
    case 'bt2020nc':
    case 'bt2020c':
    case 'bt2020':
      return 'bt2020';
    default:
      return null;
  }
}

/** PQ and HLG to bt709 by way of linear light, as the proxies do it. */
export const toneMapFilters: readonly string[] = [
  'zscale=t=linear:npl=100',
  'format=gbrpf32le',
  'zscale=p=bt709',
  'tonemap=tonemap=hable:desat=0',
  'zscale=t=bt709:m=bt709:r=tv',
];

/** A whole-number step as an expression of `lutyuv`; what is left over is cut off, as everywhere. */
function stepText({ gain, offset, low, high }: SampleStep): string {
  return `'min(max(floor((val*${gain}+${offset})/65536),${low}),${high})'`;
}

/** Colours, then blur. */
export function lookFilters(look: PictureLook | null): string[] {
  if (!look) return [];
  const { colour, blurRadius } = look;
  return [
    ...(colour ? [`lutyuv=y=${stepText(colour.y)}:u=${stepText(colour.u)}:v=${stepText(colour.v)}`] : []),
    ...(blurRadius > 0 ? [`boxblur=${blurRadius}:${blurPasses}:${colourBlurRadius(blurRadius)}:${blurPasses}`] : []),
  ];
}

/** Scales and turns the samples into bt709 limited range, 8 bit, 4:2:0. */
export function scaleToVideo(size: Size, facts: PictureFacts, isBlended: boolean): string[] {
  const { colour } = facts;
  const format = isBlended ? 'yuva420p' : 'yuv420p';
  const scale = `scale=${size.width}:${size.height}:flags=${scaleFlags}`;
  if (colour.hdr !== 'none') return [...hdrInput(colour), scale, ...toneMapFilters, `format=${format}`];
  if (facts.isRgb) return [`${scale}:out_color_matrix=bt709:out_range=tv`, `format=${format}`];
  const range = `${scale}:in_range=${colour.range === 'full' ? 'pc' : 'tv'}:out_range=tv`;
  const matrix = matrixName(colour.matrix);
  if (matrix === null) return [range, `format=${format}`];
  // colormatrix drops transparency: a source that has some is converted through swscale instead.
  if (facts.hasAlpha) return [`${range}:in_color_matrix=${matrix}:out_color_matrix=bt709`, `format=${format}`];
  return [range, 'format=yuv420p', `colormatrix=${matrix}:bt709`, ...(isBlended ? [`format=${format}`] : [])];
}

/** zscale reads the frame's own tags: make them what was found at probe. */
function hdrInput(colour: ColourFacts): string[] {
  const transfer = colour.hdr === 'pq' ? 'smpte2084' : 'arib-std-b67';
  const range = colour.range === 'full' ? 'pc' : 'tv';
  return [`setparams=range=${range}:color_primaries=bt2020:color_trc=${transfer}:colorspace=bt2020nc`];
}

/** How a picture is drawn besides where. */
export interface PictureManner {
  opacity: number;
  look: PictureLook | null;
  /** It gets see-through parts later. */
  isToBeBlended?: boolean;
}

/** Cuts what is not seen, scales and turns a picture into `rect`; null when nothing of it is seen. */
export function drawPicture(
  facts: PictureFacts,
  rect: Rect,
  output: Size,
  { opacity, look, isToBeBlended = false }: PictureManner,
): DrawnPicture | null {
  const drawing = pictureDrawing(facts, rect, output);
  if (!drawing) return null;
  const isBlended = facts.hasAlpha || opacity < 1 || isToBeBlended;
  const { source, scaled, cut, seen } = drawing;
  const filters = [
    ...(drawing.isWhole ? [] : [`crop=${source.width}:${source.height}:${source.x}:${source.y}:exact=1`]),
    ...scaleToVideo(scaled, facts, isBlended),
    ...turnFilters(facts),
    ...lookFilters(look),
    ...(drawing.isCut ? [`crop=${seen.width}:${seen.height}:${cut.x}:${cut.y}:exact=1`] : []),
    ...(opacity < 1 ? [`lutyuv=a='val*${opacity}'`] : []),
    'setsar=1',
  ];
  return { filters: filters.join(','), ...seen, isBlended };
}

/** A filling copy, in steps: the small picture, its blur, and what makes it as large as the frame. */
export interface DrawnBackdrop extends Omit<DrawnPicture, 'filters'> {
  small: string;
  blur: string;
  enlarged: string;
}

/** The blurred, filling copy of a picture: blurred small, then scaled up; covers the frame. It has the picture's colours. */
export function drawBackdrop(
  facts: PictureFacts,
  rect: Rect,
  output: Size,
  { opacity, look, isToBeBlended = false }: PictureManner,
): DrawnBackdrop | null {
  const { small, radiusPx, passes } = backdropBlur(output);
  const colours = look?.colour ? { colour: look.colour, blurRadius: 0 } : null;
  const opaque = { ...facts, hasAlpha: false };
  const drawn = drawPicture(opaque, smallBackdropRect(rect, output), small, { opacity: 1, look: colours });
  if (!drawn) return null;
  const isBlended = opacity < 1 || isToBeBlended;
  const blur = `boxblur=${radiusPx}:${passes}:${Math.round(radiusPx / 2)}:${passes}`;
  const enlarge = `scale=${output.width}:${output.height}:flags=${scaleFlags}`;
  const faint = `${isBlended ? ',format=yuva420p' : ''}${opacity < 1 ? `,lutyuv=a='val*${opacity}'` : ''}`;
  return { small: drawn.filters, blur, enlarged: `${enlarge}${faint},setsar=1`, x: 0, y: 0, ...output, isBlended };
}
