// biome-ignore-all lint/a11y/useSemanticElements: a grid whose cells are placed one by one has no table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus moves among the cells of the grid
import { useMemo, useRef } from 'react';
import type { Project, SourceLengths, VariantKey } from '#shared/model/index.ts';
import { useShownRatio } from '../../state/index.ts';
import { ContextMenu } from '../../ui/index.ts';
import { type ExportChoice, fileKey } from '../exports/export-choice.ts';
import { type CellPlace, type CellRange, cellsOf, isWithin, lineStates, type Matrix } from './matrix.ts';
import { ColumnHeaders, type LineTicks, RowHeader } from './matrix-headers.tsx';
import { type CellSize, measuresOf, useMatrixWindow } from './matrix-layout.ts';
import { ruleSentence } from './pairing-rules.ts';
import type { CellMark } from './use-cell-marks.ts';
import { useCellMenu } from './use-cell-menu.tsx';
import { useMatrixActions } from './use-matrix-actions.ts';
import { isSingle, placeOf, useMatrixSelection } from './use-matrix-selection.ts';
import { useSourceLengths } from './use-variants.ts';
import { type CellActions, VariantCell } from './variant-cell.tsx';

interface MatrixViewProps {
  project: Project;
  matrix: Matrix;
  size: CellSize;
  choice: ExportChoice;
  onChange: (choice: ExportChoice) => void;
  /** How exports stand in the ratio shown. */
  marks: ReadonlyMap<VariantKey, CellMark>;
}

/** Rows × columns of variants; draws what is in view. */
export function MatrixView(props: MatrixViewProps) {
  const { project, matrix, size, choice, marks } = props;
  const [ratio] = useShownRatio();
  const scroll = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const measures = useMemo(() => measuresOf(matrix, size, ratio), [matrix, size, ratio]);
  const actions = useMatrixActions(props);
  const lengths = useSourceLengths(project);
  const bringIntoView = useRef<(place: CellPlace) => void>(() => undefined);
  const selection = useMatrixSelection(matrix, grid, (place) => bringIntoView.current(place), {
    onTick: actions.tickRange,
    onPlay: (place) => actions.play(matrix.cells[place.row]?.[place.column] ?? null),
    onOpen: (place) => actions.openLarge(matrix.cells[place.row]?.[place.column] ?? null),
  });
  const { range } = selection;
  const view = useMatrixWindow(scroll, matrix, measures, range.focus);
  bringIntoView.current = ({ row, column }) => {
    view.rows.scrollToIndex(row);
    view.columns.scrollToIndex(column);
  };
  const items = useCellMenu({ project, matrix, range, choice, marks, onChange: props.onChange, actions });
  const columnItems = view.columns.getVirtualItems();
  const states = useMemo(() => lineStates(matrix, choice.keys), [matrix, choice.keys]);
  const ticks: LineTicks = { states, onTick: actions.tickCells };
  return (
    <ContextMenu items={items}>
      <div
        ref={scroll}
        className="min-h-0 grow overflow-auto"
        onContextMenuCapture={(event) => {
          const place = placeOf(event.target);
          if (place) selection.include(place);
        }}
      >
        <div
          ref={grid}
          role="grid"
          aria-label="Matrix of variants"
          aria-multiselectable="true"
          aria-rowcount={matrix.rows.length + 2}
          aria-colcount={matrix.columns.length + 1}
          className="relative min-w-full"
          style={{ width: view.columns.getTotalSize(), height: view.rows.getTotalSize() }}
          {...selection.handlers}
        >
          <ColumnHeaders matrix={matrix} measures={measures} items={columnItems} ticks={ticks} />
          {view.rows.getVirtualItems().map((item) => (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 3}
              className="absolute left-0 w-full"
              style={{ top: item.start, height: measures.rowStep }}
            >
              <RowHeader
                name={matrix.rowName === null ? '' : (matrix.rows[item.index]?.name ?? '')}
                measures={measures}
                state={states.rows[item.index] ?? 'empty'}
                onTick={(isIn) => actions.tickCells(cellsOf(matrix, { row: item.index }), isIn)}
              />
              <RowCells
                {...{ project, matrix, choice, range, measures, marks, lengths }}
                row={item.index}
                items={columnItems}
                actions={actions.cell}
              />
            </div>
          ))}
        </div>
      </div>
    </ContextMenu>
  );
}

interface RowCellsProps {
  project: Project;
  matrix: Matrix;
  choice: ExportChoice;
  range: CellRange;
  measures: ReturnType<typeof measuresOf>;
  marks: ReadonlyMap<VariantKey, CellMark>;
  lengths: SourceLengths;
  row: number;
  items: readonly { index: number; start: number }[];
  actions: CellActions;
}

function RowCells({ project, matrix, choice, range, measures, marks, lengths, row, items, actions }: RowCellsProps) {
  const [ratio] = useShownRatio();
  const isMany = !isSingle(range);
  return items.map(({ index: column, start }) => {
    const cell = matrix.cells[row]?.[column];
    if (!cell) return null;
    const isTicked = choice.keys.has(cell.key);
    return (
      <div
        key={cell.key}
        role="none"
        className="absolute top-1"
        style={{ left: start, width: measures.cellWidth, height: measures.cellHeight }}
      >
        <VariantCell
          project={project}
          cell={cell}
          row={row}
          column={column}
          lengths={lengths}
          mark={marks.get(cell.key) ?? null}
          isTicked={isTicked}
          isExcepted={isTicked && choice.ratios.has(ratio) && choice.except.has(fileKey(cell.key, ratio))}
          isSelected={isMany && isWithin(range, { row, column })}
          isCurrent={range.focus.row === row && range.focus.column === column}
          blockedBecause={cell.blockedBy && ruleSentence(project, cell.blockedBy)}
          actions={actions}
        />
      </div>
    );
  });
}
