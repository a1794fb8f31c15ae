import { useNavigate } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight, Scissors, Share } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { type Project, type Variant, variantKey } from '#shared/model/index.ts';
import { useOpenDialog, useShownRatio, useShownVariant } from '../../state/index.ts';
import { Button, Dialog, EmptyState, IconButton, Spinner, useCommands } from '../../ui/index.ts';
import type { ExportRow } from '../exports/export-choice.ts';
import { useExportRows } from '../exports/use-export-choice.ts';
import { useMediaActions } from '../media/use-media-actions.ts';
import { useCurrentProject } from '../projects/use-current-project.ts';
import { useSourceLengths, useVariantTimeline } from './use-variants.ts';

const CheckedPlayer = lazy(() => import('./checked-player.tsx').then((module) => ({ default: module.CheckedPlayer })));

/** A variant in the large player, where one is asked for. */
export function VariantPlayerHost() {
  const [variant, setVariant] = useShownVariant();
  const { state } = useCurrentProject();
  if (!variant || !state) return null;
  return <VariantPlayer project={state.project} variant={variant} onShow={setVariant} />;
}

interface VariantPlayerProps {
  project: Project;
  variant: Variant;
  onShow: (variant: Variant | null) => void;
}

function VariantPlayer({ project, variant, onShow }: VariantPlayerProps) {
  const variants = useExportRows(project);
  const key = variantKey(project, variant);
  const index = variants.findIndex((one) => one.key === key);
  const cell = variants[index];
  const navigate = useNavigate();
  const openDialog = useOpenDialog();
  const close = () => onShow(null);
  const go = (step: number) => {
    const next = variants[index + step];
    if (next) onShow(next.variant);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && close()}
      title={cell?.name ?? 'This variant is gone'}
      className="h-[calc(100vh-48px)] w-[min(1200px,calc(100vw-64px))]"
      isFlush
      footerStart={<Pager index={index} count={variants.length} onGo={go} />}
      footer={
        cell && (
          <>
            <Button
              icon={<Scissors className="size-4" />}
              onClick={() => {
                close();
                void navigate({ to: '/edit/$kind/$id', params: { kind: 'variant', id: cell.key } });
              }}
            >
              Open timeline
            </Button>
            <Button
              variant="primary"
              icon={<Share className="size-4" />}
              onClick={() => {
                close();
                openDialog({ kind: 'export', variants: [cell.variant] });
              }}
            >
              Export this one…
            </Button>
          </>
        )
      }
    >
      {cell ? (
        <Player key={cell.key} project={project} cell={cell} />
      ) : (
        <EmptyState icon={<ChevronLeft />} title="Its options have been removed" />
      )}
    </Dialog>
  );
}

function Player({ project, cell }: { project: Project; cell: ExportRow }) {
  const [ratio, setRatio] = useShownRatio();
  const lengths = useSourceLengths(project);
  const timeline = useVariantTimeline(project, cell.variant, lengths);
  const { relink } = useMediaActions();
  if (!timeline) return <EmptyState icon={<ChevronLeft />} title="This variant cannot be played" />;
  return (
    <Suspense fallback={<Spinner label="Opening the player" className="m-auto size-6" />}>
      <CheckedPlayer project={project} timeline={timeline} ratio={ratio} onRatioChange={setRatio} onRelink={relink} />
    </Suspense>
  );
}

function Pager({ index, count, onGo }: { index: number; count: number; onGo: (step: number) => void }) {
  useCommands([
    {
      id: 'variant.previous',
      label: 'Previous variant',
      group: 'Player',
      keys: 'PageUp',
      isEnabled: index > 0,
      run: () => onGo(-1),
    },
    {
      id: 'variant.next',
      label: 'Next variant',
      group: 'Player',
      keys: 'PageDown',
      isEnabled: index < count - 1,
      run: () => onGo(1),
    },
  ]);
  return (
    <div className="tabular flex items-center gap-1 text-sm text-ink-3">
      <IconButton label="Previous variant" shortcut="PageUp" disabled={index <= 0} onClick={() => onGo(-1)}>
        <ChevronLeft />
      </IconButton>
      {index + 1} of {count}
      <IconButton label="Next variant" shortcut="PageDown" disabled={index >= count - 1} onClick={() => onGo(1)}>
        <ChevronRight />
      </IconButton>
    </div>
  );
}
