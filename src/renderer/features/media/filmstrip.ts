import type { Rendition } from '#shared/model/index.ts';

/** Background of an element as large as one tile, in per cent of itself. */
export interface TileStyle {
  backgroundSize: string;
  backgroundPosition: string;
}

/** Shows tile `index` of a filmstrip sheet in an element of any size with the tile's shape. */
export function tileStyle(strip: NonNullable<Rendition['filmstrip']>, index: number): TileStyle {
  const at = Math.min(strip.count - 1, Math.max(0, Math.floor(index)));
  const column = at % strip.columns;
  const row = Math.floor(at / strip.columns);
  const percent = (position: number, count: number) => (count <= 1 ? 0 : (position / (count - 1)) * 100);
  return {
    backgroundSize: `${strip.columns * 100}% ${strip.rows * 100}%`,
    backgroundPosition: `${percent(column, strip.columns)}% ${percent(row, strip.rows)}%`,
  };
}

/** The tile that shows a part (0 to 1) of the length. */
export function tileAt(strip: NonNullable<Rendition['filmstrip']>, fraction: number, durationSeconds: number): number {
  return Math.min(strip.count - 1, Math.max(0, Math.round((fraction * durationSeconds) / strip.intervalSeconds)));
}
