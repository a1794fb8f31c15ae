import type { TextStyle } from '../clip.ts';
import type { Layer, Rect } from '../layers.ts';
import type { Size } from '../ratio.ts';
import { hasOwnLines, lineWidth, type MetricsOf, pageOf, setFaceOf, setLines } from './lay-lines.ts';

type TextLayer = Extract<Layer, { kind: 'text' }>;

/** Lines of a text where libass is left to wrap it, as {@link setLines} has them: wrapped within its width. */
const wrapped = { isFitted: false, wordsPerLine: 0, maxLines: 0, highlight: 'none' } as const;

/**
 * Where a text layer lies in the output, in pixels: its lines with outline, shadow or box. Widths are the fonts' own, as
 * libass sets them (no kerning, even wrapping at spaces); right-to-left and joined scripts come out about right. Of words
 * that come group by group, the room of the largest group.
 * Null while the font's metrics are not known, or when there is nothing to see.
 */
export function textBounds(layer: TextLayer, output: Size, metricsOf: MetricsOf): Rect | null {
  const { style, text, pixelScale, anchor, wrapScale } = layer;
  const face = setFaceOf(style, metricsOf);
  if (!face || text.trim() === '') return null;
  const fullPx = style.sizePx * pixelScale;
  const how = hasOwnLines(style) ? style : { ...style, ...wrapped };
  const { lines, fit, space } = setLines(face, how, text, (output.width * style.maxWidth * (wrapScale ?? 1)) / fullPx);
  const sizePx = fullPx * fit;
  const width = Math.max(...lines.map((line) => lineWidth(line, space))) * sizePx;
  const rows = pageOf(lines, how, -1).length;
  const height = ((rows - 1) * style.lineSpacing + 1) * sizePx;
  const part = { left: 0, centre: 0.5, right: 1 }[style.align];
  const above = { top: 0, middle: 0.5, bottom: 1 }[style.verticalAlign];
  const isBoxed = style.boxColour !== null;
  const around = (style.outlinePx + (isBoxed ? style.boxPaddingPx : 0)) * pixelScale;
  const shadow = isBoxed ? 0 : style.shadowPx * pixelScale;
  return {
    x: anchor.x - width * part - around,
    y: anchor.y - height * above - around,
    width: width + around * 2 + shadow,
    height: height + around * 2 + shadow,
  };
}

/** Height of an em of a text in pixels of a frame whose short side is 1080; null while its font is not known. */
export function emPixels(style: TextStyle, metricsOf: MetricsOf): number | null {
  const metrics = metricsOf(style);
  return metrics && style.sizePx / metrics.lineHeight;
}
