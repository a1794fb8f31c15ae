import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { exportUrl, keys, useEngine, useMediaBase } from '../../engine/index.ts';
import { Badge, Dialog, EmptyState, formatShortLength, IconButton, useCommands } from '../../ui/index.ts';
import { readBatch } from './use-export-batches.ts';

/** Plays a finished file; arrows go through its batch. */
export function PlayExportDialog({ exportId, onClose }: { exportId: string; onClose: () => void }) {
  const [id, setId] = useState(exportId);
  const mediaBase = useMediaBase();
  const { current, siblings } = useBatchOf(id);
  const index = siblings.findIndex((one) => one.id === id);
  const go = (step: number) => {
    const next = siblings[index + step];
    if (next) setId(next.id);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={current?.fileName ?? 'Export'}
      description={current?.variantName}
      className="h-[calc(100vh-64px)] w-[min(1100px,calc(100vw-64px))]"
      isFlush
      footerStart={
        current && (
          <>
            <Badge>{current.ratio}</Badge>
            <span className="tabular text-sm text-ink-3">{formatShortLength(current.durationSeconds)}</span>
          </>
        )
      }
      footer={<Pager index={index} count={siblings.length} onGo={go} />}
    >
      {current ? (
        <div className="flex min-h-0 grow items-center justify-center dark-area bg-black">
          {/* biome-ignore lint/a11y/useMediaCaption: captions are burnt into the ad */}
          <video
            key={current.id}
            src={exportUrl(mediaBase, current.id)}
            aria-label={`Video ${current.fileName}`}
            controls
            autoPlay
            className="size-full min-h-0 object-contain"
          />
        </div>
      ) : (
        <EmptyState icon={<ChevronLeft />} title="This export is no longer on the list" />
      )}
    </Dialog>
  );
}

/** An export with the playable ones of its batch, in the order they were asked for. */
function useBatchOf(id: string) {
  const engine = useEngine();
  const { data: current } = useQuery({
    queryKey: [...keys.exports, 'one', id],
    queryFn: ({ signal }) => engine.render.get({ id }, { signal }),
    placeholderData: keepPreviousData,
  });
  const batchId = current?.batchId;
  const { data } = useQuery({
    queryKey: [...keys.exports, 'playable', batchId],
    queryFn: () => (batchId ? readBatch(engine, batchId, ['finished']) : []),
    enabled: batchId !== undefined,
  });
  const siblings = useMemo(() => (data ?? []).filter((one) => !one.isFileMissing), [data]);
  return { current, siblings };
}

function Pager({ index, count, onGo }: { index: number; count: number; onGo: (step: number) => void }) {
  useCommands([
    {
      id: 'export.previous',
      label: 'Previous file',
      group: 'Player',
      keys: 'PageUp',
      isEnabled: index > 0,
      run: () => onGo(-1),
    },
    {
      id: 'export.next',
      label: 'Next file',
      group: 'Player',
      keys: 'PageDown',
      isEnabled: index < count - 1,
      run: () => onGo(1),
    },
  ]);
  if (count < 2) return null;
  return (
    <div className="tabular flex items-center gap-1 text-sm text-ink-3">
      <IconButton label="Previous file" shortcut="PageUp" disabled={index <= 0} onClick={() => onGo(-1)}>
        <ChevronLeft />
      </IconButton>
      {index + 1} of {count}
      <IconButton label="Next file" shortcut="PageDown" disabled={index >= count - 1} onClick={() => onGo(1)}>
        <ChevronRight />
      </IconButton>
    </div>
  );
}
