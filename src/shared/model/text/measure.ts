import type { TextStyle } from '../clip.ts';
import type { Layer, Rect } from '../layers.ts';
import type { Size } from '../ratio.ts';
import { emojiFamily, hasEmoji } from './emoji.ts';
import type { FontMetrics } from './font-metrics.ts';

/** Metrics of the face that a style is drawn in; null while they are not known. */
export type MetricsOf = (style: Pick<TextStyle, 'fontFamily' | 'fontWeight' | 'isItalic'>) => FontMetrics | null;

type TextLayer = Extract<Layer, { kind: 'text' }>;

/** Of characters that no font at hand has, in em: about an average letter. */
const unknownAdvance = 0.6;

/** Marks that take no room: joiners, variation selectors, combining marks. */
const weightless = /\p{Mn}|\p{Me}|\p{Cf}/u;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The fonts of a text. Widths of words in them are parts of the text's size. */
interface Face {
  letters: FontMetrics;
  emoji: FontMetrics | null;
}

function clusterWidth({ letters, emoji }: Face, cluster: string): number {
  const isEmoji = emoji !== null && hasEmoji(cluster);
  const metrics = isEmoji ? emoji : letters;
  // A cluster of emoji is drawn as one.
  const drawn = isEmoji ? [...cluster].slice(0, 1) : [...cluster].filter((character) => !weightless.test(character));
  const ems = drawn.reduce((sum, one) => sum + (metrics.advance(one.codePointAt(0) ?? 0) ?? unknownAdvance), 0);
  return ems / metrics.lineHeight;
}

/** Words are measured again and again: with every change of a timeline, in every ratio, at every size that is tried. */
const knownWidths = new WeakMap<FontMetrics, Map<string, number>>();
const mostKnown = 20_000;

function widthOf(face: Face, word: string): number {
  const known = knownWidths.get(face.letters) ?? new Map<string, number>();
  knownWidths.set(face.letters, known);
  const key = face.emoji ? word : `without emoji ${word}`;
  let width = known.get(key);
  if (width === undefined) {
    width = 0;
    for (const { segment } of segmenter.segment(word)) width += clusterWidth(face, segment);
    if (known.size >= mostKnown) known.clear();
    known.set(key, width);
  }
  return width;
}

interface Line {
  words: number[];
}

const lineWidth = ({ words }: Line, space: number): number =>
  words.reduce((sum, word) => sum + word, 0) + Math.max(0, words.length - 1) * space;

/** Words from the front, as many to a line as fit. */
function fill(words: readonly number[], space: number, room: number): Line[] {
  const lines: Line[] = [{ words: [] }];
  for (const word of words) {
    const line = lines.at(-1) as Line;
    if (line.words.length > 0 && lineWidth({ words: [...line.words, word] }, space) >= room)
      lines.push({ words: [word] });
    else line.words.push(word);
  }
  return lines;
}

/** Moves last words down as long as that makes two neighbours more alike: libass's wrapping style 0. */
function even(lines: Line[], space: number): Line[] {
  let isChanged = true;
  while (isChanged) {
    isChanged = false;
    for (let at = 0; at + 1 < lines.length; at += 1) {
      const [upper, lower] = [lines[at] as Line, lines[at + 1] as Line];
      const word = upper.words.at(-1);
      if (upper.words.length < 2 || word === undefined) continue;
      const above = { words: upper.words.slice(0, -1) };
      const below = { words: [word, ...lower.words] };
      const difference = (a: Line, b: Line) => Math.abs(lineWidth(a, space) - lineWidth(b, space));
      if (difference(above, below) >= difference(upper, lower)) continue;
      lines[at] = above;
      lines[at + 1] = below;
      isChanged = true;
    }
  }
  return lines;
}

/** Widths of the lines a text is drawn in, top to bottom; like `room` in parts of the text's size. */
function linesOf(face: Face, text: string, room: number): number[] {
  const space = widthOf(face, ' ');
  return text.split(/\r\n?|\n|\u2028|\u2029/).flatMap((line) => {
    const [lead, tail] = [/^\s*/, /\s*$/].map((edge) => edge.exec(line)?.[0].length ?? 0) as [number, number];
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    if (words.length === 0) return [0];
    const widths = words.map((word) => widthOf(face, word));
    // Spaces at the ends are kept: they belong to the first and the last word.
    widths[0] = (widths[0] ?? 0) + lead * space;
    widths[widths.length - 1] = (widths.at(-1) ?? 0) + tail * space;
    return even(fill(widths, space, room), space).map((one) => lineWidth(one, space));
  });
}

/**
 * Where a text layer lies in the output, in pixels: its lines with outline, shadow or box. Widths are the fonts' own, as
 * libass sets them (no kerning, even wrapping at spaces); right-to-left and joined scripts come out about right.
 * Null while the font's metrics are not known, or when there is nothing to see.
 */
export function textBounds(layer: TextLayer, output: Size, metricsOf: MetricsOf): Rect | null {
  const { style, text, pixelScale, anchor } = layer;
  const letters = metricsOf(style);
  if (!letters || text.trim() === '') return null;
  const emoji = metricsOf({ fontFamily: emojiFamily, fontWeight: 700, isItalic: false });
  const sizePx = style.sizePx * pixelScale;
  const lines = linesOf({ letters, emoji }, text, (output.width * style.maxWidth) / sizePx);
  const width = Math.max(...lines) * sizePx;
  const height = lines.length * sizePx;
  const part = { left: 0, centre: 0.5, right: 1 }[style.align];
  const isBoxed = style.boxColour !== null;
  const around = (style.outlinePx + (isBoxed ? style.boxPaddingPx : 0)) * pixelScale;
  const shadow = isBoxed ? 0 : style.shadowPx * pixelScale;
  return {
    x: anchor.x - width * part - around,
    y: anchor.y - height / 2 - around,
    width: width + around * 2 + shadow,
    height: height + around * 2 + shadow,
  };
}

/** Height of an em of a text in pixels of a frame whose short side is 1080; null while its font is not known. */
export function emPixels(style: TextStyle, metricsOf: MetricsOf): number | null {
  const metrics = metricsOf(style);
  return metrics && style.sizePx / metrics.lineHeight;
}
