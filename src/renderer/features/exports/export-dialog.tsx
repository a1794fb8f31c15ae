import { useNavigate } from '@tanstack/react-router';
import { Clapperboard } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ExportRequestInput } from '#shared/contract/index.ts';
import type { Project, Variant } from '#shared/model/index.ts';
import { useEngine, useEstimate, useSettings, useSystemInfo } from '../../engine/index.ts';
import { Button, Dialog, EmptyState, ErrorNotice, formatCount, toast } from '../../ui/index.ts';
import { useCurrentProject } from '../projects/use-current-project.ts';
import { EstimateBox } from './estimate-box.tsx';
import { type ExportChoice, exportRows, firstChoice, tickedRatios, withMember } from './export-choice.ts';
import { ExportOptions, type ExportOptionsValue } from './export-options.tsx';
import { ExportTable } from './export-table.tsx';

interface ExportDialogProps {
  /** Ticked at first; null = the suggestion. */
  ticked: readonly Variant[] | null;
  onClose: () => void;
}

/** Which variants, in which ratios, under which names, to where. */
export function ExportDialog({ ticked, onClose }: ExportDialogProps) {
  const { state } = useCurrentProject();
  if (!state) return null;
  return <OpenDialog project={state.project} ticked={ticked} onClose={onClose} />;
}

/** A value that follows another once that has been still for a moment. */
function useSettled<Value>(value: Value, afterMs: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}

function useRequest(project: Project, choice: ExportChoice, options: ExportOptionsValue): ExportRequestInput | null {
  const rows = useMemo(() => exportRows(project), [project]);
  return useMemo(() => {
    const variants = rows.filter((row) => choice.keys.has(row.key)).map((row) => row.variant);
    const ratios = tickedRatios(choice);
    return variants.length === 0 || ratios.length === 0
      ? null
      : { projectId: project.id, variants, ratios, ...options };
  }, [rows, choice, project.id, options]);
}

function OpenDialog({ project, ticked, onClose }: ExportDialogProps & { project: Project }) {
  const engine = useEngine();
  const navigate = useNavigate();
  const [choice, setChoice] = useState(() => firstChoice(project, ticked));
  const [options, setOptions] = useState<ExportOptionsValue>({
    presetId: 'standard',
    outDir: null,
    namingPattern: null,
  });
  const [isStarting, setIsStarting] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const settings = useSettings().data;
  const system = useSystemInfo().data;
  const rows = useMemo(() => exportRows(project), [project]);
  const request = useRequest(project, choice, options);
  const settled = useSettled(request, 200);
  const estimate = useEstimate(settled);
  const answer = request === null ? null : (estimate.data ?? null);
  const count = (request?.variants.length ?? 0) * (request?.ratios.length ?? 0);
  const isBlocked = answer?.problems.some((problem) => problem.severity === 'error') ?? false;
  const start = async () => {
    if (!request) return;
    setIsStarting(true);
    setFailure(null);
    try {
      await engine.render.start(request);
      onClose();
      toast.done(`Exporting ${formatCount(count, 'file')}.`);
      await navigate({ to: '/exports' });
    } catch (error) {
      setFailure(error);
      setIsStarting(false);
    }
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Export ${project.name}`}
      className="h-170 w-260"
      isFlush
      footerStart={
        <p className="tabular text-sm text-ink-2">
          {count === 0
            ? 'Tick at least one variant and one format.'
            : `${formatCount(request?.variants.length ?? 0, 'variant')} × ${formatCount(request?.ratios.length ?? 0, 'format')}`}
        </p>
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isBusy={isStarting}
            disabled={request === null || isBlocked}
            onClick={() => void start()}
          >
            {count > 0 ? `Export ${formatCount(count, 'file')}` : 'Export'}
          </Button>
        </>
      }
    >
      {rows.length === 0 ? (
        <EmptyState icon={<Clapperboard />} title="Nothing to export yet">
          Put at least one clip into a column of the board; every combination of options becomes a variant.
        </EmptyState>
      ) : (
        <div className="flex min-h-0 grow border-t border-line max-[880px]:flex-col max-[880px]:overflow-y-auto">
          <ExportTable project={project} rows={rows} choice={choice} onChange={setChoice} />
          <div className="flex w-84 shrink-0 flex-col gap-4 overflow-y-auto border-l border-line p-4 max-[880px]:w-full max-[880px]:border-l-0">
            <ExportOptions
              value={options}
              onChange={setOptions}
              defaultPattern={settings?.namingPattern ?? '{variant}_{ratio}'}
              outDir={answer?.outDir ?? options.outDir ?? system?.exportFolder ?? ''}
              firstName={answer?.outputs[0]?.fileName ?? null}
            />
            {failure !== null && <ErrorNotice error={failure} />}
            <EstimateBox
              rows={rows}
              answer={answer}
              error={request ? estimate.error : null}
              isFresh={!estimate.isFetching && settled === request}
              onUntick={(key) => setChoice((old) => ({ ...old, keys: withMember(old.keys, key, false) }))}
              onClose={onClose}
            />
          </div>
        </div>
      )}
    </Dialog>
  );
}
