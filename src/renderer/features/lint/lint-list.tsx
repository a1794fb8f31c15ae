import { CircleCheck, EyeOff, Info } from 'lucide-react';
import { placementIdSchema, placements, type Ratio, ratios, safeZonesFor } from '#shared/model/index.ts';
import { formatTimecode, type Rate } from '#shared/units/index.ts';
import { Button, cn } from '../../ui/index.ts';
import { useLintPlacements } from './lint-choice.ts';
import type { LintRow } from './lint-rows.ts';
import type { Lint } from './use-lint.ts';

/** What the list needs. */
export interface LintListProps {
  lint: Lint;
  ratio: Ratio;
  rate: Rate;
  onRatioChange: (ratio: Ratio) => void;
  /** Goes there and selects it. */
  onShow: (row: LintRow) => void;
  /** Moves these into the safe zone of the ratio shown. */
  onMove: (rows: readonly LintRow[]) => void;
}

/** What is covered, cut or too small in the ratio shown, with the cure. */
export function LintList({ lint, ratio, rate, onRatioChange, onShow, onMove }: LintListProps) {
  const rows = lint.rows[ratio];
  const movable = rows.filter(({ canMove }) => canMove);
  return (
    <div className="flex max-h-[min(30rem,70vh)] flex-col">
      <header className="flex h-9 shrink-0 items-center justify-between border-b border-line pr-2 pl-3">
        <h3 className="text-sm font-semibold">Safe zones in {ratio}</h3>
        {movable.length > 0 && (
          <Button size="sm" onClick={() => onMove(movable)}>
            {movable.length === 1 ? 'Move into the safe zone' : `Move all ${movable.length}`}
          </Button>
        )}
      </header>
      <PlacementChips ratio={ratio} />
      <ul aria-label="Findings" className="min-h-0 grow overflow-y-auto py-1">
        {rows.map((row) => (
          <FindingRow key={row.clipId} row={row} rate={rate} onShow={onShow} onMove={onMove} />
        ))}
        {rows.length === 0 && (
          <li className="flex items-center gap-2 px-3 py-2 text-sm text-ink-2">
            <CircleCheck className="size-4 shrink-0 text-ok" aria-hidden />
            Words and logos are clear of the interface.
          </li>
        )}
      </ul>
      <OtherRatios lint={lint} ratio={ratio} onRatioChange={onRatioChange} />
    </div>
  );
}

/** Which placements of the ratio are looked at. */
function PlacementChips({ ratio }: { ratio: Ratio }) {
  const [chosen, toggle] = useLintPlacements();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label="Placements looked at" className="flex shrink-0 flex-wrap gap-1 px-3 pt-2 pb-1">
      {safeZonesFor(placementIdSchema.options, ratio).map(({ placement, source, date }) => (
        <button
          key={placement}
          type="button"
          aria-pressed={chosen.includes(placement)}
          title={`${source} (${date})`}
          onClick={() => toggle(placement)}
          className={cn(
            'h-5 rounded-full border px-2 text-xs',
            chosen.includes(placement)
              ? 'border-accent/50 bg-accent-soft text-ink'
              : 'border-line-strong text-ink-3 hover:text-ink',
          )}
        >
          {placements[placement].name}
        </button>
      ))}
    </div>
  );
}

interface FindingRowProps {
  row: LintRow;
  rate: Rate;
  onShow: (row: LintRow) => void;
  onMove: (rows: readonly LintRow[]) => void;
}

function FindingRow({ row, rate, onShow, onMove }: FindingRowProps) {
  const Icon = row.isHidden ? EyeOff : Info;
  return (
    <li className="flex items-start gap-2 px-1.5 hover:bg-raise">
      <button
        type="button"
        onClick={() => onShow(row)}
        className="flex min-w-0 grow items-start gap-2 rounded-sm px-1.5 py-1.5 text-left"
      >
        <Icon className={cn('mt-px size-3.5 shrink-0', row.isHidden ? 'text-warn' : 'text-ink-3')} aria-hidden />
        <span className="min-w-0 grow">
          <span className="flex items-baseline gap-2">
            <span className="min-w-0 grow truncate text-sm text-ink">{row.title}</span>
            <span className="tabular shrink-0 font-mono text-2xs text-ink-3">
              {formatTimecode(row.startFrame, rate)}
            </span>
          </span>
          {row.sentences.map((sentence) => (
            <span key={sentence} className="block text-xs text-ink-3">
              {sentence}
            </span>
          ))}
        </span>
      </button>
      {row.canMove && (
        <Button
          size="sm"
          variant="ghost"
          className="mt-1"
          aria-label={`Move “${row.title}” into the safe zone`}
          onClick={() => onMove([row])}
        >
          Move
        </Button>
      )}
    </li>
  );
}

/** Ratios with findings of their own. */
function OtherRatios({ lint, ratio, onRatioChange }: Pick<LintListProps, 'lint' | 'ratio' | 'onRatioChange'>) {
  const others = ratios.filter((other) => other !== ratio && lint.rows[other].some(({ isHidden }) => isHidden));
  if (others.length === 0) return null;
  return (
    <footer className="flex h-8 shrink-0 items-center gap-1 border-t border-line px-3 text-xs text-ink-3">
      Also covered:
      {others.map((other) => (
        <Button key={other} size="sm" variant="ghost" onClick={() => onRatioChange(other)}>
          {lint.rows[other].filter(({ isHidden }) => isHidden).length} in {other}
        </Button>
      ))}
    </footer>
  );
}
