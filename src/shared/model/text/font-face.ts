import type { FontMetrics } from './font-metrics.ts';

/** One font file of the shipped set, as its manifest lists it. Names are those inside the file. */
export interface FontFace {
  file: string;
  /** Internal family name (name id 1): what ASS must say. */
  family: string;
  /** Internal style name (name id 2): Regular, Bold, Italic, Bold Italic. */
  style: string;
  /** What people call the family, over all weights. */
  typographicFamily: string;
  /** 100 to 900. */
  weight: number;
  isItalic: boolean;
  /** How wide its letters are; absent while the file was not read: lines are then not wrapped by us. */
  metrics?: FontMetrics;
  /** Of a font that somebody added: its file's hash, so that another file of the same name is another font. */
  hash?: string;
}

/**
 * The face for a family and weight: the right slope first, then the nearest weight (the heavier of two equally near).
 * Null when the family is not in the set.
 */
export function pickFace(
  faces: readonly FontFace[],
  wanted: { family: string; weight: number; isItalic: boolean },
): FontFace | null {
  const name = wanted.family.trim().toLowerCase();
  const candidates = faces.filter(
    (face) => face.typographicFamily.toLowerCase() === name || face.family.toLowerCase() === name,
  );
  const cost = (face: FontFace) =>
    (face.isItalic === wanted.isItalic ? 0 : 10_000) +
    Math.abs(face.weight - wanted.weight) * 2 -
    (face.weight > wanted.weight ? 1 : 0);
  return candidates.reduce<FontFace | null>((best, face) => (best && cost(best) <= cost(face) ? best : face), null);
}
