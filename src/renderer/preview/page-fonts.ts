import { pickFace, type TextStyle } from '#shared/model/index.ts';
import { fontFaces, fonts, onFontsChanged } from './fonts.ts';

type FaceWish = Pick<TextStyle, 'fontFamily' | 'fontWeight' | 'isItalic'>;

const loading = new Map<string, Promise<void>>();
const loaded = new Set<string>();
const lineHeights = new Map<string, number>();

// What was shown in place of a font that was missing is looked for again.
onFontsChanged(() => {
  loading.clear();
  loaded.clear();
});

/** The page's own name for a family of the ad, apart from the fonts the interface is set in. */
export function adFontFamily(family: string): string {
  return `ad ${family.trim().toLowerCase().replaceAll('"', '')}`;
}

const keyOf = ({ fontFamily, fontWeight, isItalic }: FaceWish) =>
  `${adFontFamily(fontFamily)}/${fontWeight}/${isItalic ? 'italic' : 'normal'}`;

/** Height of a line of this face as a multiple of its font size, as far as it has been loaded. */
export function lineHeightOf(wish: FaceWish): number {
  return lineHeights.get(keyOf(wish)) ?? 1.2;
}

async function load(wish: FaceWish): Promise<void> {
  const { fontFamily, fontWeight, isItalic } = wish;
  const face =
    pickFace(fontFaces(), { family: fontFamily, weight: fontWeight, isItalic }) ??
    pickFace(fontFaces(), { family: 'Inter', weight: fontWeight, isItalic });
  const url = fonts().find(
    (font) => font.family === face?.typographicFamily && font.weight === face.weight && font.isItalic === face.isItalic,
  )?.url;
  if (!url) return;
  const family = adFontFamily(fontFamily);
  const style = isItalic ? 'italic' : 'normal';
  // Read here: what was added lies at an address that the page may fetch from, but not take fonts from.
  const answer = await fetch(new URL(url, document.baseURI));
  if (!answer.ok) throw new Error(`the font ${url} was answered with ${answer.status}`);
  const font = new FontFace(family, await answer.arrayBuffer(), { weight: String(fontWeight), style });
  document.fonts.add(await font.load());
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return;
  context.font = `${style} ${fontWeight} 100px "${family}"`;
  const { fontBoundingBoxAscent, fontBoundingBoxDescent } = context.measureText('x');
  const height = (fontBoundingBoxAscent + fontBoundingBoxDescent) / 100;
  if (height > 0.5) lineHeights.set(keyOf(wish), height);
}

/** True when {@link loadAdFont} has made this face usable (or found that there is none). */
export function isAdFontLoaded(wish: FaceWish): boolean {
  return loaded.has(keyOf(wish));
}

/** Makes a shipped font of the ad usable on the page under {@link adFontFamily}; never rejects. */
export function loadAdFont(wish: FaceWish): Promise<void> {
  const key = keyOf(wish);
  let known = loading.get(key);
  if (!known) {
    known = load(wish).then(
      () => void loaded.add(key),
      () => void loading.delete(key),
    );
    loading.set(key, known);
  }
  return known;
}
