/** What the name of an ffmpeg pixel format tells. */
export interface PixelFormatFacts {
  bitDepth: number;
  hasAlpha: boolean;
  isRgb: boolean;
  /** `yuvj…`: full range by its name. */
  isFullRangeByName: boolean;
  /** 4:2:0 with 8 bits: what every browser decodes. */
  isPlain420: boolean;
}

const alphaFormats = /^(yuva|rgba|bgra|argb|abgr|gbrap|ya8|ya16|ayuv|vuya|pal8)/;
const rgbFormats = /^(rgb|bgr|gbr|argb|abgr|rgba|bgra|0rgb|0bgr|x2rgb|x2bgr|pal8|monow|monob)/;

/** Reads an ffmpeg pixel format name (libavutil/pixdesc.c). Palettes may hold transparent entries, so `pal8` counts as alpha. */
export function pixelFormatFacts(name: string, bitsPerRawSample: number | null): PixelFormatFacts {
  return {
    bitDepth: bitDepthOf(name) ?? (bitsPerRawSample !== null && bitsPerRawSample > 0 ? bitsPerRawSample : 8),
    hasAlpha: alphaFormats.test(name),
    isRgb: rgbFormats.test(name),
    isFullRangeByName: name.startsWith('yuvj'),
    isPlain420: /^(yuvj?420p|nv12|nv21)$/.test(name),
  };
}

function bitDepthOf(name: string): number | null {
  // yuv420p10le, gbrp12be, gray16le, p010le, x2rgb10le, yuva444p16
  const planar =
    /p(9|10|12|14|16)(le|be)$/.exec(name) ?? /^(?:gray|ya|y2|p[024]|x2rgb|x2bgr)(9|10|12|14|16)(le|be)?$/.exec(name);
  if (planar) return Number(planar[1]);
  if (/^(rgb|bgr)(48)(le|be)$/.test(name) || /^(rgba|bgra)64(le|be)$/.test(name)) return 16;
  if (/f(16|32)(le|be)$/.test(name)) return Number(/f(16|32)/.exec(name)?.[1]);
  if (/^(yuvj?4|yuva4|nv|rgb24|bgr24|rgba$|bgra$|argb$|abgr$|pal8|gray$|ya8)/.test(name)) return 8;
  return null;
}
