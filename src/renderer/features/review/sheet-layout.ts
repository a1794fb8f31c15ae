const gap = 12;
const captionHeight = 64;
const margin = 16;

/** Few files are shown large where there is room, many small: at least this wide in pixels. */
function tileMinWidthOf(width: number, count: number): number {
  if (width < 900) return 150;
  if (count <= 14) return 208;
  if (count <= 60) return 168;
  return count <= 200 ? 140 : 116;
}

/**
 * Columns and height of a row of the contact sheet for its width in pixels and its number of files. Pictures are as
 * high as they are wide.
 */
export function sheetLayout(width: number, count: number): { columns: number; rowHeight: number; gap: number } {
  const tileMinWidth = tileMinWidthOf(width, count);
  const inner = Math.max(tileMinWidth, width - 2 * margin);
  const columns = Math.min(12, Math.max(2, Math.floor((inner + gap) / (tileMinWidth + gap))));
  const tileWidth = (inner - gap * (columns - 1)) / columns;
  return { columns, rowHeight: Math.round(tileWidth) + captionHeight + gap, gap };
}
