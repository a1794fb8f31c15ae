const gap = 12;
const tileMinWidth = 152;
const captionHeight = 48;
const margin = 16;

/** Columns and height of a row of the contact sheet for its width, in pixels. Pictures are as high as they are wide. */
export function sheetLayout(width: number): { columns: number; rowHeight: number; gap: number } {
  const inner = Math.max(tileMinWidth, width - 2 * margin);
  const columns = Math.min(10, Math.max(2, Math.floor((inner + gap) / (tileMinWidth + gap))));
  const tileWidth = (inner - gap * (columns - 1)) / columns;
  return { columns, rowHeight: Math.round(tileWidth) + captionHeight + gap, gap };
}
