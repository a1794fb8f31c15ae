import { useMemo } from 'react';
import type { Asset, AssetId, Timeline } from '#shared/model/index.ts';
import { useAssets, useMediaBase } from '../../engine/queries.ts';
import { type PreviewSources, previewSources } from '../../preview/source.ts';

/** The assets a timeline shows or sounds, each once, in a stable order. */
export function assetIdsOf(timeline: Timeline): AssetId[] {
  const ids = timeline.clips.flatMap((clip) => (clip.content.kind === 'media' ? [clip.content.assetId] : []));
  return [...new Set(ids)].toSorted();
}

/** Assets and preview sources of a timeline. Stable while nothing about them changes. */
export function useSources(timeline: Timeline): { assets: ReadonlyMap<AssetId, Asset>; sources: PreviewSources } {
  const mediaBase = useMediaBase();
  const key = assetIdsOf(timeline).join(' ');
  const ids = useMemo(() => (key === '' ? [] : (key.split(' ') as AssetId[])), [key]);
  const assets = useAssets(ids);
  return useMemo(() => ({ assets, sources: previewSources(assets.values(), mediaBase) }), [assets, mediaBase]);
}
