import type { AssetId, ProjectId, Ratio } from '#shared/model/index.ts';
import type { TimelineTarget } from './target.ts';

/** Properties of {@link TimelineEditor}. */
export interface TimelineEditorProps {
  projectId: ProjectId;
  target: TimelineTarget;
  ratio: Ratio;
  onRatioChange: (ratio: Ratio) => void;
  /** Opens the source viewer. */
  onOpenSource?: (assetId: AssetId) => void;
  /** Asks the user where a missing file is now. */
  onRelink?: (assetId: AssetId) => void;
}

/** Player, inspector and timeline of one option or one variant; fills its parent. */
export function TimelineEditor(_props: TimelineEditorProps) {
  return null;
}
