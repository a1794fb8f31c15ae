import { ChevronLeft, ChevronRight, FileQuestion } from 'lucide-react';
import type { AssetId, ProjectId } from '#shared/model/index.ts';
import { useAsset } from '../../engine/queries.ts';
import { Dialog, EmptyState, IconButton, Spinner, useCommands } from '../../ui/index.ts';
import { neighbour } from './marks.ts';
import { SourceBody } from './source-body.tsx';

/** Properties of {@link SourceViewer}. */
export interface SourceViewerProps {
  /** The asset shown; null = closed. */
  assetId: AssetId | null;
  /** Neighbours for next and previous, in the order of the list it was opened from. */
  assetIds?: readonly AssetId[];
  /** Project whose slots `1`, `2`, `3` … stand for. */
  projectId?: ProjectId | null;
  onNavigate: (assetId: AssetId) => void;
  onClose: () => void;
  onRelink?: (assetId: AssetId) => void;
}

/** A dialog that plays one asset, marks in and out, and sends the range to a slot or keeps it as a subclip. */
export function SourceViewer(props: SourceViewerProps) {
  const { assetId, onClose } = props;
  return (
    <Dialog
      isOpen={assetId !== null}
      onOpenChange={(isOpen) => isOpen || onClose()}
      title="Source viewer"
      isTitleHidden
      isFlush
      className="h-[min(860px,calc(100vh-48px))] w-[min(1240px,calc(100vw-48px))]"
    >
      {assetId && <Content {...props} assetId={assetId} />}
    </Dialog>
  );
}

function Content(props: SourceViewerProps & { assetId: AssetId }) {
  const { assetId, assetIds = [], projectId = null, onNavigate, onRelink } = props;
  const { data: asset, isPending } = useAsset(assetId);
  const previous = neighbour(assetIds, assetId, -1);
  const next = neighbour(assetIds, assetId, 1);
  const group = 'Source viewer';
  useCommands([
    {
      id: 'source.previous',
      label: 'Previous media',
      group,
      keys: ['ArrowUp', 'PageUp'],
      isEnabled: previous !== null,
      run: () => previous && onNavigate(previous),
    },
    {
      id: 'source.next',
      label: 'Next media',
      group,
      keys: ['ArrowDown', 'PageDown'],
      isEnabled: next !== null,
      run: () => next && onNavigate(next),
    },
  ]);
  const position = assetIds.indexOf(assetId);
  const navigation = assetIds.length > 1 && (
    <div className="flex items-center">
      <IconButton
        label="Previous media"
        shortcut="ArrowUp"
        disabled={!previous}
        onClick={() => previous && onNavigate(previous)}
      >
        <ChevronLeft />
      </IconButton>
      <span className="tabular min-w-14 text-center text-xs text-ink-3">
        {position + 1} of {assetIds.length}
      </span>
      <IconButton label="Next media" shortcut="ArrowDown" disabled={!next} onClick={() => next && onNavigate(next)}>
        <ChevronRight />
      </IconButton>
    </div>
  );
  if (isPending) {
    return (
      <div className="flex grow items-center justify-center">
        <Spinner />
      </div>
    );
  }
  if (!asset) {
    return (
      <EmptyState icon={<FileQuestion />} title="This media is no longer in the library">
        It may have been removed meanwhile. Close this window and look at the library anew.
      </EmptyState>
    );
  }
  return <SourceBody key={asset.id} asset={asset} projectId={projectId} navigation={navigation} onRelink={onRelink} />;
}
