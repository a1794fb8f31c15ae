// biome-ignore-all lint/a11y/useSemanticElements: a grid whose cells are placed one by one has no table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus moves among the cells of the grid
import type { VirtualItem } from '@tanstack/react-virtual';
import { memo } from 'react';
import { Checkbox, cn } from '../../ui/index.ts';
import { cellsOf, type Matrix, type MatrixCell } from './matrix.ts';
import type { MatrixMeasures } from './matrix-layout.ts';

interface LineTickProps {
  name: string;
  /** All, none or some of its variants are ticked. */
  value: boolean | 'mixed';
  onChange: (isIn: boolean) => void;
  isEmpty: boolean;
}

/** Ticks a whole line, and names it. */
function LineTick({ name, value, onChange, isEmpty }: LineTickProps) {
  return (
    <>
      <Checkbox label={`All of ${name}`} isLabelHidden value={value} onChange={onChange} isDisabled={isEmpty} />
      <span className="line-clamp-2 min-w-0 text-sm leading-4 break-words text-ink" title={name}>
        {name}
      </span>
    </>
  );
}

/** What the headers of lines need: how much of each is ticked, and how to tick it. */
export interface LineTicks {
  stateOf: (cells: readonly MatrixCell[]) => boolean | 'mixed';
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
  const tick = (cells: MatrixCell[], name: string) => ({
    name,
    value: ticks.stateOf(cells),
    onChange: (isIn: boolean) => ticks.onTick(cells, isIn),
    isEmpty: cells.length === 0,
  });
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
                <LineTick {...tick(cellsOf(matrix, { group }), matrix.groups[group]?.name ?? '')} />
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
              <LineTick {...tick(cellsOf(matrix, { column: item.index }), matrix.columns[item.index]?.name ?? '')} />
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

interface RowHeaderProps {
  name: string;
  measures: MatrixMeasures;
  value: boolean | 'mixed';
  isEmpty: boolean;
  onTick: (isIn: boolean) => void;
}

/** The name beside a row; stays in view. */
export const RowHeader = memo(function RowHeader({ name, measures, value, isEmpty, onTick }: RowHeaderProps) {
  return (
    <div
      role="rowheader"
      className={cn('sticky left-0 z-10 flex items-start gap-1.5 bg-panel py-1', name !== '' && 'pr-2 pl-3')}
      style={{ width: measures.rowHeader, height: measures.rowStep }}
    >
      {name !== '' && <LineTick name={name} value={value} onChange={onTick} isEmpty={isEmpty} />}
    </div>
  );
});
