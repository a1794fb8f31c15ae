import type { Asset, AssetId, RenditionKind } from '#shared/model/index.ts';

/** The file itself. */
export function originalUrl(mediaBase: string, assetId: AssetId): string {
  return `${mediaBase}/${assetId}/original`;
}

/** A rendition's bytes, or null while it is not ready. */
export function renditionUrl(mediaBase: string, asset: Asset, kind: RenditionKind): string | null {
  const rendition = asset.renditions.find((one) => one.kind === kind);
  if (rendition?.state !== 'ready') return null;
  return `${mediaBase}/${asset.id}/${kind}?v=${encodeURIComponent(rendition.version)}`;
}

/** One frame extracted on demand: works before anything has been derived. `height` in pixels. */
export function frameUrl(mediaBase: string, assetId: AssetId, seconds: number, height: number): string {
  return `${mediaBase}/${assetId}/frame?t=${Math.max(0, seconds).toFixed(3)}&h=${Math.round(height)}`;
}

/** What a browser can play of it: the original or its proxy; null when there is nothing yet. */
export function playableUrl(mediaBase: string, asset: Asset): string | null {
  if (asset.playback === 'original') return originalUrl(mediaBase, asset.id);
  return asset.playback === 'proxy' ? renditionUrl(mediaBase, asset, 'proxy') : null;
}

/** A finished export's bytes. */
export function exportUrl(mediaBase: string, exportId: string): string {
  return `${mediaBase}/exports/${exportId}`;
}

/** A picture of one frame of a finished export; `version` changes when the file is made anew. `height` in pixels. */
export function exportFrameUrl(
  mediaBase: string,
  exportId: string,
  picture: { frame: number; height: number; version: number },
): string {
  const { frame, height, version } = picture;
  return `${exportUrl(mediaBase, exportId)}?frame=${frame}&h=${Math.round(height)}&v=${version}`;
}

/** The cover of a finished export: the frame chosen for it, else a suggested one. `version` as above. */
export function exportCoverUrl(mediaBase: string, exportId: string, version: number): string {
  return `${exportUrl(mediaBase, exportId)}/cover?v=${version}`;
}

/** A picture that stands for the asset: thumbnail, still, or a frame made on demand. Null for sound and documents. */
export function posterUrl(mediaBase: string, asset: Asset, height = 240): string | null {
  const derived = renditionUrl(mediaBase, asset, 'thumbnail') ?? renditionUrl(mediaBase, asset, 'still');
  if (derived) return derived;
  if (asset.isMissing) return null;
  return asset.kind === 'video' || asset.kind === 'image' ? frameUrl(mediaBase, asset.id, 0, height) : null;
}

/** Address of a font that was added to the library. */
export function fontUrl(mediaBase: string, file: string): string {
  // Addresses of media have no dots.
  return `${mediaBase}/fonts/${file.replace(/\..*$/, '')}`;
}
