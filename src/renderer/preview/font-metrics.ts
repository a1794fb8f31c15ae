import { type FontFace, type FontMetrics, readFontMetrics } from '#shared/model/index.ts';
import { fontFaces, fontUrlOf, onFontsChanged } from './fonts.ts';

const known = new Map<string, FontMetrics | null>();
let reading: Promise<void> | null = null;
let faces: readonly FontFace[] | null = null;

onFontsChanged(() => {
  faces = null;
  reading = null;
});

async function metricsAt(url: string): Promise<FontMetrics | null> {
  const answer = await fetch(new URL(url, document.baseURI));
  if (!answer.ok) {
    // A font that is gone must not keep the others from being drawn: its texts are wrapped by libass.
    console.warn('a font could not be read', answer.status);
    return null;
  }
  return readFontMetrics(new Uint8Array(await answer.arrayBuffer()));
}

async function readAll(): Promise<void> {
  const wanted = fontFaces();
  const read = await Promise.all(
    wanted.map(async (face): Promise<FontFace> => {
      const url = fontUrlOf(face);
      if (url !== null && !known.has(url)) known.set(url, await metricsAt(url));
      const metrics = url === null ? null : known.get(url);
      return metrics ? { ...face, metrics } : face;
    }),
  );
  const isCurrent =
    wanted.map(({ file }) => file).join(' ') ===
    fontFaces()
      .map(({ file }) => file)
      .join(' ');
  if (isCurrent) faces = read;
}

/** The faces text is set in; with the widths of their letters as soon as those were read. */
export function setFaces(): readonly FontFace[] {
  return faces ?? fontFaces();
}

/** True when the widths of letters are known: only then text that moves or follows the voice lies as in the export. */
export function areFacesRead(): boolean {
  return faces !== null;
}

/** Reads the widths of letters, once for each font; a reading that failed is tried again with the next call. */
export function readFaces(): Promise<void> {
  reading ??= readAll().catch((error: unknown) => {
    reading = null;
    console.error('the widths of letters could not be read', error);
  });
  return reading;
}
