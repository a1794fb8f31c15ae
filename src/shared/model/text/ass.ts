import type { Frames, Rate } from '../../units/index.ts';
import { frameToAssCentiseconds } from '../../units/index.ts';
import type { TextStyle } from '../clip.ts';
import type { Layer } from '../layers.ts';
import type { Size } from '../ratio.ts';
import { drawnText, type Run, type Sheet } from './drawn-lines.ts';
import { emojiFamily, replaceEmoji } from './emoji.ts';
import { escapeAssText } from './escape.ts';
import { type FontFace, pickFace } from './font-face.ts';
import { hasOwnLines } from './lay-lines.ts';

/** A text layer with the frames it is on screen, counted from the document's own start. */
export interface TextEvent {
  layer: Extract<Layer, { kind: 'text' }>;
  startFrame: Frames;
  endFrame: Frames;
}

/** What {@link assDocument} needs. Events are drawn in order, the first at the back. */
export interface AssInput {
  events: readonly TextEvent[];
  output: Size;
  rate: Rate;
  faces: readonly FontFace[];
  /** Applied to every colour ("#RRGGBB[AA]"); for renderers that turn colours into samples in their own way. */
  mapColour?: (colour: string) => string;
}

const decimals = (value: number): string => String(Math.round(value * 1000) / 1000 || 0);
const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** "&HAABBGGRR" of a "#RRGGBB[AA]"; ASS counts transparency, 00 = solid. */
export function assColour(colour: string, opacity = 1): string {
  const [red = '00', green = '00', blue = '00', alpha = 'ff'] = colour.slice(1).match(/../g) ?? [];
  const clear = 255 - Math.round(Number.parseInt(alpha, 16) * Math.min(1, Math.max(0, opacity)));
  return `&H${clear.toString(16).padStart(2, '0')}${blue}${green}${red}`.toUpperCase();
}

/** "h:mm:ss.cc" of a frame boundary, half a frame early (ASS has 10 ms steps). */
export function assTime(frame: Frames, rate: Rate): string {
  const total = frameToAssCentiseconds(frame, rate);
  const seconds = Math.floor(total / 100);
  return `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}.${pad(total % 100, 2)}`;
}

const columns = { left: 1, centre: 2, right: 3 } as const;
const rows = { bottom: 0, middle: 3, top: 6 } as const;

/** ASS's number of the part of the words that lies at their place: as on a keypad. */
function alignmentOf({ align, verticalAlign }: Pick<TextStyle, 'align' | 'verticalAlign'>): number {
  return columns[align] + rows[verticalAlign];
}

/** What ASS says for the font of a style. */
function fontOf(style: TextStyle, faces: readonly FontFace[]): { name: string; bold: number; italic: number } {
  const { fontFamily: family, fontWeight: weight, isItalic } = style;
  const face = pickFace(faces, { family, weight, isItalic });
  const isBold = face ? face.style.includes('Bold') : weight >= 600;
  return { name: (face?.family ?? family).replaceAll(',', ' '), bold: isBold ? 1 : 0, italic: isItalic ? 1 : 0 };
}

/** Degrees a text lies turned by, clockwise. */
function turnOf({ rotationDeg = 0 }: TextEvent['layer']): number {
  return rotationDeg % 360;
}

/** What a style line says besides the font. */
interface StyleWish {
  kind: 'all' | Sheet['kind'];
  /** Output pixels per pixel of the style, with all that makes the words smaller or larger. */
  scale: number;
}

/** Padding of the box behind the word that is said, in parts of the size. */
const wordBoxPadding = 0.08;

/** How a style's letters are drawn on a sheet: outline and shadow, their colours, and what ASS calls the border style. */
function borderOf(layer: TextEvent['layer'], kind: StyleWish['kind']) {
  const { style } = layer;
  const { outlineColour, outlinePx, boxColour, boxPaddingPx, shadowColour, shadowPx } = style;
  if (kind === 'word-box')
    return { type: 3, colour: style.highlightColour, px: style.sizePx * wordBoxPadding, back: '#00000000', backPx: 0 };
  const isBox = boxColour !== null && kind !== 'words';
  if (isBox && isTurnedBox(layer))
    return { type: 3, colour: boxColour, px: outlinePx + boxPaddingPx, back: '#00000000', backPx: 0 };
  // A boxed style's "shadow" is the box's padding.
  if (isBox) return { type: 4, colour: outlineColour, px: outlinePx, back: boxColour, backPx: boxPaddingPx };
  const isFlat = boxColour !== null;
  return { type: 1, colour: outlineColour, px: outlinePx, back: shadowColour, backPx: isFlat ? 0 : shadowPx };
}

/** Letters that are written from right to left. */
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** "Encoding" of a style: −1 lets a line begin at the side its first letter is written from; else it is the left one. */
function encodingOf(text: string): number {
  return rightToLeft.test(text) ? -1 : 1;
}

