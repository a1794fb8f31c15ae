import type { Frames, Rate } from '../../units/index.ts';
import { frameToAssCentiseconds } from '../../units/index.ts';
import type { TextStyle } from '../clip.ts';
import type { Layer } from '../layers.ts';
import type { Size } from '../ratio.ts';
import { emojiFamily, replaceEmoji } from './emoji.ts';
import { escapeAssText } from './escape.ts';
import { type FontFace, pickFace } from './font-face.ts';

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

const decimals = (value: number): string => String(Math.round(value * 1000) / 1000);
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

const horizontal = { left: 4, centre: 5, right: 6 } as const;

/** What ASS says for the font of a style. */
function fontOf(style: TextStyle, faces: readonly FontFace[]): { name: string; bold: number; italic: number } {
  const { fontFamily: family, fontWeight: weight, isItalic } = style;
  const face = pickFace(faces, { family, weight, isItalic });
  const isBold = face ? face.style.includes('Bold') : weight >= 600;
  return { name: (face?.family ?? family).replaceAll(',', ' '), bold: isBold ? 1 : 0, italic: isItalic ? 1 : 0 };
}

function styleLine(name: string, { layer }: TextEvent, input: AssInput): string {
  const { style, pixelScale, opacity } = layer;
  const font = fontOf(style, input.faces);
  const side = Math.round((input.output.width * (1 - style.maxWidth)) / 2);
  const hasBox = style.boxColour !== null;
  const colour = (value: string) => assColour(input.mapColour?.(value) ?? value, opacity);
  return [
    `Style: ${name}`,
    font.name,
    decimals(style.sizePx * pixelScale),
    colour(style.fill),
    colour(style.fill),
    colour(style.outlineColour),
    colour(style.boxColour ?? style.shadowColour),
    -font.bold,
    -font.italic,
    '0,0,100,100,0,0',
    hasBox ? 4 : 1,
    decimals(style.outlinePx * pixelScale),
    // A boxed style's "shadow" is the box's padding.
    decimals((hasBox ? style.boxPaddingPx : style.shadowPx) * pixelScale),
    horizontal[style.align],
    side,
    side,
    0,
    1,
  ].join(',');
}

/** Emoji are in a font of their own: no renderer is left to look for one. */
function wordsOf({ style, text }: TextEvent['layer'], faces: readonly FontFace[]): string {
  const { name, bold, italic } = fontOf(style, faces);
  const back = `{\\fn${name.replaceAll(/[{}\\]/g, ' ')}\\b${bold}\\i${italic}}`;
  return replaceEmoji(escapeAssText(text), (run) => `{\\fn${emojiFamily}\\b1\\i0}${run}${back}`);
}

function eventLine(name: string, index: number, event: TextEvent, { rate, faces }: AssInput): string {
  const { anchor, style, rotationDeg = 0, window } = event.layer;
  const turn = rotationDeg === 0 ? '' : `\\frz${decimals(-rotationDeg)}`;
  const seen = window ? `\\clip(${window.x},${window.y},${window.x + window.width},${window.y + window.height})` : '';
  const position = `{\\an${horizontal[style.align]}\\pos(${decimals(anchor.x)},${decimals(anchor.y)})${turn}${seen}}`;
  const times = `${assTime(event.startFrame, rate)},${assTime(event.endFrame, rate)}`;
  return `Dialogue: ${index},${times},${name},,0,0,0,,${position}${wordsOf(event.layer, faces)}`;
}

/**
 * An ASS script for these text layers, for libass in the export and JASSUB in the preview alike. `PlayRes` is the output
 * size, so lengths are output pixels; times are (n − ½)/rate, so that every event's first and last frame are exact.
 * Nothing is measured here: wrapping is libass's own, within margins that leave `maxWidth` of the frame.
 */
export function assDocument(input: AssInput): string {
  const styles = input.events.map((event, index) => styleLine(`T${index}`, event, input));
  const events = input.events.map((event, index) => eventLine(`T${index}`, index, event, input));
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
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

/** True when the set has the family that a style asks for. */
export function hasFace(faces: readonly FontFace[], style: Pick<TextStyle, 'fontFamily'>): boolean {
  return pickFace(faces, { family: style.fontFamily, weight: 400, isItalic: false }) !== null;
}
