import {
  type Asset,
  type AssetId,
  atRest,
  fullSizes,
  type Layer,
  type Ratio,
  resolveLayers,
  type SourceSizes,
  type Timeline,
  visibleClips,
} from '#shared/model/index.ts';
import { type Frames, toNumber } from '#shared/units/index.ts';
import { frameUrl, posterUrl } from '../../engine/index.ts';

/**
 * The frame that stands for a timeline: where its first words are on screen, when they come in its first part; else
 * where its first picture is. So cards that differ in their words alone look different.
 */
export function posterFrame(timeline: Timeline): Frames {
  const seen = timeline.clips.filter((clip) => clip.hasPicture && clip.startFrame + clip.lengthFrames > 0);
  const says = ({ content }: (typeof seen)[number]) => content.kind !== 'text' || content.text.trim() !== '';
  const startOf = (kind: 'media' | 'text') =>
    Math.min(
      ...seen.filter((clip) => clip.content.kind === kind && says(clip)).map((clip) => Math.max(0, clip.startFrame)),
    );
  const first = timeline.sections.find((section) => section.lengthFrames > 0);
  const firstEnd = first ? first.startFrame + first.lengthFrames : timeline.lengthFrames;
  const words = startOf('text');
  if (words < firstEnd) return words;
  const picture = startOf('media');
  return Number.isFinite(picture) ? picture : 0;
}

/** What is drawn on a poster, bottom to top; media whose size is not known yet are left out. */
export function posterLayers(timeline: Timeline, ratio: Ratio, sizes: SourceSizes): Layer[] {
  const standing = { ...timeline, clips: timeline.clips.map(atRest) };
  return resolveLayers(standing, posterFrame(timeline), ratio, fullSizes[ratio], sizes);
}

/** The media seen on a poster. */
export function posterAssetIds(timeline: Timeline): AssetId[] {
  return visibleClips(timeline, posterFrame(timeline)).flatMap((clip) =>
    clip.content.kind === 'media' ? [clip.content.assetId] : [],
  );
}

/** URL of an asset's picture at a moment of its source; null while nothing can be shown. */
export function pictureUrl(mediaBase: string, asset: Asset, seconds: number, height = 320): string | null {
  if (mediaBase === '') return null;
  if (asset.kind !== 'video' || asset.isMissing) return posterUrl(mediaBase, asset, height);
  // URLs carry milliseconds: half a millisecond later keeps a rounded time from falling before its frame.
  return frameUrl(mediaBase, asset.id, Math.max(0, seconds) + 0.0006, height);
}

/** Seconds of the source that a media layer shows. */
export function secondsOf(layer: Extract<Layer, { kind: 'media' }>): number {
  return toNumber(layer.sourceSeconds);
}
