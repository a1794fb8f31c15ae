import { Share, Sparkles } from 'lucide-react';
import { useMemo, useState } from 'react';
import { chooseByCoverage, coverageOf, coverageText, type Project, ratios } from '#shared/model/index.ts';
import { useOpenDialog } from '../../state/index.ts';
import {
  Badge,
  Button,
  Checkbox,
  cn,
  formatBytes,
  formatCount,
  formatEstimate,
  formatShortLength,
  NumberInput,
  Tooltip,
} from '../../ui/index.ts';
import { type ExportChoice, type ExportRow, tickState, withMember } from '../exports/export-choice.ts';
import { leftFacts } from '../exports/left-to-make.ts';
import { useExportDraft } from '../exports/use-export-request.ts';
import { type LiveEstimate, useLiveEstimate } from '../exports/use-live-estimate.ts';

interface MatrixFooterProps {
  project: Project;
  /** All variants. */
  rows: readonly ExportRow[];
  choice: ExportChoice;
  onChange: (choice: ExportChoice) => void;
}

/** What is ticked, what it covers, in which formats, and what making it comes to. */
export function MatrixFooter({ project, rows, choice, onChange }: MatrixFooterProps) {
  const openDialog = useOpenDialog();
  const { request, files } = useExportDraft(project, null);
  const live = useLiveEstimate(project.id, request);
  return (
    <footer className="@container shrink-0 border-t border-line">
      <div className="flex min-h-10 items-center gap-x-4 gap-y-1 overflow-x-auto px-3 py-1.5 [scrollbar-width:none] @min-[620px]:flex-wrap">
        <Ticked {...{ project, rows, choice, onChange }} />
        <fieldset className="flex shrink-0 items-center gap-3" aria-label="Formats to export">
          {ratios.map((ratio) => (
            <Checkbox
              key={ratio}
              label={ratio}
              value={choice.ratios.has(ratio)}
              onChange={(isIn) => onChange({ ...choice, ratios: withMember(choice.ratios, ratio, isIn) })}
            />
          ))}
        </fieldset>
        <div className="ml-auto flex shrink-0 items-center gap-3">
          <EstimateLine live={live} files={files} />
          <Button
            size="sm"
            icon={<Share className="size-3.5" />}
            disabled={files === 0}
            onClick={() => openDialog({ kind: 'export', variants: null })}
          >
            {files > 0 ? `Export ${formatCount(files, 'file')}…` : 'Export…'}
          </Button>
        </div>
      </div>
    </footer>
  );
}

function Ticked({ project, rows, choice, onChange }: MatrixFooterProps) {
  const [count, setCount] = useState(12);
  const covered = useMemo(() => {
    const all = rows.map((row) => row.variant);
    const ticked = rows.filter((row) => choice.keys.has(row.key)).map((row) => row.variant);
    return { ticked: ticked.length, text: coverageText(coverageOf(project, ticked, all)) };
  }, [project, rows, choice.keys]);
  const most = Math.max(1, rows.length);
  const wanted = Math.min(count, most);
  const takeBest = () => {
    const chosen = new Set(
      chooseByCoverage(
        project,
        rows.map((row) => row.variant),
        wanted,
      ),
    );
    onChange({ ...choice, keys: new Set(rows.filter((row) => chosen.has(row.variant)).map((row) => row.key)) });
  };
  return (
    <>
      <Checkbox
        label={`${covered.ticked.toLocaleString('en-US')} of ${rows.length.toLocaleString('en-US')}`}
        value={tickState(rows, choice.keys)}
        onChange={(isIn) => onChange({ ...choice, keys: new Set(isIn ? rows.map((row) => row.key) : []) })}
        className="tabular shrink-0"
      />
      {rows.length > 1 && (
        <fieldset className="flex shrink-0 items-center gap-1.5" aria-label="Limit by coverage">
          <Tooltip label="Ticks so many variants that together show every option, then every pair of options">
            <Button
              size="sm"
              icon={<Sparkles className="size-3.5" />}
              aria-label={`Best ${wanted} by coverage`}
              onClick={takeBest}
            >
              Best {wanted}
            </Button>
          </Tooltip>
          <NumberInput
            label="How many"
            value={wanted}
            onChange={setCount}
            min={1}
            max={most}
            step={1}
            className="w-12"
          />
        </fieldset>
      )}
      <p aria-live="polite" className="shrink-0 text-sm text-ink-3">
        {covered.text}
      </p>
    </>
  );
}

/** "48.0 s of video make 1,134 files": the estimate in a line. */
function EstimateLine({ live, files }: { live: LiveEstimate; files: number }) {
  const { answer, error, isFresh } = live;
  const facts = answer
    ? [
        `${formatShortLength(answer.distinctSeconds)} of video make ${formatCount(answer.outputs.length, 'file')}`,
        ...leftFacts(answer),
        formatEstimate(answer.estimatedMs),
        formatBytes(answer.estimatedBytes),
      ]
    : [];
  const errors = answer?.problems.filter((problem) => problem.severity === 'error').length ?? 0;
  const warnings = (answer?.problems.length ?? 0) - errors;
  return (
    <div
      role="note"
      aria-label="Estimate of the ticked variants"
      aria-busy={!isFresh}
      className={cn(
        'tabular flex min-w-0 shrink-0 items-center gap-2 text-sm text-ink-2 transition-opacity',
        !isFresh && 'opacity-50',
      )}
    >
      {error ? <span className="text-bad">No estimate at the moment</span> : files === 0 ? null : facts.join(' · ')}
      {errors > 0 && <Badge tone="bad">{formatCount(errors, 'problem')}</Badge>}
      {warnings > 0 && <Badge tone="warn">{formatCount(warnings, 'note')}</Badge>}
    </div>
  );
}
