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

/** A font with where the page loads it from. */
export interface LoadedFont {
  /** Where the page loads it from. */
  readonly url: string;
  /** The family people choose. */
  readonly family: string;
  readonly weight: number;
  readonly isItalic: boolean;
}

const shippedFaces: readonly FontFace[] = fontListSchema.parse(shippedFonts).fonts;

/** A font that was added to the library, with where the page loads it from. */
export interface AddedFont extends FontFace {
  readonly url: string;
}

let added: readonly AddedFont[] = [];
let version = 0;
const listeners = new Set<() => void>();

/** Says which fonts were added; whoever draws text hears of it where they are others than before. */
export function setAddedFonts(fonts: readonly AddedFont[]): void {
  if (fonts.map(({ url }) => url).join(' ') === added.map(({ url }) => url).join(' ')) return;
  added = fonts;
  version += 1;
  for (const tell of [...listeners]) tell();
}

/** Hears of fonts that are added or removed; the answer ends it. */
export function onFontsChanged(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** A number that is another one whenever the fonts are others. */
export function fontsVersion(): number {
  return version;
}

/** The faces texts can be set in: those shipped, then those added. */
export function fontFaces(): readonly FontFace[] {
  return [...shippedFaces, ...added.map(({ url: _, ...face }) => face)];
}

/** Where the page loads a face from; null when its file is not there. */
export function fontUrlOf({ file }: FontFace): string | null {
  return urls[`../../../resources/fonts/${file}`] ?? added.find((font) => font.file === file)?.url ?? null;
}

/** Addresses of the files of all fonts, for the text engines. */
export function fontUrls(): string[] {
  return fonts().map((font) => new URL(font.url, document.baseURI).href);
}

/** The fonts text can be set in: the same files that exports use. */
export function fonts(): readonly LoadedFont[] {
  return fontFaces().flatMap((font) => {
    const url = fontUrlOf(font);
    return url ? [{ url, family: font.typographicFamily, weight: font.weight, isItalic: font.isItalic }] : [];
  });
}

/** Families on offer, each with its weights. */
export function fontFamilies(): { family: string; weights: number[] }[] {
  const all = fonts();
  const families = [...new Set(all.map((font) => font.family))].filter((family) => family !== emojiFamily);
  return families.map((family) => ({
    family,
    weights: all
      .filter((font) => font.family === family && !font.isItalic)
      .map((font) => font.weight)
      .toSorted((a, b) => a - b),
  }));
}
