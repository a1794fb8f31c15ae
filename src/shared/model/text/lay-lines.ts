import type { TextStyle } from '../clip.ts';
import { emojiFamily, hasEmoji } from './emoji.ts';
import { type FontFace, pickFace } from './font-face.ts';
import type { FontMetrics } from './font-metrics.ts';

/** Metrics of the face that a style is drawn in; null while they are not known. */
export type MetricsOf = (style: Pick<TextStyle, 'fontFamily' | 'fontWeight' | 'isItalic'>) => FontMetrics | null;

/** The metrics that faces carry. */
export function metricsOfFaces(faces: readonly FontFace[]): MetricsOf {
  return ({ fontFamily: family, fontWeight: weight, isItalic }) =>
    pickFace(faces, { family, weight, isItalic })?.metrics ?? null;
}

/** Of characters that no font at hand has, in em: about an average letter. */
const unknownAdvance = 0.6;

/** Marks that take no room: joiners, variation selectors, combining marks. */
const weightless = /\p{Mn}|\p{Me}|\p{Cf}/u;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The fonts of a text and the room after each letter. Widths of words in them are parts of the text's size. */
export interface SetFace {
  letters: FontMetrics;
  emoji: FontMetrics | null;
  spacing: number;
}

/** The fonts of a style; null while they are not known. */
export function setFaceOf(style: TextStyle, metricsOf: MetricsOf): SetFace | null {
  const letters = metricsOf(style);
  if (!letters) return null;
  const emoji = metricsOf({ fontFamily: emojiFamily, fontWeight: 700, isItalic: false });
  return { letters, emoji, spacing: style.letterSpacingPx / style.sizePx };
}

function clusterWidth({ letters, emoji }: SetFace, cluster: string): number {
  const isEmoji = emoji !== null && hasEmoji(cluster);
  const metrics = isEmoji ? emoji : letters;
  // A cluster of emoji is drawn as one.
  const drawn = isEmoji ? [...cluster].slice(0, 1) : [...cluster].filter((character) => !weightless.test(character));
  const ems = drawn.reduce((sum, one) => sum + (metrics.advance(one.codePointAt(0) ?? 0) ?? unknownAdvance), 0);
  return ems / metrics.lineHeight;
}

/** Words are measured again and again: with every change of a timeline, in every ratio, at every size that is tried. */
const knownWidths = new WeakMap<FontMetrics, Map<string, { width: number; clusters: number }>>();
const mostKnown = 20_000;

/** Width of a word set in a face, in parts of the text's size. */
export function widthOf(face: SetFace, word: string): number {
  const known = knownWidths.get(face.letters) ?? new Map<string, { width: number; clusters: number }>();
  knownWidths.set(face.letters, known);
  const key = face.emoji ? word : `without emoji ${word}`;
  let measured = known.get(key);
  if (measured === undefined) {
    measured = { width: 0, clusters: 0 };
    for (const { segment } of segmenter.segment(word)) {
      measured.width += clusterWidth(face, segment);
      measured.clusters += 1;
    }
    if (known.size >= mostKnown) known.clear();
    known.set(key, measured);
  }
  return measured.width + measured.clusters * face.spacing;
}

/** A word of a line. */
export interface SetWord {
  /** Spaces at the ends of a typed line belong to its first and last word. */
  text: string;
  width: number;
  /** Which word of the whole text it is. */
  index: number;
}

/** Words next to each other, with one space between. */
export interface SetLine {
  words: SetWord[];
}

/** Width of a line, in parts of the text's size. */
export function lineWidth({ words }: SetLine, space: number): number {
  return words.reduce((sum, word) => sum + word.width, 0) + Math.max(0, words.length - 1) * space;
}

/** Words from the front, as many to a line as fit. */
function fill(words: readonly SetWord[], space: number, room: number): SetLine[] {
  const lines: SetLine[] = [{ words: [] }];
  for (const word of words) {
    const line = lines.at(-1) as SetLine;
    if (line.words.length > 0 && lineWidth({ words: [...line.words, word] }, space) >= room)
      lines.push({ words: [word] });
    else line.words.push(word);
  }
  return lines;
}

/** Moves last words down as long as that makes two neighbours more alike: libass's wrapping style 0. */
function even(lines: SetLine[], space: number): SetLine[] {
  let isChanged = true;
  while (isChanged) {
    isChanged = false;
    for (let at = 0; at + 1 < lines.length; at += 1) {
      const [upper, lower] = [lines[at] as SetLine, lines[at + 1] as SetLine];
      const word = upper.words.at(-1);
      if (upper.words.length < 2 || word === undefined) continue;
      const above = { words: upper.words.slice(0, -1) };
      const below = { words: [word, ...lower.words] };
      const difference = (a: SetLine, b: SetLine) => Math.abs(lineWidth(a, space) - lineWidth(b, space));
      if (difference(above, below) >= difference(upper, lower)) continue;
      lines[at] = above;
      lines[at + 1] = below;
      isChanged = true;
    }
  }
  return lines;
}

