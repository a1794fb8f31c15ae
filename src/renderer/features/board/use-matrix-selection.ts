import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import { type CellPlace, type CellRange, isWithin, type Matrix, placeAfterKey } from './matrix.ts';

/** The cell an event happened in; null when it was between them. */
export function placeOf(target: EventTarget | null): CellPlace | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
  const [row, column] = (element?.dataset.cell ?? '').split(':').map(Number);
  return element && row !== undefined && column !== undefined ? { row, column } : null;
}

const start: CellRange = { anchor: { row: 0, column: 0 }, focus: { row: 0, column: 0 } };

interface SelectionKeys {
  onTick: (range: CellRange) => void;
  onPlay: (place: CellPlace) => void;
  onOpen: (place: CellPlace) => void;
}

/**
 * What is selected in the matrix, by pointer (a drag or Shift and a click select a range) and by keys: arrows move, with
 * Shift they select, Space ticks, Enter plays, Shift and Enter opens large.
 */
export function useMatrixSelection(
  matrix: Matrix,
  grid: RefObject<HTMLDivElement | null>,
  bringIntoView: (place: CellPlace) => void,
  { onTick, onPlay, onOpen }: SelectionKeys,
) {
  const [range, setRange] = useState(start);
  const wantsFocus = useRef(false);
  const drag = useRef<{ from: CellPlace; hasMoved: boolean } | null>(null);
  const bounded = boundedRange(range, matrix);
  const { focus } = bounded;
  // After each drawing: a cell that was out of view can take the focus only once it is there.
  useEffect(() => {
    if (!wantsFocus.current) return;
    const cell = grid.current?.querySelector<HTMLElement>(`[data-cell="${focus.row}:${focus.column}"]`);
    if (!cell) return;
    wantsFocus.current = false;
    cell.focus({ preventScroll: true });
  });
  useEffect(() => {
    const end = () => {
      // The click that ends a drag comes after this.
      setTimeout(() => {
        drag.current = null;
      }, 0);
    };
    window.addEventListener('pointerup', end);
    return () => window.removeEventListener('pointerup', end);
  }, []);
  const select = (next: CellRange) => {
    setRange(next);
    wantsFocus.current = true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const place = placeOf(event.target);
    if (!place || (event.target as Element).closest('[data-cell]') !== event.target) return;
    const isMod = event.ctrlKey || event.metaKey;
    const next = placeAfterKey(matrix, focus, event.key, isMod);
    if (next) {
      select({ anchor: event.shiftKey ? bounded.anchor : next, focus: next });
      bringIntoView(next);
    } else if (event.key === ' ') onTick(bounded);
    else if (event.key === 'Enter') (event.shiftKey ? onOpen : onPlay)(focus);
    else if (event.key.toLowerCase() === 'a' && isMod) select({ anchor: start.anchor, focus: farEnd(matrix) });
    else if (event.key === 'Escape' && !isSingle(bounded)) select({ anchor: focus, focus });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    range: bounded,
    /** Selects one cell unless it is selected already. */
    include: (place: CellPlace) => setRange((old) => (isWithin(old, place) ? old : { anchor: place, focus: place })),
    handlers: {
      onKeyDown,
      // A cell focused in another way than by these keys (by a screen reader) is the one the keys then mean.
      onFocus: (event: FocusEvent) => {
        const place = placeOf(event.target);
        if (place && !isSame(place, focus) && !drag.current) setRange({ anchor: place, focus: place });
      },
      onPointerDown: (event: PointerEvent) => {
        const place = placeOf(event.target);
        if (!place || event.button !== 0) return;
        if (event.shiftKey) return select({ anchor: bounded.anchor, focus: place });
        drag.current = { from: place, hasMoved: false };
        // A tick or mark of a selected cell stands for all of them.
        const isOnControl = event.target instanceof Element && event.target.closest('[role=checkbox]') !== null;
        if (!isOnControl || !isWithin(bounded, place)) select({ anchor: place, focus: place });
      },
      onPointerOver: (event: PointerEvent) => {
        const place = placeOf(event.target);
        if (!place || !drag.current || (event.buttons & 1) === 0) return;
        if (isSame(place, drag.current.from)) return;
        drag.current.hasMoved = true;
        setRange({ anchor: drag.current.from, focus: place });
      },
      // The cell holds the focus, not the picture or tick in it: keys then mean the same wherever it was clicked.
      onMouseDown: (event: MouseEvent) => {
        if (placeOf(event.target)) event.preventDefault();
      },
      onClickCapture: (event: MouseEvent) => {
        if (!placeOf(event.target) || (!event.shiftKey && !drag.current?.hasMoved)) return;
        event.preventDefault();
        event.stopPropagation();
      },
    },
  };
}

function farEnd({ rows, columns }: Matrix): CellPlace {
  return { row: Math.max(0, rows.length - 1), column: Math.max(0, columns.length - 1) };
}

function boundedRange({ anchor, focus }: CellRange, matrix: Matrix): CellRange {
  const end = farEnd(matrix);
  const bounded = ({ row, column }: CellPlace) => ({
    row: Math.min(row, end.row),
    column: Math.min(column, end.column),
  });
  return { anchor: bounded(anchor), focus: bounded(focus) };
}

/** True when only one cell is selected. */
export function isSingle({ anchor, focus }: CellRange): boolean {
  return isSame(anchor, focus);
}

function isSame(one: CellPlace, other: CellPlace): boolean {
  return one.row === other.row && one.column === other.column;
}
