import { MousePointerClick } from 'lucide-react';
import { useAtomValue, useOpenSource } from '../../state/index.ts';
import { Button, EmptyState, formatBytes, formatCount, formatDuration, Panel } from '../../ui/index.ts';
import { durationOf } from '../media/asset-facts.ts';
import { MediaThumb } from '../media/media-thumb.tsx';
import { AssetDetails } from './asset-details.tsx';
import { selectionAtom } from './library-state.ts';
import { useSelectedAssets } from './use-selected-assets.ts';

/** All about what is selected. */
export function DetailsPanel() {
  const { ids } = useAtomValue(selectionAtom);
  const assets = useSelectedAssets();
  const openSource = useOpenSource();
  const [first] = assets;
  if (ids.size === 0 || !first) {
    return (
      <Panel label="Details" className="grow">
        <EmptyState size="sm" icon={<MousePointerClick />} title="Nothing selected">
          Click an item to see what it is. Shift and Ctrl select several.
        </EmptyState>
      </Panel>
    );
  }
  if (ids.size > 1) {
    const seconds = assets.reduce((sum, asset) => sum + (durationOf(asset) ?? 0), 0);
    const bytes = assets.reduce((sum, asset) => sum + asset.sizeBytes, 0);
    return (
      <Panel label="Details" className="grow p-4">
        <p className="text-lg font-semibold">{formatCount(ids.size, 'item')}</p>
        {assets.length === ids.size && (
          <p className="tabular text-sm text-ink-3">
            {formatDuration(seconds)} · {formatBytes(bytes)}
          </p>
        )}
      </Panel>
    );
  }
  return (
    <Panel label="Details" className="grow overflow-y-auto">
      <MediaThumb asset={first} className="relative aspect-video w-full shrink-0" />
      <div className="p-3">
        <Button className="w-full" onClick={() => openSource(first.id)}>
          Open in the source viewer
        </Button>
      </div>
      <AssetDetails key={first.id} asset={first} />
    </Panel>
  );
}
