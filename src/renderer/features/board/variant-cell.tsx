// biome-ignore-all lint/a11y/useSemanticElements: a grid whose cells are placed one by one has no table elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus moves among the cells by a tab index that biome does not see
import { Ban, Maximize2 } from 'lucide-react';
import { memo } from 'react';
import type { Project, SourceLengths } from '#shared/model/index.ts';
import { frameToSeconds, toNumber } from '#shared/units/index.ts';
import { Checkbox, cn, formatShortLength, Tooltip } from '../../ui/index.ts';
import { CellMarkIcon, ProgressRing } from './cell-mark.tsx';
import type { CellPlace, MatrixCell } from './matrix.ts';
import { PlayablePicture } from './playable-picture.tsx';
import type { CellMark } from './use-cell-marks.ts';
import { useVariantTimeline } from './use-variants.ts';

/** What a cell can be asked for; the same object as long as the matrix is shown. */
export interface CellActions {
  tick: (place: CellPlace, isIn: boolean) => void;
  open: (cell: MatrixCell) => void;
  playFile: (exportId: string) => void;
}

interface VariantCellProps {
  project: Project;
  cell: MatrixCell;
  row: number;
  column: number;
  lengths: SourceLengths;
  /** In the ratio shown. */
  mark: CellMark | null;
  isTicked: boolean;
  /** Ticked, and left out in the ratio shown. */
  isExcepted: boolean;
  isSelected: boolean;
  /** The one the arrow keys move from. */
  isCurrent: boolean;
  /** Why a rule forbids it; null = it does not. */
  blockedBecause: string | null;
  actions: CellActions;
}

const frame = 'group relative size-full overflow-hidden rounded-md border bg-raise focus-visible:outline-offset-1';

function sameMark(one: CellMark | null, other: CellMark | null): boolean {
  return (
    one === other || (one?.text === other?.text && one?.state === other?.state && one?.exportId === other?.exportId)
  );
}

/** One combination: plays in place, is ticked for export, says how its export stands; or why it is never made. */
export const VariantCell = memo(
  function VariantCell(props: VariantCellProps) {
    const { cell, row, column, isCurrent, isSelected, blockedBecause } = props;
    const common = {
      'data-cell': `${row}:${column}`,
      'aria-colindex': column + 2,
      'aria-selected': isSelected,
      tabIndex: isCurrent ? 0 : -1,
    };
    const border = isSelected ? 'border-accent' : 'border-line hover:border-line-strong';
    if (blockedBecause !== null) {
      return (
        <Tooltip label={blockedBecause}>
          <div
            {...common}
            role="gridcell"
            data-testid="blocked-cell"
            aria-label={`${cell.name}, never made: ${blockedBecause}`}
            className={cn(
              frame,
              border,
              'flex items-center justify-center bg-[repeating-linear-gradient(135deg,transparent_0_6px,var(--color-line)_6px_7px)]',
            )}
          >
            <Ban className="size-4 text-ink-3" aria-hidden />
          </div>
        </Tooltip>
      );
    }
    return (
      <div
        {...common}
        role="gridcell"
        data-testid="variant-cell"
        aria-label={nameOf(props)}
        className={cn(frame, border)}
      >
        <AllowedCell {...props} />
      </div>
    );
  },
  (one, other) => {
    const { mark, ...rest } = one;
    return (
      sameMark(mark, other.mark) &&
      (Object.keys(rest) as (keyof typeof rest)[]).every((key) => Object.is(one[key], other[key]))
    );
  },
);

function nameOf({ cell, isTicked, isExcepted, mark }: VariantCellProps): string {
  const ticked = isExcepted ? 'left out in this format' : isTicked ? 'ticked' : 'not ticked';
  return [cell.name, ticked, ...(mark ? [mark.text] : [])].join(', ');
}

function AllowedCell(props: VariantCellProps) {
  const { project, cell, row, column, lengths, mark, isTicked, isExcepted, actions } = props;
  const timeline = useVariantTimeline(project, cell.variant, lengths);
  const isIn = isTicked && !isExcepted;
  return (
    <>
      <div className={cn('relative transition-opacity', !isIn && 'opacity-40 group-hover:opacity-100')}>
        <PlayablePicture id={`variant:${cell.key}`} name={cell.name} timeline={timeline} tabIndex={-1} />
        {mark?.state === 'running' && <ProgressRing fraction={mark.fraction} label={`Progress of ${cell.name}`} />}
      </div>
      {/* A plain one: a tooltip for each of hundreds of cells is what scrolling would wait for. */}
      <button
        type="button"
        aria-label={`Open ${cell.name} large`}
        title="Open large"
        tabIndex={-1}
        onClick={() => actions.open(cell)}
        className="absolute top-1 right-1 flex size-6 items-center justify-center rounded-md bg-black/65 text-white hover:bg-black/85 not-group-focus-visible:not-group-hover:opacity-0"
      >
        <Maximize2 className="size-3.5" aria-hidden />
      </button>
      <div className="flex h-6 items-center gap-1 px-1">
        <Checkbox
          label={`Export ${cell.name}`}
          isLabelHidden
          isOutOfTabOrder
          value={isExcepted ? 'mixed' : isTicked}
          onChange={(isOn) => actions.tick({ row, column }, isOn)}
        />
        <span aria-hidden className={cn('tabular grow truncate text-xs', isIn ? 'text-ink-2' : 'text-ink-3')}>
          {timeline && formatShortLength(toNumber(frameToSeconds(timeline.lengthFrames, project.rate)))}
        </span>
        {mark && <CellMarkIcon mark={mark} name={cell.name} onPlay={actions.playFile} />}
      </div>
    </>
  );
}