/** A style line but for its name. */
function styleBody(layer: TextEvent['layer'], { kind, scale }: StyleWish, input: AssInput): string {
  const { style, opacity } = layer;
  const font = fontOf(style, input.faces);
  const side = Math.round((input.output.width * (1 - style.maxWidth)) / 2);
  const border = borderOf(layer, kind);
  const colour = (value: string) => assColour(input.mapColour?.(value) ?? value, opacity);
  return [
    font.name,
    decimals(style.sizePx * scale),
    colour(style.fill),
    colour(style.fill),
    colour(border.colour),
    colour(border.back),
    -font.bold,
    -font.italic,
    '0,0,100,100',
    decimals(style.letterSpacingPx * scale),
    // Here and not in a tag, which each run would take back.
    decimals(-turnOf(layer)),
    border.type,
    decimals(border.px * scale),
    decimals(border.backPx * scale),
    alignmentOf(style),
    side,
    side,
    0,
    encodingOf(layer.text),
  ].join(',');
}

/** Emoji are in a font of their own: no renderer is left to look for one. */
function wordsIn(text: string, style: TextStyle, faces: readonly FontFace[]): string {
  const { name, bold, italic } = fontOf(style, faces);
  const back = `{\\fn${name.replaceAll(/[{}\\]/g, ' ')}\\b${bold}\\i${italic}}`;
  return replaceEmoji(escapeAssText(text), (run) => `{\\fn${emojiFamily}\\b1\\i0}${run}${back}`);
}

/** One event without its times. */
interface Piece {
  style: StyleWish;
  text: string;
}

/** What a run is told besides its style; `base` holds for all runs of its event. */
function runTags({ look, scale }: Run, kind: Sheet['kind'], layer: TextEvent['layer'], input: AssInput): string {
  const grown = scale === 1 ? '' : `\\fscx${decimals(scale * 100)}\\fscy${decimals(scale * 100)}`;
  if (kind === 'box') return isTurnedBox(layer) ? '\\1a&HFF&' : '\\1a&HFF&\\3a&HFF&';
  if (look === 'hidden') return `\\alpha&HFF&${grown}`;
  if (kind === 'word-box') return '\\1a&HFF&';
  if (look === 'plain') return grown;
  const { highlightColour } = layer.style;
  const [, alpha = '00', bgr = 'FFFFFF'] =
    /^&H(..)(.{6})$/.exec(assColour(input.mapColour?.(highlightColour) ?? highlightColour, layer.opacity)) ?? [];
  return `\\1c&H${bgr}&\\1a&H${alpha}&${grown}`;
}

function lineText(runs: readonly Run[], kind: Sheet['kind'], layer: TextEvent['layer'], input: AssInput): string {
  if (runs.length === 0) return '\\h';
  const { moment, pixelScale, style } = layer;
  const blur = moment.blurPx > 0 ? `\\blur${decimals(moment.blurPx * pixelScale)}` : '';
  return runs
    .map((run) => `{\\r${blur}${runTags(run, kind, layer, input)}}${wordsIn(run.text, style, input.faces)}`)
    .join('');
}

/** Where an event lies, what it is turned about, and the part of the frame it is seen in. */
function placeTags(layer: TextEvent['layer'], y: number, alignment: number): string {
  const { anchor, window } = layer;
  return [
    `\\an${alignment}\\pos(${decimals(anchor.x)},${decimals(y)})`,
    turnOf(layer) === 0 ? '' : `\\org(${decimals(anchor.x)},${decimals(anchor.y)})`,
    window ? `\\clip(${window.x},${window.y},${window.x + window.width},${window.y + window.height})` : '',
  ].join('');
}

/** The events of a text whose lines are not left to libass. */
function ownPieces(layer: TextEvent['layer'], input: AssInput): Piece[] {
  const { style, pixelScale, anchor, moment, text, wrapScale } = layer;
  const room = (input.output.width * style.maxWidth * (wrapScale ?? 1)) / (style.sizePx * pixelScale);
  const { sheets, fit } = drawnText({ text, style, moment }, room, input.faces);
  const scale = pixelScale * fit * moment.scale;
  const isApart = style.lineSpacing !== 1 || style.highlight === 'pop';
  return sheets.flatMap(({ kind, lines }): Piece[] => {
    const wish = { kind, scale };
    const texts = lines.map((runs) => lineText(runs, kind, layer, input));
    const at = (y: number, alignment: number) => `{${placeTags(layer, y, alignment)}\\q2}`;
    if (!isApart) return [{ style: wish, text: `${at(anchor.y, alignmentOf(style))}${texts.join('\\N')}` }];
    const height = style.sizePx * scale;
    const step = height * style.lineSpacing;
    const block = (lines.length - 1) * step + height;
    const top = anchor.y - { top: 0, middle: 0.5, bottom: 1 }[style.verticalAlign] * block;
    return lines.flatMap((runs, n): Piece[] => {
      const isSeen = kind === 'box' ? runs.length > 0 : runs.some(({ look }) => look !== 'hidden');
      const place = at(top + n * step + height / 2, columns[style.align] + rows.middle);
      return isSeen ? [{ style: wish, text: `${place}${texts[n]}` }] : [];
    });
  });
}

