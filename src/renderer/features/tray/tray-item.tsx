import { type KeyboardEvent, memo } from 'react';
import type { Asset, AssetId } from '#shared/model/index.ts';
import { useOpenSource } from '../../state/index.ts';
import { ContextMenu } from '../../ui/index.ts';
import { MediaBadges } from '../media/media-badges.tsx';
import { useMediaMenu } from '../media/media-menu.tsx';
import { MediaThumb } from '../media/media-thumb.tsx';
import { writeAssetDrag } from '../timeline/asset-drag.ts';

interface TrayItemProps {
  /** Null while it is being read. */
  asset: Asset | null;
  /** The list around it, for next and previous in the viewer. */
  ids: readonly AssetId[];
}

/** One item of the tray. */
export const TrayItem = memo(function TrayItem({ asset, ids }: TrayItemProps) {
  if (!asset) return <div className="size-full animate-pulse rounded-md bg-raise" aria-hidden />;
  return <KnownItem asset={asset} ids={ids} />;
});

function KnownItem({ asset, ids }: { asset: Asset; ids: readonly AssetId[] }) {
  const openSource = useOpenSource();
  const menu = useMediaMenu([asset]);
  const open = () => openSource(asset.id, ids);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    open();
  };
  return (
    <ContextMenu items={menu}>
      {/* biome-ignore lint/a11y/useSemanticElements: a button cannot be dragged in every browser */}
      <div
        role="button"
        tabIndex={0}
        title={`${asset.name}\nDouble click to open, drag into a column`}
        draggable
        onDragStart={(event) => writeAssetDrag(event.dataTransfer, [{ assetId: asset.id }])}
        onDoubleClick={open}
        onKeyDown={onKeyDown}
        className="group flex size-full cursor-grab flex-col overflow-hidden rounded-md border border-line bg-raise hover:border-line-strong active:cursor-grabbing"
      >
        {/* First for the ear, last for the eye. */}
        <p className="order-last shrink-0 truncate px-1.5 py-0.5 text-xs text-ink-2">{asset.name}</p>
        <div className="relative min-h-0 grow">
          <MediaThumb asset={asset} className="absolute inset-0" />
          <MediaBadges asset={asset} />
        </div>
      </div>
    </ContextMenu>
  );
}
