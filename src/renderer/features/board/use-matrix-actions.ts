import { useMemo, useRef } from 'react';
import { useOpenDialog, usePlayingCard, useShowVariant } from '../../state/index.ts';
import { type ExportChoice, tickState, withVariants } from '../exports/export-choice.ts';
import { type CellRange, cellsWithin, type Matrix, type MatrixCell } from './matrix.ts';
import type { CellActions } from './variant-cell.tsx';

interface MatrixChoice {
  matrix: Matrix;
  choice: ExportChoice;
  onChange: (choice: ExportChoice) => void;
}

/** What cells, lines, keys and menu of the matrix do. */
export interface MatrixActions {
  tickCells: (cells: readonly MatrixCell[], isIn: boolean) => void;
  /** Ticks a range, or unticks it when all of it is ticked. */
  tickRange: (range: CellRange) => void;
  play: (cell: MatrixCell | null) => void;
  openLarge: (cell: MatrixCell | null) => void;
  playFile: (exportId: string) => void;
  cell: CellActions;
}

/** Ticks and plays; stays the same object for each cell. */
export function useMatrixActions({ matrix, choice, onChange }: MatrixChoice): MatrixActions {
  const showVariant = useShowVariant();
  const openDialog = useOpenDialog();
  const [playing, setPlaying] = usePlayingCard();
  const actions: Omit<MatrixActions, 'cell'> = {
    tickCells: (cells, isIn) =>
      onChange(
        withVariants(
          choice,
          cells.map((cell) => cell.key),
          isIn,
        ),
      ),
    tickRange: (range) => {
      const cells = cellsWithin(matrix, range);
      if (cells.length > 0) actions.tickCells(cells, tickState(cells, choice.keys) !== true);
    },
    play: (cell) => {
      if (!cell || cell.blockedBy) return;
      const id = `variant:${cell.key}`;
      setPlaying(playing?.id === id && !playing.isMuted ? null : { id, isMuted: false });
    },
    openLarge: (cell) => {
      if (!cell || cell.blockedBy) return;
      setPlaying(null);
      showVariant(cell.variant);
    },
    playFile: (exportId) => openDialog({ kind: 'play-export', exportId }),
  };
  const latest = useRef(actions);
  latest.current = actions;
  const latestMatrix = useRef(matrix);
  latestMatrix.current = matrix;
  // The same object for good, so that cells are drawn anew only when something about themselves changes.
  const cell = useMemo<CellActions>(
    () => ({
      tick: (place, isIn) => {
        const one = latestMatrix.current.cells[place.row]?.[place.column];
        if (one) latest.current.tickCells([one], isIn);
      },
      open: (one) => latest.current.openLarge(one),
      playFile: (exportId) => latest.current.playFile(exportId),
    }),
    [],
  );
  return { ...actions, cell };
}
