import type { TextStyle } from '../model/index.ts';

/** Height of the frame in which our lengths are pixels. */
const shortSidePx = 1080;
const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const hex = (value: number): string => value.toString(16).padStart(2, '0').toUpperCase();

/** "#RRGGBB[AA]" of ASS's "&HAABBGGRR", "&HBBGGRR" or a decimal number; null when it is none. ASS counts transparency. */
export function colourOfAss(text: string): string | null {
  const match = /^&?H?([0-9a-f]{1,8})&?$/i.exec(text.trim());
  if (!match) return null;
  const isDecimal = !/^&?H/i.test(text.trim());
  const value = isDecimal ? Number(text.trim()) : Number.parseInt(match[1] ?? '0', 16);
  if (!Number.isInteger(value) || value > 0xffffffff) return null;
  const [clear, blue, green, red] = [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  const solid = `#${hex(red)}${hex(green)}${hex(blue)}`;
  return clear === 0 ? solid : `${solid}${hex(255 - clear)}`;
}

const numberOf = (text: string | undefined): number | null => {
  const value = Number(text);
  return text === undefined || text.trim() === '' || !Number.isFinite(value) ? null : value;
};

/** Left, centre or right of an alignment: ASS counts as on a number pad; SSA 1 to 3, plus 4 at the top, 8 in the middle. */
function alignOf(text: string | undefined, isOld: boolean): TextStyle['align'] | null {
  const value = numberOf(text);
  if (value === null || !Number.isInteger(value) || value < 1 || value > (isOld ? 11 : 9)) return null;
  const column = isOld ? (value & 3) - 1 : (value - 1) % 3;
  return (['left', 'centre', 'right'] as const)[column] ?? null;
}

/**
 * What of an ASS style can be said in our terms. `line` holds its values by lower-case column name; `scale` turns its
 * pixels into ours (1080 on the short side of the frame); `isOld` for SSA. What cannot be read is left out, as players do.
 */
export function styleOfAss(line: ReadonlyMap<string, string>, scale: number, isOld: boolean): Partial<TextStyle> {
  const pixels = (column: string, low: number, high: number) => {
    const value = numberOf(line.get(column));
    return value === null ? null : Math.round(within(value * scale, low, high) * 10) / 10;
  };
  const colour = (column: string) => colourOfAss(line.get(column) ?? '');
  const isSet = (column: string) => !['', '0'].includes((line.get(column) ?? '').trim());
  const hasBox = ['3', '4'].includes((line.get('borderstyle') ?? '').trim());
  const edge = pixels('outline', 0, 60);
  const found = {
    fontFamily: line.get('fontname')?.trim().replace(/^@/, '') || null,
    fontWeight: line.has('bold') ? (isSet('bold') ? 700 : 400) : null,
    isItalic: line.has('italic') ? isSet('italic') : null,
    sizePx: pixels('fontsize', 4, 800),
    fill: colour('primarycolour'),
    align: alignOf(line.get('alignment'), isOld),
    ...(hasBox
      ? { boxColour: colour('outlinecolour'), boxPaddingPx: edge, outlinePx: 0, shadowPx: 0 }
      : {
          outlineColour: colour('outlinecolour'),
          outlinePx: edge,
          shadowColour: colour('backcolour'),
          shadowPx: pixels('shadow', 0, 60),
        }),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== null)) as Partial<TextStyle>;
}

/** Our pixels per pixel of a script of this size; ASS has 384 × 288 where it says nothing. */
export function scaleOfScript(width: number | null, height: number | null): number {
  const shown = {
    width: width ?? (height === null ? 384 : (height * 4) / 3),
    height: height ?? ((width ?? 384) * 3) / 4,
  };
  return shortSidePx / Math.max(1, Math.min(shown.width, shown.height));
}
