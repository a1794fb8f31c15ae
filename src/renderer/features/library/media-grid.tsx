import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Asset } from '#shared/model/index.ts';
import { useAtom, useOpenSource } from '../../state/index.ts';
import { ContextMenu, Spinner } from '../../ui/index.ts';
import { useMediaMenu } from '../media/media-menu.tsx';
import { moveFocus, noSelection, selectOne, selectRange, toggleOne } from '../media/selection.ts';
import type { PagedAssets } from '../media/use-paged-assets.ts';
import { selectionAtom } from './library-state.ts';
import { MediaTile } from './media-tile.tsx';
import { useLibraryKeys } from './use-library-keys.ts';
import { useSelectedAssets } from './use-selected-assets.ts';

interface MediaGridProps {
  paged: PagedAssets;
  onRange: (first: number, last: number) => void;
  /** Changes with the listing: the grid then starts at its top. */
  listKey: string;
}

const gap = 12;
const tileMinWidth = 168;
const captionHeight = 44;

/** Columns and tile size for a width. At most 8 columns: large screens get larger tiles, not more of them. */
export function gridLayout(width: number): { columns: number; tileWidth: number; rowHeight: number } {
  const inner = Math.max(tileMinWidth, width - 2 * 16);
  const columns = Math.min(8, Math.max(2, Math.floor((inner + gap) / (tileMinWidth + gap))));
  const tileWidth = (inner - gap * (columns - 1)) / columns;
  return { columns, tileWidth, rowHeight: Math.round(tileWidth * 0.75) + captionHeight + gap };
}

/** The listing as tiles; only those near the screen exist. */
export function MediaGrid({ paged, onRange, listKey }: MediaGridProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const { columns, rowHeight } = gridLayout(width);
  const total = paged.total ?? 0;
  const virtual = useVirtualizer({
    count: width > 0 ? Math.ceil(total / columns) : 0,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 1,
    paddingStart: 12,
  });
  useLayoutEffect(() => {
    const element = scroll.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the tiles change size
  useLayoutEffect(() => virtual.measure(), [rowHeight, columns]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new listing starts at its top
  useEffect(() => virtual.scrollToOffset(0), [listKey]);
  const rows = virtual.getVirtualItems();
  const first = (rows[0]?.index ?? 0) * columns;
  const last = ((rows.at(-1)?.index ?? 0) + 1) * columns - 1;
  useEffect(() => onRange(first, last), [first, last, onRange]);
  const grid = useGridSelection(paged, columns, total, (index) => virtual.scrollToIndex(Math.floor(index / columns)));
  const menu = useMediaMenu(useSelectedAssets(), grid.onGone);
  useLibraryKeys(paged);
  return (
    <ContextMenu items={menu}>
      <div
        ref={scroll}
        role="listbox"
        aria-label="Media"
        aria-multiselectable="true"
        tabIndex={0}
        onKeyDown={grid.onKeyDown}
        onClick={grid.onBackground}
        className="ring-inset-focus min-h-0 grow overflow-y-auto outline-none"
      >
        {paged.total === null && <Spinner label="Reading the library" className="m-6 size-5" />}
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {rows.map((row) => (
            <div
              key={row.key}
              role="presentation"
              className="absolute inset-x-4 grid"
              style={{
                top: row.start,
                gap,
                gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
                height: rowHeight - gap,
              }}
            >
              {Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => {
                const index = row.index * columns + column;
                const asset = paged.at(index);
                return (
                  <MediaTile
                    key={asset?.id ?? index}
                    asset={asset}
                    index={index}
                    total={total}
                    isSelected={asset !== null && grid.isSelected(asset)}
                    isFocused={grid.focus === index}
                    onPress={grid.onPress}
                  />
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </ContextMenu>
  );
}

function useGridSelection(paged: PagedAssets, columns: number, total: number, reveal: (index: number) => void) {
  const [selection, setSelection] = useAtom(selectionAtom);
  const openSource = useOpenSource();
  const extendTo = async (index: number) => {
    const ids = await paged.idsBetween(selection.anchor ?? index, index);
    setSelection((old) => selectRange(old, index, ids));
  };
  const onPress = (event: MouseEvent, asset: Asset, index: number) => {
    event.stopPropagation();
    if (event.type === 'dblclick') return openSource(asset.id);
    if (event.type === 'contextmenu') {
      if (!selection.ids.has(asset.id)) setSelection(selectOne(index, asset.id));
    } else if (event.shiftKey) void extendTo(index);
    else if (event.ctrlKey || event.metaKey) setSelection((old) => toggleOne(old, index, asset.id));
    else setSelection(selectOne(index, asset.id));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveFocus(event.key, selection.focus, columns, total);
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    reveal(next);
    if (event.shiftKey) return void extendTo(next);
    void paged.idsBetween(next, next).then(([id]) => id && setSelection(selectOne(next, id)));
  };
  return {
    focus: selection.focus,
    isSelected: (asset: Asset) => selection.ids.has(asset.id),
    onPress,
    onKeyDown,
    onBackground: () => setSelection(noSelection),
    onGone: () => setSelection(noSelection),
  };
}
