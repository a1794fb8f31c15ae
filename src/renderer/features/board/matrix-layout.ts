import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';
import { fullSizes, type Ratio } from '#shared/model/index.ts';
import type { CellPlace, Matrix } from './matrix.ts';

/** How large cells are drawn. */
export type CellSize = 'small' | 'large';

const widths: Record<CellSize, { tall: number; square: number; wide: number }> = {
  small: { tall: 84, square: 92, wide: 116 },
  large: { tall: 116, square: 140, wide: 184 },
};
/** Below the picture: tick, length, mark. */
const footHeight = 26;
const gap = 8;
/** Between groups of columns, beyond the usual gap. */
const groupGap = 14;

/** Pixels of everything in the matrix. */
export interface MatrixMeasures {
  cellWidth: number;
  cellHeight: number;
  /** Of the names beside the rows; a margin alone when there is one row without a name. */
  rowHeader: number;
  groupHeader: number;
  columnHeader: number;
  rowStep: number;
}

/** How large everything is drawn. */
export function measuresOf(matrix: Matrix, size: CellSize, ratio: Ratio): MatrixMeasures {
  const { width, height } = fullSizes[ratio];
  const cellWidth = widths[size][width > height ? 'wide' : width === height ? 'square' : 'tall'];
  const cellHeight = Math.round((cellWidth * height) / width) + footHeight;
  return {
    cellWidth,
    cellHeight,
    // Without names the distance that everything in the panel keeps from its edge.
    rowHeader: matrix.rowName === null ? 12 : 124,
    groupHeader: matrix.groups.length > 1 ? 22 : 0,
    columnHeader: 38,
    rowStep: cellHeight + gap,
  };
}

/** The rows and columns that are drawn: those in view, a few around, and the one that holds the focus. */
export function useMatrixWindow(
  scroll: RefObject<HTMLDivElement | null>,
  matrix: Matrix,
  measures: MatrixMeasures,
  current: CellPlace,
): { rows: Virtualizer<HTMLDivElement, Element>; columns: Virtualizer<HTMLDivElement, Element> } {
  const headers = measures.groupHeader + measures.columnHeader;
  const withCurrent = (index: number, count: number) => (range: { startIndex: number; endIndex: number }) => {
    const first = Math.max(0, range.startIndex - 2);
    const last = Math.min(count - 1, range.endIndex + 2);
    const all = Array.from({ length: last - first + 1 }, (_, at) => first + at);
    return index < count && (index < first || index > last) ? [...all, index].sort((a, b) => a - b) : all;
  };
  const rows = useVirtualizer({
    count: matrix.rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => measures.rowStep,
    rangeExtractor: withCurrent(current.row, matrix.rows.length),
    paddingStart: headers,
    scrollPaddingStart: headers,
    paddingEnd: 4,
    useFlushSync: false,
  });
  const columns = useVirtualizer({
    horizontal: true,
    count: matrix.columns.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => {
      const isLastOfGroup = matrix.columns[index]?.group !== matrix.columns[index + 1]?.group;
      return measures.cellWidth + gap + (isLastOfGroup ? groupGap : 0);
    },
    rangeExtractor: withCurrent(current.column, matrix.columns.length),
    paddingStart: measures.rowHeader,
    scrollPaddingStart: measures.rowHeader,
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the cells change size or places
  useEffect(() => {
    rows.measure();
    columns.measure();
  }, [measures.cellWidth, measures.cellHeight, headers, measures.rowHeader, matrix]);
  return { rows, columns };
}
