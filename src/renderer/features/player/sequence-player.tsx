import type { AssetId, Ratio, Timeline } from '#shared/model/index.ts';
import type { Transport } from '../../preview/transport.ts';

/** Properties of {@link SequencePlayer}. */
export interface SequencePlayerProps {
  /** What to play: from flattenSequence or flattenVariant. Keep its identity while nothing changed. */
  timeline: Timeline;
  ratio: Ratio;
  /** Shows the ratio switch when given. */
  onRatioChange?: (ratio: Ratio) => void;
  /** Shared with a timeline; a player of its own when left out. */
  transport?: Transport;
  isAutoPlaying?: boolean;
  /** Asks the user where a missing file is now. */
  onRelink?: (assetId: AssetId) => void;
  className?: string;
}

/** Plays a timeline in one ratio; fills its parent. */
export function SequencePlayer(_props: SequencePlayerProps) {
  return null;
}
