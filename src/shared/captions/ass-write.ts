import { assColour, escapeAssText, type TextStyle } from '../model/index.ts';
import type { Ms } from '../units/index.ts';
import { type Cue, cleanText } from './cue.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** "1:02:03.45"; ASS has steps of 10 ms. */
function assClock(ms: Ms): string {
  const hundredths = Math.round(ms / 10);
  const seconds = Math.floor(hundredths / 100);
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${two(hundredths % 100)}`;
}

function styleLine(style: TextStyle): string {
  const hasBox = style.boxColour !== null;
  const isBold = style.fontWeight >= 600;
  return [
    'Style: Default',
    style.fontFamily.replaceAll(',', ' '),
    style.sizePx,
    assColour(style.fill),
    assColour(style.fill),
    assColour(style.boxColour ?? style.outlineColour),
    assColour(style.shadowColour),
    `${isBold ? -1 : 0},${style.isItalic ? -1 : 0},0,0,100,100,0,0`,
    hasBox ? 3 : 1,
    hasBox ? style.boxPaddingPx : style.outlinePx,
    hasBox ? 0 : style.shadowPx,
    { left: 1, centre: 2, right: 3 }[style.align],
    '60,60,300,1',
  ].join(',');
}

/** Words of an event; a comma in a name would end its column. */
function eventLine({ startMs, endMs, text, speaker = '' }: Cue): string {
  const name = cleanText(speaker).replaceAll(/[,\n]/g, ' ').trim();
  return `Dialogue: 0,${assClock(startMs)},${assClock(endMs)},Default,${name},0,0,0,,${escapeAssText(cleanText(text))}`;
}

/** An ASS script of these cues in one look, for a frame of 1080 × 1920. Times are rounded to 10 ms. */
export function writeAss(cues: readonly Cue[], style: TextStyle): string {
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    'PlayResX: 1080',
    'PlayResY: 1920',
    'WrapStyle: 0',
    'ScaledBorderAndShadow: yes',
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
    styleLine(style),
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...cues.map(eventLine),
    '',
  ].join('\n');
}
