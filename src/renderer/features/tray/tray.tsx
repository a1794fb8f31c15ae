import { useVirtualizer } from '@tanstack/react-virtual';
import { AudioLines, Captions, Image as ImageIcon, Import, Video } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { AssetFilterInput } from '#shared/contract/index.ts';
import type { Asset } from '#shared/model/index.ts';
import { rememberedAtom, useAtom } from '../../state/index.ts';
import { Button, EmptyState, IconButton, Panel, SearchInput, Segmented, Spinner } from '../../ui/index.ts';
import { useChooseMedia } from '../import/use-choose-media.ts';
import { type PagedAssets, usePagedAssets, useShownRange } from '../media/use-paged-assets.ts';
import { TrayItem } from './tray-item.tsx';

type TrayKind = 'all' | 'video' | 'image' | 'audio' | 'caption';
const kindAtom = rememberedAtom<TrayKind>('tray.kind', 'all');
const kindsOf: Record<TrayKind, NonNullable<AssetFilterInput['kinds']>> = {
  all: ['video', 'image', 'audio', 'caption'],
  video: ['video'],
  image: ['image'],
  audio: ['audio'],
  caption: ['caption'],
};

/** The footage beside the board: scrub by hovering, drag into a column, double click to open. */
export function Tray() {
  const [kind, setKind] = useAtom(kindAtom);
  const [search, setSearch] = useState('');
  const choose = useChooseMedia();
  const filter = useDeferredValue(
    useMemo<AssetFilterInput>(
      () => ({ kinds: kindsOf[kind] ?? kindsOf.all, ...(search.trim() ? { search: search.trim() } : {}) }),
      [kind, search],
    ),
  );
  const [range, setRange] = useShownRange();
  const paged = usePagedAssets(filter, 'newest', range.first, range.last);
  return (
    <Panel
      title="Footage"
      className="grow"
      actions={
        <IconButton label="Import media" shortcut="Mod+I" size="sm" onClick={choose}>
          <Import />
        </IconButton>
      }
    >
      <div className="flex flex-col gap-2 p-2">
        <SearchInput label="Search footage" value={search} onChange={setSearch} />
        <Segmented
          label="Kind of footage"
          size="sm"
          value={kind}
          onChange={setKind}
          className="[&>button]:grow [&>button]:px-0"
          options={[
            { value: 'all', label: 'All' },
            { value: 'video', label: <Video className="size-4" />, name: 'Video' },
            { value: 'image', label: <ImageIcon className="size-4" />, name: 'Images' },
            { value: 'audio', label: <AudioLines className="size-4" />, name: 'Sound' },
            { value: 'caption', label: <Captions className="size-4" />, name: 'Captions' },
          ]}
        />
      </div>
      {paged.total === 0 ? (
        <TrayEmpty isSearching={search.trim() !== '' || kind !== 'all'} onChoose={choose} />
      ) : (
        <TrayGrid paged={paged} onRange={setRange} />
      )}
    </Panel>
  );
}

function TrayEmpty({ isSearching, onChoose }: { isSearching: boolean; onChoose: () => void }) {
  if (isSearching) return <EmptyState size="sm" icon={<Video />} title="Nothing fits" />;
  return (
    <EmptyState
      size="sm"
      icon={<Video />}
      title="Drop footage here"
      actions={<Button onClick={onChoose}>Choose files…</Button>}
    >
      Or hooks you already cut: files named hook, body or cta go straight into their columns.
    </EmptyState>
  );
}

const rowHeight = 116;
const columns = 2;

function TrayGrid({ paged, onRange }: { paged: PagedAssets; onRange: (first: number, last: number) => void }) {
  const scroll = useRef<HTMLDivElement>(null);
  const total = paged.total ?? 0;
  const virtual = useVirtualizer({
    count: Math.ceil(total / columns),
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 2,
    onChange: (instance) => {
      const rows = instance.getVirtualItems();
      onRange((rows[0]?.index ?? 0) * columns, ((rows.at(-1)?.index ?? 0) + 1) * columns - 1);
    },
  });
  const rows = virtual.getVirtualItems();
  const shown = rows.flatMap((row) => [paged.at(row.index * columns), paged.at(row.index * columns + 1)]);
  const ids = shown.flatMap((asset: Asset | null) => asset?.id ?? []);
  return (
    <div ref={scroll} className="min-h-0 grow overflow-y-auto">
      {paged.total === null && <Spinner label="Reading footage" className="m-4" />}
      <ul aria-label="Footage" className="relative" style={{ height: virtual.getTotalSize() }}>
        {rows.flatMap((row) =>
          Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => {
            const index = row.index * columns + column;
            return (
              <li
                // By what it shows: when others come before it, the focus stays with it.
                key={paged.at(index)?.id ?? index}
                className="absolute w-1/2 px-1 pb-2"
                style={{ top: row.start, left: `${column * 50}%`, height: rowHeight }}
              >
                <TrayItem asset={paged.at(index)} ids={ids} />
              </li>
            );
          }),
        )}
      </ul>
    </div>
  );
}
