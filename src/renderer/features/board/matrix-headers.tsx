// biome-ignore-all lint/a11y/useSemanticElements: a grid whose cells are placed one by one has no table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus moves among the cells of the grid
import type { VirtualItem } from '@tanstack/react-virtual';
import { Checkbox, cn } from '../../ui/index.ts';
import { cellsOf, type LineState, type LineStates, type Matrix, type MatrixCell } from './matrix.ts';
import type { MatrixMeasures } from './matrix-layout.ts';

interface LineTickProps {
  name: string;
  /** How much of it is ticked. */
  state: LineState;
  onTick: (isIn: boolean) => void;
}

/** Ticks a whole line, and names it. */
function LineTick({ name, state, onTick }: LineTickProps) {
  const isEmpty = state === 'empty';
  return (
    <>
      <Checkbox
        label={`All of ${name}`}
        isLabelHidden
        value={isEmpty ? false : state}
        onChange={onTick}
        isDisabled={isEmpty}
      />
      <span className="line-clamp-2 min-w-0 text-sm leading-4 break-words text-ink" title={name}>
        {name}
      </span>
    </>
  );
}

/** What the headers of lines need: how much of each is ticked, and how to tick it. */
export interface LineTicks {
  states: LineStates;
  onTick: (cells: readonly MatrixCell[], isIn: boolean) => void;
}

interface ColumnHeadersProps {
  matrix: Matrix;
  measures: MatrixMeasures;
  items: readonly VirtualItem[];
  ticks: LineTicks;
}

/** Names over the columns, and over groups of them; stays in view. */
export function ColumnHeaders({ matrix, measures, items, ticks }: ColumnHeadersProps) {
  const { groupHeader, columnHeader, rowHeader, cellWidth } = measures;
  const groups = groupHeader > 0 ? groupSpans(matrix, items, cellWidth) : [];
  return (
    <div role="rowgroup" className="sticky top-0 z-20 w-full bg-panel" style={{ height: groupHeader + columnHeader }}>
      {groups.length > 0 && (
        <div role="row" aria-rowindex={1} className="relative" style={{ height: groupHeader }}>
          {groups.map(({ group, left, width }) => (
            <div
              key={group}
              role="columnheader"
              className="absolute flex items-center"
              style={{ left, width, height: groupHeader }}
            >
              <span
                className="sticky flex max-w-full items-center gap-1.5 bg-panel pr-2"
                style={{ left: rowHeader }}
                data-group={group}
              >
                <LineTick
                  name={matrix.groups[group]?.name ?? ''}
                  state={ticks.states.groups[group] ?? 'empty'}
                  onTick={(isIn) => ticks.onTick(cellsOf(matrix, { group }), isIn)}
                />
              </span>
            </div>
          ))}
        </div>
      )}
      <div role="row" aria-rowindex={2} className="relative border-b border-line" style={{ height: columnHeader }}>
        <div
          role="columnheader"
          className="sticky left-0 z-10 flex h-full items-center truncate bg-panel pl-3 text-xs text-ink-3"
          style={{ width: rowHeader }}
        >
          {matrix.rowName !== null && `${matrix.rowName} ↓ ${matrix.columnName} →`}
        </div>
        {items.map((item) => (
          <div
            key={item.key}
            role="columnheader"
            aria-colindex={item.index + 2}
            className="absolute top-0 flex h-full items-center gap-1.5"
            style={{ left: item.start, width: cellWidth }}
          >
            {matrix.columnName !== null && (
              <LineTick
                name={matrix.columns[item.index]?.name ?? ''}
                state={ticks.states.columns[item.index] ?? 'empty'}
                onTick={(isIn) => ticks.onTick(cellsOf(matrix, { column: item.index }), isIn)}
              />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Where the groups that are in view begin and how wide the part of them that is drawn is. */
function groupSpans(matrix: Matrix, items: readonly VirtualItem[], cellWidth: number) {
  const spans: { group: number; left: number; width: number }[] = [];
  for (const item of items) {
    const group = matrix.columns[item.index]?.group ?? 0;
    const last = spans.at(-1);
    if (last?.group === group) last.width = item.start + cellWidth - last.left;
    else spans.push({ group, left: item.start, width: cellWidth });
  }
  return spans;
}

interface RowHeaderProps extends LineTickProps {
  measures: MatrixMeasures;
}

/** The name beside a row; stays in view. Without a name it only keeps the distance. */
export function RowHeader({ name, measures, state, onTick }: RowHeaderProps) {
  return (
    <div
      role="rowheader"
      className={cn('sticky left-0 z-10 flex items-start gap-1.5 bg-panel py-1', name !== '' && 'pr-2 pl-3')}
      style={{ width: measures.rowHeader, height: measures.rowStep }}
    >
      {name !== '' && <LineTick name={name} state={state} onTick={onTick} />}
    </div>
  );
}
