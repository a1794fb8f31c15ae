import { useNavigate } from '@tanstack/react-router';
import { Clapperboard } from 'lucide-react';
import { useState } from 'react';
import type { Project, Variant } from '#shared/model/index.ts';
import { useEngine, useSettings, useSystemInfo } from '../../engine/index.ts';
import { Badge, Button, Dialog, EmptyState, ErrorNotice, formatCount, Tabs, toast } from '../../ui/index.ts';
import { useCurrentProject } from '../projects/use-current-project.ts';
import { EstimateBox } from './estimate-box.tsx';
import { tickedRatios, withMember } from './export-choice.ts';
import { ExportOptions } from './export-options.tsx';
import { ExportTable } from './export-table.tsx';
import { HandoffOptions } from './handoff-options.tsx';
import { PlacementOptions } from './placement-options.tsx';
import { type ExportDraft, useExportDraft } from './use-export-request.ts';
import { useLiveEstimate } from './use-live-estimate.ts';
import { type Preflight, useDraftPreflight, withPlacementRatios } from './use-preflight.ts';

interface ExportDialogProps {
  /** Ticked at first; null = what was ticked last, else the suggestion. */
  ticked: readonly Variant[] | null;
  onClose: () => void;
}

/** Which variants, in which formats and versions, for which places, under which names, to where. */
export function ExportDialog({ ticked, onClose }: ExportDialogProps) {
  const { state } = useCurrentProject();
  if (!state) return null;
  return <OpenDialog project={state.project} ticked={ticked} onClose={onClose} />;
}

function useStart({ request, files }: ExportDraft, onClose: () => void) {
  const engine = useEngine();
  const navigate = useNavigate();
  const [isStarting, setIsStarting] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const start = async () => {
    if (!request) return;
    setIsStarting(true);
    setFailure(null);
    try {
      await engine.render.start(request);
      onClose();
      toast.done(`Exporting ${formatCount(files, 'file')}.`);
      await navigate({ to: '/exports' });
    } catch (error) {
      setFailure(error);
      setIsStarting(false);
    }
  };
  return { start, isStarting, failure };
}

function OpenDialog({ project, ticked, onClose }: ExportDialogProps & { project: Project }) {
  const draft = useExportDraft(project, ticked);
  const { rows, choice, setChoice, request, files } = draft;
  const live = useLiveEstimate(project.id, request);
  const preflight = useDraftPreflight(project, draft);
  const { start, isStarting, failure } = useStart(draft, onClose);
  const isRefused = preflight.findings.some((finding) => finding.severity === 'error');
  const isBlocked = isRefused || (live.answer?.problems.some((problem) => problem.severity === 'error') ?? false);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Export ${project.name}`}
      className="h-190 w-290"
      isFlush
      footerStart={<Summary draft={draft} isRefused={isRefused} />}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isBusy={isStarting}
            disabled={request === null || isBlocked}
            onClick={() => void start()}
          >
            {files > 0 ? `Export ${formatCount(files, 'file')}` : 'Export'}
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
          <div className="flex w-96 shrink-0 flex-col border-l border-line max-[880px]:w-full max-[880px]:border-l-0">
            <Settings
              project={project}
              draft={draft}
              preflight={preflight}
              outDir={live.answer?.outDir ?? null}
              fileNames={live.answer?.outputs.map((output) => output.fileName) ?? []}
            />
            <div className="flex max-h-1/2 shrink-0 flex-col gap-3 overflow-y-auto border-t border-line p-4">
              {failure !== null && <ErrorNotice error={failure} />}
              <EstimateBox
                rows={rows}
                live={live}
                onUntick={(key) => setChoice({ ...choice, keys: withMember(choice.keys, key, false) })}
                onClose={onClose}
              />
            </div>
          </div>
        </div>
      )}
    </Dialog>
  );
}

interface SummaryProps {
  draft: ExportDraft;
  /** A placement would not take the files. */
  isRefused: boolean;
}

function Summary({ draft: { request, choice, options, files }, isRefused }: SummaryProps) {
  if (!request) return <p className="text-sm text-ink-2">Tick at least one variant and one format.</p>;
  const parts = [
    formatCount(request.variants.length, 'variant'),
    formatCount(tickedRatios(choice).length, 'format'),
    ...(options.versions.length > 1 ? [formatCount(options.versions.length, 'version')] : []),
  ];
  const left = request.variants.length * request.ratios.length * options.versions.length - files;
  return (
    <p className="tabular text-sm text-ink-2">
      {parts.join(' × ')}
      {left > 0 && `, ${formatCount(left, 'file')} left out`}
      {isRefused && <span className="pl-3 text-bad">A placement would refuse files: see Placements.</span>}
    </p>
  );
}

interface SettingsProps {
  project: Project;
  draft: ExportDraft;
  preflight: Preflight;
  /** Where the files will lie; null while unknown. */
  outDir: string | null;
  fileNames: readonly string[];
}

/** How the files are made, where they are meant for, and what comes with them. */
function Settings({ project, draft, preflight, outDir, fileNames }: SettingsProps) {
  const [tab, setTab] = useState<'files' | 'placements' | 'handoff'>('files');
  const { options, setOptions, choice, setChoice } = draft;
  const settings = useSettings().data;
  const system = useSystemInfo().data;
  const errors = preflight.findings.filter((one) => one.severity === 'error').length;
  const page = (content: React.ReactNode) => <div className="min-h-0 grow overflow-y-auto p-4">{content}</div>;
  return (
    <Tabs
      label="Settings of the export"
      value={tab}
      onChange={setTab}
      className="grow"
      tabs={[
        {
          value: 'files',
          label: 'Files',
          content: page(
            <ExportOptions
              project={project}
              value={options}
              onChange={setOptions}
              defaultPattern={settings?.namingPattern ?? '{variant}_{ratio}'}
              outDir={outDir ?? options.outDir ?? system?.exportFolder ?? ''}
              fileNames={fileNames}
            />,
          ),
        },
        {
          value: 'placements',
          label: (
            <>
              Placements
              {preflight.findings.length > 0 && (
                <Badge tone={errors > 0 ? 'bad' : 'warn'}>{preflight.findings.length}</Badge>
              )}
            </>
          ),
          content: page(
            <PlacementOptions
              value={options.placements}
              onChange={(placements) => {
                setOptions({ placements });
                setChoice(withPlacementRatios(choice, placements));
              }}
              findings={preflight.findings}
              error={preflight.error}
              isFresh={preflight.isFresh}
              onFix={preflight.fix}
            />,
          ),
        },
        {
          value: 'handoff',
          label: 'Hand-over',
          content: page(<HandoffOptions value={options.handoff} onChange={(handoff) => setOptions({ handoff })} />),
        },
      ]}
    />
  );
}
