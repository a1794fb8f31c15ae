import type { AssetId, ProjectId } from '#shared/model/index.ts';

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
export function SourceViewer(_props: SourceViewerProps) {
  return null;
}