/** libass draws the box around a whole event upright: behind words that lie turned each line has its own. */
function isTurnedBox(layer: TextEvent['layer']): boolean {
  return layer.style.boxColour !== null && turnOf(layer) !== 0;
}

function piecesOf(layer: TextEvent['layer'], input: AssInput): Piece[] {
  const { anchor, style, pixelScale, text, wrapScale } = layer;
  if (hasOwnLines(style) || wrapScale !== null || isTurnedBox(layer)) return ownPieces(layer, input);
  const place = `{${placeTags(layer, anchor.y, alignmentOf(style))}}`;
  return [{ style: { kind: 'all', scale: pixelScale }, text: `${place}${wordsIn(text, style, input.faces)}` }];
}

/** One event without its times, and its style line but for its name. */
interface WrittenPiece {
  body: string;
  text: string;
}

const knownPieces = new WeakMap<TextStyle, Map<string, WrittenPiece[]>>();
const mostPieces = 2000;
const faceSets = new WeakMap<readonly FontFace[], number>();
let nextFaceSet = 1;

function numberOf(faces: readonly FontFace[]): number {
  const number = faceSets.get(faces) ?? nextFaceSet++;
  faceSets.set(faces, number);
  return number;
}

/** The events of a layer. A preview asks for those of all texts with every change of anything: they are kept. */
function writtenPieces(layer: TextEvent['layer'], input: AssInput): WrittenPiece[] {
  const write = () => piecesOf(layer, input).map(({ style, text }) => ({ body: styleBody(layer, style, input), text }));
  if (input.mapColour) return write();
  const known = knownPieces.get(layer.style) ?? new Map<string, WrittenPiece[]>();
  knownPieces.set(layer.style, known);
  const { style: _, instance: __, ...rest } = layer;
  const key = JSON.stringify([rest, input.output, numberOf(input.faces)]);
  let pieces = known.get(key);
  if (!pieces) {
    pieces = write();
    if (known.size >= mostPieces) known.clear();
    known.set(key, pieces);
  }
  return pieces;
}

/**
 * An ASS script for these text layers, for libass in the export and JASSUB in the preview alike. `PlayRes` is the output
 * size, so lengths are output pixels; times are (n − ½)/rate, so that every event's first and last frame are exact.
 * Plain texts are wrapped by libass itself, within margins that leave `maxWidth` of the frame; texts that move or follow the
 * voice have their lines set here, so that none of them jumps to another line. Every event stands still: what moves is one
 * event per frame, so that a script cut anywhere shows the same (no `\t`, `\move`, `\fad`, `\k`).
 */
export function assDocument(input: AssInput): string {
  const names = new Map<string, string>();
  const nameOf = (body: string) => {
    const known = names.get(body) ?? `T${names.size}`;
    names.set(body, known);
    return known;
  };
  const events = input.events
    .flatMap(({ layer, startFrame, endFrame }) =>
      writtenPieces(layer, input).map(({ body, text }) => {
        const times = `${assTime(startFrame, input.rate)},${assTime(endFrame, input.rate)}`;
        return { times, name: nameOf(body), text };
      }),
    )
    .map(({ times, name, text }, index) => `Dialogue: ${index},${times},${name},,0,0,0,,${text}`);
  const styles = [...names].map(([body, name]) => `Style: ${name},${body}`);
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    ...ownFontsOf(input),
    `PlayResX: ${input.output.width}`,
    `PlayResY: ${input.output.height}`,
    'WrapStyle: 0',
    'ScaledBorderAndShadow: yes',
    'YCbCr Matrix: None',
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
    ...styles,
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...events,
    '',
  ].join('\n');
}

/** Comments that name the files of added fonts: another file of the same name makes another script. */
function ownFontsOf({ events, faces }: AssInput): string[] {
  const used = events.map(({ layer: { style } }) =>
    pickFace(faces, { family: style.fontFamily, weight: style.fontWeight, isItalic: style.isItalic }),
  );
  return [...new Set(used.flatMap((face) => (face?.hash === undefined ? [] : [`; font ${face.hash}`])))].sort();
}

/** True when the set has the family that a style asks for. */
export function hasFace(faces: readonly FontFace[], style: Pick<TextStyle, 'fontFamily'>): boolean {
  return pickFace(faces, { family: style.fontFamily, weight: 400, isItalic: false }) !== null;
}
