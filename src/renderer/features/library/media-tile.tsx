import { type MouseEvent, memo } from 'react';
import type { Asset } from '#shared/model/index.ts';
import { useAtomValue } from '../../state/index.ts';
import { cn } from '../../ui/index.ts';
import { MediaBadges } from '../media/media-badges.tsx';
import { MediaThumb } from '../media/media-thumb.tsx';
import { writeAssetDrag } from '../timeline/asset-drag.ts';
import { selectionAtom } from './library-state.ts';

interface MediaTileProps {
  /** Null while it is being read. */
  asset: Asset | null;
  index: number;
  total: number;
  isSelected: boolean;
  isFocused: boolean;
  onPress: (event: MouseEvent, asset: Asset, index: number) => void;
}

/** One item of the grid. */
export const MediaTile = memo(function MediaTile(props: MediaTileProps) {
  const { asset, index, total, isSelected, isFocused, onPress } = props;
  const selection = useAtomValue(selectionAtom);
  if (!asset) return <div className="animate-pulse rounded-md bg-panel" data-testid="media-tile" aria-hidden />;
  const press = (event: MouseEvent) => onPress(event, asset, index);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox around it answers the keyboard
    <div
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      aria-posinset={index + 1}
      aria-setsize={total}
      data-testid="media-tile"
      data-asset-id={asset.id}
      draggable
      onClick={press}
      onDoubleClick={press}
      onContextMenu={press}
      onDragStart={(event) =>
        writeAssetDrag(
          event.dataTransfer,
          (isSelected ? [...selection.ids] : [asset.id]).map((assetId) => ({ assetId })),
        )
      }
      className={cn(
        'group flex min-w-0 flex-col overflow-hidden rounded-md border bg-panel',
        isSelected ? 'border-accent bg-accent-soft' : 'border-line hover:border-line-strong',
        isFocused && 'outline-2 outline-offset-1 outline-accent',
      )}
    >
      {/* First for the ear, last for the eye. */}
      <div className="order-last h-10.5 px-2 py-1">
        <p className="truncate text-sm text-ink" title={asset.name}>
          {asset.name}
        </p>
        <p className="truncate text-xs text-ink-3">{captionOf(asset)}</p>
      </div>
      <div className={cn('relative min-h-0 grow', asset.isRejected && 'opacity-40')}>
        <MediaThumb asset={asset} className="absolute inset-0" />
        <MediaBadges asset={asset} />
      </div>
    </div>
  );
});

const kinds: Record<Asset['kind'], string> = {
  video: 'Video',
  image: 'Image',
  audio: 'Sound',
  caption: 'Captions',
  document: 'Document',
};

function captionOf(asset: Asset): string {
  const { video } = asset.probe;
  const size = video ? `${video.width} × ${video.height}` : kinds[asset.kind];
  const folder = asset.sourceFolder.split(/[\\/]/).filter(Boolean).at(-1);
  return folder ? `${size} · ${folder}` : size;
}
