import { useNavigate } from '@tanstack/react-router';
import { Ellipsis, Pause, Play, RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { ExportBatch, ExportState } from '#shared/contract/index.ts';
import { attempt, useEngine } from '../../engine/index.ts';
import {
  Badge,
  Button,
  formatAge,
  formatCount,
  formatDuration,
  formatEstimate,
  IconButton,
  Menu,
  type MenuItem,
  Progress,
  toast,
} from '../../ui/index.ts';
import { countOf, isActive } from './group-exports.ts';
import { readBatch } from './use-export-batches.ts';

/** A batch: how far it is, and what can be done with all of it. */
export function BatchHeading({ batch }: { batch: ExportBatch }) {
  const { counts, fraction } = batch;
  const isGoingOn = isActive(batch);
  const isOpen = isGoingOn || counts.paused > 0;
  return (
    <header className="flex h-full items-center gap-3 pt-3 pb-1">
      <div className="min-w-0 shrink">
        <h3 className="truncate text-base font-semibold">{batch.projectName}</h3>
        <p className="tabular truncate text-sm text-ink-3">{factsOf(batch)}</p>
      </div>
      {counts.failed > 0 && <Badge tone="bad">{counts.failed} failed</Badge>}
      {counts.paused > 0 && <Badge tone="warn">{isGoingOn ? `${counts.paused} paused` : 'Paused'}</Badge>}
      <div className="grow" />
      {isOpen && (
        <div className="tabular flex items-center gap-2 text-sm text-ink-2">
          <Progress label="Progress of the batch" fraction={fraction} className="w-36" />
          {Math.floor(fraction * 100)} %
        </div>
      )}
      <BatchActions batch={batch} />
    </header>
  );
}

/** "5 min ago · 3 of 12 files · 0:12 of 0:48 of video · about 40 s left" */
function factsOf(batch: ExportBatch): string {
  const { counts } = batch;
  const isOpen = isActive(batch) || counts.paused > 0;
  const files = `${counts.finished.toLocaleString('en-US')} of ${formatCount(countOf(batch), 'file')}`;
  const seconds = isOpen
    ? `${formatDuration(batch.doneSeconds)} of ${formatDuration(batch.totalSeconds)} of video`
    : `${formatDuration(batch.doneSeconds)} of video`;
  const left = isActive(batch) ? [`${formatEstimate(batch.leftMs)} left`] : [];
  return [formatAge(batch.createdAtMs), files, seconds, ...left].join(' · ');
}

function useBatchDeeds(batch: ExportBatch) {
  const engine = useEngine();
  const [isBusy, setIsBusy] = useState(false);
  const during = async (task: () => Promise<unknown>) => {
    setIsBusy(true);
    await attempt(task);
    setIsBusy(false);
  };
  const idsIn = async (...states: ExportState[]) => (await readBatch(engine, batch.id, states)).map((one) => one.id);
  /** The contract takes 2,000 at once; more in one batch are done in turns. */
  const inTurns = async (ids: readonly string[], task: (some: string[]) => Promise<unknown>) => {
    for (let first = 0; first < ids.length; first += 2000) await task(ids.slice(first, first + 2000));
  };
  const resume = (...states: ExportState[]) =>
    during(async () => inTurns(await idsIn(...states), (exportIds) => engine.render.resume({ exportIds })));
  return {
    isBusy,
    pause: () => during(() => engine.render.pause({ batchId: batch.id })),
    cancel: () => during(() => engine.render.cancel({ batchId: batch.id })),
    resume,
    again: () =>
      during(async () => {
        const ids = await idsIn('finished');
        await inTurns(ids, (exportIds) => engine.render.reexport({ exportIds }));
        toast.done(`Exporting ${formatCount(ids.length, 'file')} again.`);
      }),
    forget: () =>
      during(async () => {
        const ids = await idsIn('finished', 'failed', 'cancelled');
        await inTurns(ids, (some) => engine.render.forget({ ids: some }));
      }),
  };
}

function BatchActions({ batch }: { batch: ExportBatch }) {
  const { counts } = batch;
  const navigate = useNavigate();
  const deeds = useBatchDeeds(batch);
  const isGoingOn = isActive(batch);
  const isOpen = isGoingOn || counts.paused > 0;
  const lines: MenuItem[] = [
    ...(isOpen ? [{ label: 'Cancel all', isDangerous: true, onSelect: () => void deeds.cancel() }] : []),
    ...(!isOpen && counts.cancelled > 0
      ? [{ label: `Make the ${counts.cancelled} cancelled`, onSelect: () => void deeds.resume('cancelled') }]
      : []),
    ...(counts.finished > 0 ? [{ label: 'Export all again as next version', onSelect: () => void deeds.again() }] : []),
    ...(isOpen ? [] : [{ label: 'Take off the list', onSelect: () => void deeds.forget() }]),
  ];
  return (
    <div className="flex shrink-0 items-center gap-2">
      {counts.failed > 0 && !isGoingOn && (
        <Button
          size="sm"
          icon={<RotateCw className="size-3.5" />}
          isBusy={deeds.isBusy}
          onClick={() => void deeds.resume('failed')}
        >
          Try {counts.failed} again
        </Button>
      )}
      {isGoingOn && (
        <Button
          size="sm"
          icon={<Pause className="size-3.5" />}
          isBusy={deeds.isBusy}
          onClick={() => void deeds.pause()}
        >
          Pause
        </Button>
      )}
      {counts.paused > 0 && (
        <Button
          size="sm"
          icon={<Play className="size-3.5" />}
          isBusy={deeds.isBusy}
          onClick={() => void deeds.resume('paused')}
        >
          Resume
        </Button>
      )}
      {counts.finished > 0 && (
        <Button size="sm" onClick={() => void navigate({ to: '/review', search: { batch: batch.id } })}>
          Review
        </Button>
      )}
      <Menu items={lines} align="end">
        <IconButton size="sm" label={`More for ${batch.projectName}`}>
          <Ellipsis />
        </IconButton>
      </Menu>
    </div>
  );
}
