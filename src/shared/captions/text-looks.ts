import { z } from 'zod';
import { type TextStyle, textStyleSchema } from '../model/index.ts';

/** A look of titles: a style with a name. */
export interface TextLook {
  id: string;
  /** For people. */
  name: string;
  style: TextStyle;
}

/** A look that somebody made. */
export const ownLookSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(60),
  style: textStyleSchema,
});
/** Most looks of one's own. */
export const maxOwnLooks = 60;

const look = (id: string, name: string, style: Partial<TextStyle>): TextLook => ({
  id,
  name,
  style: textStyleSchema.parse(style),
});

/** The looks of titles on offer, in fonts that are shipped. */
export const textLooks: readonly TextLook[] = [
  look('plain', 'Plain', {}),
  look('headline', 'Headline', {
    ...{ fontFamily: 'Anton', fontWeight: 400, sizePx: 130, outlinePx: 0, isUppercase: true, letterSpacingPx: 1 },
    ...{ shadowPx: 4, shadowColour: '#00000099', entrance: 'rise', entranceMs: 350 },
  }),
  look('label', 'Label', {
    ...{ fontFamily: 'Poppins', fontWeight: 700, sizePx: 64, fill: '#111111', outlinePx: 0 },
    ...{ boxColour: '#FFFFFF', boxPaddingPx: 20, entrance: 'slide-right', entranceMs: 350 },
  }),
  look('offer', 'Offer', {
    ...{ fontFamily: 'Montserrat', fontWeight: 900, sizePx: 104, outlinePx: 0, isUppercase: true },
    ...{ boxColour: '#E11D48', boxPaddingPx: 22, entrance: 'pop', entranceMs: 400, motionCurve: 'overshoot' },
  }),
  look('spaced', 'Spaced', {
    ...{ fontFamily: 'Montserrat', fontWeight: 700, sizePx: 60, outlinePx: 0, isUppercase: true, letterSpacingPx: 14 },
    ...{ shadowPx: 2, shadowColour: '#000000B3', lineSpacing: 1.3, entrance: 'fade', entranceMs: 500 },
  }),
  look('yellow', 'Yellow', {
    ...{ fontFamily: 'Montserrat', fontWeight: 900, sizePx: 100, fill: '#FFE14D', outlinePx: 9 },
    ...{ entrance: 'zoom', entranceMs: 300 },
  }),
  look('outlined', 'Hollow', {
    ...{ fontFamily: 'Bebas Neue', fontWeight: 400, sizePx: 150, fill: '#FFFFFF00', outlineColour: '#FFFFFF' },
    ...{ outlinePx: 4, entrance: 'fade', entranceMs: 400 },
  }),
  look('typed', 'Typed', {
    ...{ fontFamily: 'Inter', fontWeight: 600, sizePx: 66, outlinePx: 0, boxColour: '#101010D9', boxPaddingPx: 20 },
    ...{ entrance: 'typewriter', entranceMs: 1200, motionCurve: 'linear' },
  }),
  look('soft', 'Soft', {
    ...{ fontFamily: 'Poppins', fontWeight: 500, sizePx: 76, outlinePx: 0, shadowPx: 3, shadowColour: '#00000099' },
    ...{ entrance: 'blur', entranceMs: 600, exit: 'fade', exitMs: 400 },
  }),
  look('one-line', 'One line', {
    ...{ fontFamily: 'Anton', fontWeight: 400, sizePx: 220, outlinePx: 6, isUppercase: true, isFitted: true },
    ...{ entrance: 'pop', entranceMs: 300, motionCurve: 'overshoot' },
  }),
];
