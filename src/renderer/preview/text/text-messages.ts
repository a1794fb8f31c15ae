import type { Rect } from '#shared/model/index.ts';

/** What the page asks of the text worker. */
export type TextRequest =
  | { kind: 'start'; fonts: readonly string[] }
  /** The text of one moment. `seconds` on the script's clock; the size is the script's own. */
  | { kind: 'draw'; id: number; script: string; seconds: number; width: number; height: number };

/** What it answers. `pixels` of `bounds` (frame pixels, even): see `layMasks`. */
export type TextAnswer =
  | { kind: 'drawn'; id: number; bounds: Rect; pixels: Uint16Array<ArrayBuffer> }
  | { kind: 'failed'; id: number | null; message: string };
