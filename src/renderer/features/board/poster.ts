import type { Asset, AssetId, Timeline } from '#shared/model/index.ts';
import { sourceTimeAt } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { frameUrl, posterUrl } from '../../engine/index.ts';

/** The first thing to be seen of a timeline: an asset at a moment of its source, and how it fills the frame. */
export interface FirstPicture {
  assetId: AssetId;
  seconds: number;
  fit: 'fit' | 'fill' | 'blur-fill';
}

/** The picture at the bottom of the first frame that has one; null for a timeline without pictures. */
export function firstPicture(timeline: Timeline): FirstPicture | null {
  const pictures = timeline.clips.filter((clip) => clip.hasPicture && clip.content.kind === 'media');
  const [first] = [...pictures].sort((a, b) => a.startFrame - b.startFrame);
  if (first?.content.kind !== 'media') return null;
  const seconds = Math.max(0, toNumber(sourceTimeAt(first, Math.max(0, first.startFrame), timeline.rate)));
  return { assetId: first.content.assetId, seconds, fit: first.layout.fit };
}

/** URL of a {@link FirstPicture}; null while nothing can be shown. */
export function pictureUrl(
  mediaBase: string,
  asset: Asset | undefined,
  picture: FirstPicture,
  height = 320,
): string | null {
  if (!asset || mediaBase === '') return null;
  if (asset.kind !== 'video' || asset.isMissing) return posterUrl(mediaBase, asset, height);
  return frameUrl(mediaBase, asset.id, picture.seconds, height);
}