/** The typed lines of a text with their words measured; an empty line has none. */
function typedLines(face: SetFace, text: string): SetLine[] {
  let index = 0;
  return text.split(/\r\n?|\n|\u2028|\u2029/).map((line) => {
    const [lead, tail] = [/^[ \t]*/, /[ \t]*$/].map((edge) => edge.exec(line)?.[0].length ?? 0) as [number, number];
    const texts = line.split(/[ \t]+/).filter((word) => word !== '');
    return {
      words: texts.map((word, at) => {
        const before = at === 0 ? lead : 0;
        const after = at === texts.length - 1 ? tail : 0;
        const kept = `${' '.repeat(before)}${word}${' '.repeat(after)}`;
        const set = { text: kept, width: widthOf(face, kept), index };
        index += 1;
        return set;
      }),
    };
  });
}

/** The lines a text is set in, top to bottom, wrapped like libass does within `room` (parts of the text's size). */
export function breakLines(face: SetFace, text: string, room: number): SetLine[] {
  const space = widthOf(face, ' ');
  return typedLines(face, text).flatMap((line) =>
    line.words.length === 0 ? [line] : even(fill(line.words, space, room), space),
  );
}

function chunks({ words }: SetLine, size: number): SetLine[] {
  const count = Math.ceil(words.length / size);
  return Array.from({ length: count }, (_, at) => ({ words: words.slice(at * size, (at + 1) * size) }));
}

/** A text in lines. */
export interface SetText {
  lines: SetLine[];
  /** What the text's size is multiplied with so that its lines fit. */
  fit: number;
  /** Width of a space, in parts of the text's size. */
  space: number;
}

/**
 * A style's lines: wrapped, as typed and fitted, or so many words each. `room` is in parts of the text's size.
 */
export function setLines(face: SetFace, style: TextStyle, text: string, wantedRoom: number): SetText {
  // A text that grows keeps its room in parts of its size but for rounding, which must not move a word.
  const room = Math.round(wantedRoom * 1e6) / 1e6;
  const perLine = style.highlight === 'one-word' ? 1 : style.wordsPerLine;
  const known = knownTexts.get(face.letters) ?? new Map<string, SetText>();
  knownTexts.set(face.letters, known);
  const key = `${perLine}/${style.isFitted}/${face.spacing}/${room}/${face.emoji !== null}/${text}`;
  let set = known.get(key);
  if (!set) {
    set = measureLines(face, { perLine, isFitted: style.isFitted }, text, room);
    if (known.size >= mostTexts) known.clear();
    known.set(key, set);
  }
  return set;
}

/** A text that follows the voice is set once, not with each of its words. */
const knownTexts = new WeakMap<FontMetrics, Map<string, SetText>>();
const mostTexts = 2000;

function measureLines(
  face: SetFace,
  { perLine, isFitted }: { perLine: number; isFitted: boolean },
  text: string,
  room: number,
): SetText {
  const space = widthOf(face, ' ');
  const isWrapped = perLine === 0 && !isFitted;
  const lines = isWrapped
    ? breakLines(face, text, room)
    : typedLines(face, text).flatMap((line) => (perLine === 0 ? [line] : chunks(line, perLine)));
  const widest = Math.max(0, ...lines.map((line) => lineWidth(line, space)));
  return { lines, space, fit: !isWrapped && widest > room ? room / widest : 1 };
}

/** True when a style's lines are not left to libass. */
export function hasOwnLines(style: TextStyle): boolean {
  const { lineSpacing, isFitted, entrance, exit, highlight, wordsPerLine, maxLines } = style;
  return (
    isFitted ||
    lineSpacing !== 1 ||
    wordsPerLine > 0 ||
    maxLines > 0 ||
    highlight !== 'none' ||
    entrance !== 'none' ||
    exit !== 'none'
  );
}

/** Lines on screen while a word is said, and their place among all: all of them, or a group of `maxLines`. */
export function pageOf(lines: readonly SetLine[], style: TextStyle, word: number): SetLine[] {
  const size = style.highlight === 'one-word' ? 1 : style.maxLines;
  if (size === 0) return [...lines];
  const line = Math.max(
    0,
    lines.findIndex(({ words }) => words.some(({ index }) => index === Math.max(0, word))),
  );
  const first = Math.floor(line / size) * size;
  return lines.slice(first, first + size);
}
