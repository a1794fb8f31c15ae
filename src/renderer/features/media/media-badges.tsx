import { Ban, Hourglass, Star, TriangleAlert } from 'lucide-react';
import type { Asset } from '#shared/model/index.ts';
import { Badge, formatDuration } from '../../ui/index.ts';
import { durationOf } from './asset-facts.ts';

/** Marks over a thumbnail: length, rating, rejected, missing, being prepared. */
export function MediaBadges({ asset }: { asset: Asset }) {
  const seconds = durationOf(asset);
  const isPreparing = asset.renditions.some((rendition) => rendition.state === 'queued');
  const hasFailed = asset.renditions.some((rendition) => rendition.state === 'failed');
  return (
    <>
      <div className="pointer-events-none absolute right-1 bottom-1 flex gap-1">
        {isPreparing && (
          <Badge tone="dark">
            <Hourglass aria-label="Previews are being made" />
          </Badge>
        )}
        {seconds !== null && <Badge tone="dark">{formatDuration(seconds)}</Badge>}
      </div>
      <div className="pointer-events-none absolute bottom-1 left-1 flex gap-1">
        {asset.rating > 0 && (
          <Badge tone="dark">
            <Star className="fill-warn text-warn" aria-hidden />
            <span className="sr-only">Rated </span>
            {asset.rating}
          </Badge>
        )}
        {asset.isRejected && (
          <Badge tone="dark">
            <Ban className="text-bad" aria-label="Rejected" />
          </Badge>
        )}
        {(asset.isMissing || hasFailed) && (
          <Badge tone="dark">
            <TriangleAlert className="text-warn" aria-hidden />
            {asset.isMissing ? 'Missing' : 'No preview'}
          </Badge>
        )}
      </div>
    </>
  );
}
