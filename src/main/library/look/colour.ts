import type { ColourFacts } from '#shared/model/index.ts';
import type { PixelFormatFacts } from './pixel-format.ts';

/** The colour tags of one stream as ffprobe prints them; `unknown` and missing are the same. */
export interface ColourTags {
  range: string | undefined;
  matrix: string | undefined;
  primaries: string | undefined;
  transfer: string | undefined;
}

/** What else the missing tags are guessed from. */
export interface ColourContext {
  pixelFormat: PixelFormatFacts;
  codec: string;
  codedWidth: number;
  codedHeight: number;
  isStill: boolean;
}

/**
 * Resolves colour once, so that preview and export agree. What a file does not say is filled in the way players do:
 * RGB is full range; JPEG (and motion JPEG) is full-range BT.601 with sRGB's curve (JFIF); HDR curves imply BT.2020;
 * otherwise above 576 lines or from 1280 pixels BT.709, below BT.601 (ITU-R BT.709/BT.601 practice, as in mpv and Chromium).
 */
export function resolveColour(tags: ColourTags, context: ColourContext): ColourFacts {
  const { pixelFormat, codec } = context;
  const transferTag = known(tags.transfer);
  const hdr = transferTag === 'arib-std-b67' ? 'hlg' : transferTag === 'smpte2084' ? 'pq' : 'none';
  const isJpeg = codec === 'mjpeg' || codec === 'mjpegb';
  const matrix = resolveMatrix(known(tags.matrix), hdr, isJpeg, context);
  return {
    range: resolveRange(known(tags.range), isJpeg, pixelFormat),
    matrix,
    primaries: known(tags.primaries) ?? defaultPrimaries(matrix, context.isStill),
    transfer: transferTag ?? defaultTransfer(matrix, context.isStill || pixelFormat.isRgb),
    hdr,
  };
}

function known(tag: string | undefined): string | null {
  return tag === undefined || tag === '' || /^(unknown|unspecified|reserved\d*|N\/A)$/.test(tag) ? null : tag;
}

function resolveRange(tag: string | null, isJpeg: boolean, pixelFormat: PixelFormatFacts): 'limited' | 'full' {
  if (pixelFormat.isRgb || pixelFormat.isFullRangeByName) return 'full';
  if (tag === 'pc' || tag === 'full' || tag === 'jpeg') return 'full';
  if (tag === 'tv' || tag === 'limited' || tag === 'mpeg') return 'limited';
  return isJpeg ? 'full' : 'limited';
}

function resolveMatrix(tag: string | null, hdr: ColourFacts['hdr'], isJpeg: boolean, context: ColourContext): string {
  if (context.pixelFormat.isRgb) return 'gbr';
  if (tag !== null && tag !== 'gbr') return tag;
  if (hdr !== 'none') return 'bt2020nc';
  if (isJpeg || context.isStill) return 'smpte170m';
  return context.codedWidth >= 1280 || context.codedHeight > 576 ? 'bt709' : 'smpte170m';
}

function defaultPrimaries(matrix: string, isStill: boolean): string {
  if (isStill) return 'bt709';
  if (matrix.startsWith('bt2020')) return 'bt2020';
  return matrix === 'smpte170m' || matrix === 'bt470bg' ? matrix : 'bt709';
}

function defaultTransfer(matrix: string, isPicture: boolean): string {
  if (isPicture) return 'iec61966-2-1';
  return matrix === 'smpte170m' || matrix === 'bt470bg' ? 'smpte170m' : 'bt709';
}
