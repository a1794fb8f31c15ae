import type { FfmpegCapabilities } from '#main/platform/ffmpeg/index.ts';
import type { ColourFacts, VideoFacts } from '#shared/model/index.ts';
import { uprightFilters } from '../look/orientation.ts';

/** A size in whole pixels. */
export interface PixelSize {
  width: number;
  height: number;
}

/** Shrinks a shown size so that the given side fits; never enlarges. Sides stay at least `multiple`. */
export function fitSize(
  shown: PixelSize,
  limit: { longSide?: number; shortSide?: number; height?: number },
  multiple = 2,
): PixelSize {
  const factor = Math.min(
    1,
    limit.longSide === undefined ? 1 : limit.longSide / Math.max(shown.width, shown.height),
    limit.shortSide === undefined ? 1 : limit.shortSide / Math.min(shown.width, shown.height),
    limit.height === undefined ? 1 : limit.height / shown.height,
  );
  const snap = (value: number) => Math.max(multiple, Math.round((value * factor) / multiple) * multiple);
  return { width: snap(shown.width), height: snap(shown.height) };
}

/** What a derived picture is made for. */
export type PictureTarget = 'jpeg' | 'png' | 'video';

/**
 * Filters from a decoded picture (with `-noautorotate`) to an upright one of this shown size with square pixels:
 * scaled first, as turning a small picture is cheaper; HDR is tone-mapped. `jpeg` is full-range BT.601, `video` is
 * limited-range BT.709 yuv420p, `png` is RGB with alpha.
 */
export function pictureFilters(
  video: VideoFacts,
  size: PixelSize,
  target: PictureTarget,
  capabilities: FfmpegCapabilities,
): string[] {
  const isTurned = video.rotationDeg % 180 !== 0;
  const stored = isTurned ? { width: size.height, height: size.width } : size;
  const toneMap = toneMapFilters(video.colour, capabilities);
  const start = toneMap.length === 0 ? video.colour : sdrColour;
  const scale = `scale=${stored.width}:${stored.height}:flags=bicubic${scaleColours(start, target)}`;
  const shrink = toneMap.length === 0 ? [] : [`scale=${stored.width}:${stored.height}:flags=bicubic`];
  const format = { jpeg: 'format=yuvj420p', png: 'format=rgba', video: 'format=yuv420p' }[target];
  return [...shrink, ...toneMap, scale, ...uprightFilters(video), 'setsar=1', format];
}

const sdrColour: ColourFacts = {
  range: 'limited',
  matrix: 'bt709',
  primaries: 'bt709',
  transfer: 'bt709',
  hdr: 'none',
};

/**
 * HDR (HLG, PQ) → SDR BT.709, limited range; empty for SDR. With zimg: linear light, BT.709 primaries, Hable's curve.
 * Without it HLG is taken as it is (it is made to look right on SDR screens) and PQ's luma goes through a table of the
 * same idea; colours then are a little paler, the picture is never dark or grey.
 */
export function toneMapFilters(colour: ColourFacts, capabilities: FfmpegCapabilities): string[] {
  if (colour.hdr === 'none') return [];
  const { filters } = capabilities;
  if (filters.has('zscale') && filters.has('tonemap')) {
    const transfer = colour.hdr === 'hlg' ? 'arib-std-b67' : 'smpte2084';
    const input = `tin=${transfer}:min=2020_ncl:pin=2020:rin=${colour.range}`;
    return [
      `zscale=${input}:t=linear:npl=100`,
      'format=gbrpf32le',
      'zscale=p=bt709',
      'tonemap=hable:desat=0',
      'zscale=t=bt709:m=bt709:r=limited',
      'format=yuv420p',
    ];
  }
  const matrix = `scale=in_color_matrix=bt2020:out_color_matrix=bt709:in_range=${scaleRange(colour.range)}:out_range=limited`;
  return colour.hdr === 'hlg' ? [matrix, 'format=yuv420p'] : [matrix, 'format=yuv420p', `lutyuv=y='${pqLuma}'`];
}

/** SMPTE ST 2084 to nits, over 100 nits through an extended Reinhard curve with white at 1000, to BT.1886 gamma. */
const pqLuma = (() => {
  const root = 'pow(clip((val-16)/219,0,1),1/78.84375)';
  const nits = `10000*pow(max(${root}-0.8359375,0)/(18.8515625-18.6875*${root}),1/0.1593017578125)`;
  const light = `(${nits})/100`;
  return `16+219*pow(clip((${light})*(1+(${light})/100)/(1+(${light})),0,1),1/2.4)`;
})();

/** The `scale` filter's colour options from these facts to a target. */
function scaleColours(colour: ColourFacts, target: PictureTarget): string {
  const input =
    colour.matrix === 'gbr'
      ? ''
      : `:in_color_matrix=${scaleMatrix(colour.matrix)}:in_range=${scaleRange(colour.range)}`;
  switch (target) {
    case 'png':
      return input;
    case 'jpeg':
      return `${input}:out_color_matrix=bt601:out_range=full`;
    default:
      return `${input}:out_color_matrix=bt709:out_range=limited`;
  }
}

function scaleMatrix(matrix: string): string {
  if (matrix.startsWith('bt2020')) return 'bt2020';
  return ['bt709', 'fcc', 'smpte240m'].includes(matrix) ? matrix : 'bt601';
}

function scaleRange(range: ColourFacts['range']): string {
  return range === 'full' ? 'full' : 'limited';
}
