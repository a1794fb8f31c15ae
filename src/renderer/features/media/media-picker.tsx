import { useVirtualizer } from '@tanstack/react-virtual';
import { SearchX } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { AssetFilterInput } from '#shared/contract/index.ts';
import type { Asset } from '#shared/model/index.ts';
import { type MediaPick, useAskForMedia, useMediaPick } from '../../state/index.ts';
import { Button, cn, Dialog, EmptyState, formatCount, SearchInput } from '../../ui/index.ts';
import { MediaBadges } from './media-badges.tsx';
import { MediaThumb } from './media-thumb.tsx';
import { type PagedAssets, usePagedAssets, useShownRange } from './use-paged-assets.ts';

/** Asks for media of the library; an empty list when the person gave up. */
export const usePickMedia = useAskForMedia;

/** The media picker, where a wish for media is answered. */
export function MediaPickerHost() {
  const [pick, setPick] = useMediaPick();
  if (!pick) return null;
  return (
    <MediaPicker
      pick={pick}
      onFinish={(assets) => {
        setPick(null);
        pick.resolve(assets);
      }}
    />
  );
}

function MediaPicker({ pick, onFinish }: { pick: MediaPick; onFinish: (assets: Asset[]) => void }) {
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<ReadonlyMap<string, Asset>>(new Map());
  const [range, setRange] = useShownRange();
  const filter = useDeferredValue(
    useMemo<AssetFilterInput>(
      () => ({
        kinds: [...pick.kinds],
        ...(pick.hasSound ? { hasSound: true } : {}),
        ...(search.trim() ? { search: search.trim() } : {}),
      }),
      [pick.kinds, pick.hasSound, search],
    ),
  );
  const paged = usePagedAssets(filter, 'newest', range.first, range.last);
  const toggle = (asset: Asset) => {
    const next = new Map(pick.isMultiple ? chosen : []);
    if (!next.delete(asset.id)) next.set(asset.id, asset);
    setChosen(next);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onFinish([])}
      title={pick.title}
      className="h-140 w-180"
      isFlush
      footerStart={
        <p className="text-sm text-ink-3">{chosen.size > 0 && `${formatCount(chosen.size, 'item')} chosen`}</p>
      }
      footer={
        <>
          <Button onClick={() => onFinish([])}>Cancel</Button>
          <Button variant="primary" disabled={chosen.size === 0} onClick={() => onFinish([...chosen.values()])}>
            {pick.isMultiple && chosen.size > 1 ? `Use ${chosen.size}` : 'Use'}
          </Button>
        </>
      }
    >
      <SearchInput label="Search media" value={search} onChange={setSearch} className="mx-4 mb-3" />
      {paged.total === 0 ? (
        <EmptyState size="sm" icon={<SearchX />} title={search ? 'Nothing fits' : 'No such media in the library yet'}>
          {!search && 'Import some first: drop files anywhere, or press the import button.'}
        </EmptyState>
      ) : (
        <Choices
          paged={paged}
          isChosen={(asset) => chosen.has(asset.id)}
          onToggle={toggle}
          onTake={(asset) =>
            onFinish(pick.isMultiple && chosen.size > 0 ? [...new Map(chosen).set(asset.id, asset).values()] : [asset])
          }
          onRange={setRange}
        />
      )}
    </Dialog>
  );
}

interface ChoicesProps {
  paged: PagedAssets;
  isChosen: (asset: Asset) => boolean;
  onToggle: (asset: Asset) => void;
  onTake: (asset: Asset) => void;
  onRange: (first: number, last: number) => void;
}

const columns = 4;

function Choices({ paged, isChosen, onToggle, onTake, onRange }: ChoicesProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const total = paged.total ?? 0;
  const virtual = useVirtualizer({
    count: Math.ceil(total / columns),
    getScrollElement: () => scroll.current,
    estimateSize: () => 148,
    overscan: 1,
    onChange: (instance) => {
      const rows = instance.getVirtualItems();
      onRange((rows[0]?.index ?? 0) * columns, ((rows.at(-1)?.index ?? 0) + 1) * columns - 1);
    },
  });
  return (
    <div ref={scroll} className="min-h-0 grow overflow-y-auto">
      <div className="relative mx-3" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) =>
          Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => {
            const asset = paged.at(row.index * columns + column);
            const style = { top: row.start, left: `${column * 25}%` };
            if (!asset) return null;
            return (
              <button
                key={asset.id}
                type="button"
                aria-pressed={isChosen(asset)}
                onClick={() => onToggle(asset)}
                onDoubleClick={() => onTake(asset)}
                style={style}
                className="ring-inset-focus absolute h-37 w-1/4 p-1 text-left"
              >
                <span
                  className={cn(
                    'flex size-full flex-col overflow-hidden rounded-md border',
                    isChosen(asset) ? 'border-accent bg-accent-soft' : 'border-line bg-raise hover:border-line-strong',
                  )}
                >
                  {/* First for the ear, last for the eye. */}
                  <span className="order-last truncate px-2 py-1 text-xs text-ink-2">{asset.name}</span>
                  <span className="relative min-h-0 grow">
                    <MediaThumb asset={asset} className="absolute inset-0" />
                    <MediaBadges asset={asset} />
                  </span>
                </span>
              </button>
            );
          }),
        )}
      </div>
    </div>
  );
}
