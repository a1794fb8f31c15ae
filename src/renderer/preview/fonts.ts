import { z } from 'zod';
import { emojiFamily, type FontFace } from '#shared/model/index.ts';
import shippedFonts from '../../../resources/fonts/fonts.json';

const fontListSchema = z.object({
  fonts: z.array(
    z.object({
      file: z.string(),
      family: z.string(),
      style: z.string(),
      typographicFamily: z.string(),
      weight: z.int(),
      isItalic: z.boolean(),
    }),
  ),
});

const urls = import.meta.glob<string>('../../../resources/fonts/*.ttf', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** A font shipped with the product. */
export interface ShippedFont {
  /** Where the page loads it from. */
  readonly url: string;
  /** The family people choose. */
  readonly family: string;
  readonly weight: number;
  readonly isItalic: boolean;
}

/** The faces of the shipped set, as text layout wants them. */
export const fontFaces: readonly FontFace[] = fontListSchema.parse(shippedFonts).fonts;

/** The fonts text can be set in: the same files that exports use. */
export const fonts: readonly ShippedFont[] = fontFaces.flatMap((font) => {
  const url = urls[`../../../resources/fonts/${font.file}`];
  return url ? [{ url, family: font.typographicFamily, weight: font.weight, isItalic: font.isItalic }] : [];
});

/** Families on offer, each with its weights. */
export function fontFamilies(): { family: string; weights: number[] }[] {
  const families = [...new Set(fonts.map((font) => font.family))].filter((family) => family !== emojiFamily);
  return families.map((family) => ({
    family,
    weights: fonts
      .filter((font) => font.family === family && !font.isItalic)
      .map((font) => font.weight)
      .toSorted((a, b) => a - b),
  }));
}
