import { backdropBlur, type ColourFacts, type Rect, type Size, visibleCrop } from '#shared/model/index.ts';
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

/** A rectangle of the upright picture in the decoded, unturned one. */
function toCoded(rect: Rect, upright: Size, facts: Pick<PictureFacts, 'rotationDeg' | 'isMirrored'>): Rect {
  const { x, y, width, height } = rect;
  const right = upright.width - x - width;
  const bottom = upright.height - y - height;
  const turned: Record<PictureFacts['rotationDeg'], Rect> = {
    0: { x, y, width, height },
    90: { x: y, y: right, width: height, height: width },
    180: { x: right, y: bottom, width, height },
    270: { x: bottom, y: x, width: height, height: width },
  };
  const result = turned[facts.rotationDeg];
  const codedWidth = facts.rotationDeg % 180 === 0 ? upright.width : upright.height;
  return facts.isMirrored ? { ...result, x: codedWidth - result.x - result.width } : result;
}

/** Mirrors first, then turns clockwise. */
function turnFilters(facts: Pick<PictureFacts, 'rotationDeg' | 'isMirrored'>): string[] {
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

/** Scales and turns the samples into bt709 limited range, 8 bit, 4:2:0. */
function scaleToVideo(size: Size, facts: PictureFacts, isBlended: boolean): string[] {
  const { colour } = facts;
  const format = isBlended ? 'yuva420p' : 'yuv420p';
  const scale = `scale=${size.width}:${size.height}:flags=${scaleFlags}`;
  if (colour.hdr !== 'none') return [...hdrInput(colour), scale, ...toneMapFilters, `format=${format}`];
  if (facts.isRgb) return [`${scale}:out_color_matrix=bt709:out_range=tv`, `format=${format}`];
  const range = `${scale}:in_range=${colour.range === 'full' ? 'pc' : 'tv'}:out_range=tv`;
  const matrix = matrixName(colour.matrix);
  if (matrix === null) return [range, `format=${format}`];
  // colormatrix drops transparency: convert the opaque planes through swscale instead.
  if (isBlended) return [`${range}:in_color_matrix=${matrix}:out_color_matrix=bt709`, `format=${format}`];
  return [range, 'format=yuv420p', `colormatrix=${matrix}:bt709`];
}

/** zscale reads the frame's own tags: make them what was found at probe. */
function hdrInput(colour: ColourFacts): string[] {
  const transfer = colour.hdr === 'pq' ? 'smpte2084' : 'arib-std-b67';
  const range = colour.range === 'full' ? 'pc' : 'tv';
  return [`setparams=range=${range}:color_primaries=bt2020:color_trc=${transfer}:colorspace=bt2020nc`];
}

function uprightGrid(facts: PictureFacts): Size {
  const { width, height } = facts.coded;
  return facts.rotationDeg % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** Cuts what is not seen, scales and turns a picture into `rect`; null when nothing of it is seen. */
export function drawPicture(facts: PictureFacts, rect: Rect, output: Size, opacity: number): DrawnPicture | null {
  const upright = uprightGrid(facts);
  const crop = visibleCrop(upright, rect, output);
  if (!crop) return null;
  const isBlended = facts.hasAlpha || opacity < 1;
  const { source, target } = crop;
  const coded = toCoded(source, upright, facts);
  const isTurned = facts.rotationDeg % 180 !== 0;
  const scaled = isTurned ? { width: target.height, height: target.width } : target;
  const isWhole = source.width === upright.width && source.height === upright.height;
  const seen = seenPart(target, output);
  const filters = [
    ...(isWhole ? [] : [`crop=${coded.width}:${coded.height}:${coded.x}:${coded.y}:exact=1`]),
    ...scaleToVideo(scaled, facts, isBlended),
    ...turnFilters(facts),
    ...(seen.width === target.width && seen.height === target.height
      ? []
      : [`crop=${seen.width}:${seen.height}:${seen.x - target.x}:${seen.y - target.y}:exact=1`]),
    ...(opacity < 1 ? [`lutyuv=a='val*${opacity}'`] : []),
    'setsar=1',
  ];
  return { filters: filters.join(','), ...seen, isBlended };
}

function seenPart(target: Rect, output: Size): Rect {
  const x = Math.max(0, target.x);
  const y = Math.max(0, target.y);
  return {
    x,
    y,
    width: Math.min(output.width, target.x + target.width) - x,
    height: Math.min(output.height, target.y + target.height) - y,
  };
}

/** The blurred, filling copy of a picture: blurred small, then scaled up; covers the frame. */
export function drawBackdrop(facts: PictureFacts, rect: Rect, output: Size): DrawnPicture | null {
  const { small, radiusPx, passes } = backdropBlur(output);
  const factor = { x: small.width / output.width, y: small.height / output.height };
  const even = (value: number) => Math.round(value / 2) * 2;
  const smallRect = {
    x: Math.min(0, even(rect.x * factor.x)),
    y: Math.min(0, even(rect.y * factor.y)),
    width: Math.max(small.width, even(rect.width * factor.x)),
    height: Math.max(small.height, even(rect.height * factor.y)),
  };
  const drawn = drawPicture({ ...facts, hasAlpha: false }, coverFrame(smallRect, small), small, 1);
  if (!drawn) return null;
  const blur = `boxblur=${radiusPx}:${passes}:${Math.round(radiusPx / 2)}:${passes}`;
  const enlarge = `scale=${output.width}:${output.height}:flags=${scaleFlags}`;
  return { filters: `${drawn.filters},${blur},${enlarge},setsar=1`, x: 0, y: 0, ...output, isBlended: false };
}

/** Rounding must not leave a gap at the far edges. */
function coverFrame(rect: Rect, frame: Size): Rect {
  return {
    ...rect,
    x: Math.max(rect.x, frame.width - rect.width),
    y: Math.max(rect.y, frame.height - rect.height),
  };
}

/** "#RRGGBB[AA]" as bt709 limited-range samples and 8-bit opacity. */
export function colourSamples(colour: string, opacity: number): [number, number, number, number] {
  const part = (index: number) => Number.parseInt(colour.slice(1 + index * 2, 3 + index * 2) || 'ff', 16) / 255;
  const [red, green, blue] = [part(0), part(1), part(2)];
  const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return [
    Math.round(16 + 219 * luma),
    Math.round(128 + (224 * (blue - luma)) / 1.8556),
    Math.round(128 + (224 * (red - luma)) / 1.5748),
    Math.round(255 * part(3) * opacity),
  ];
}
