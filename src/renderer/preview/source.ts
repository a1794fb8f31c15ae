import type {
  Asset,
  AssetId,
  ColourFacts,
  PictureGrid,
  Size,
  SourceLengths,
  SourceSizes,
} from '#shared/model/index.ts';
import { type Rational, toNumber } from '#shared/units/index.ts';
import { frameUrl, originalUrl, playableUrl, renditionUrl } from '../engine/media-urls.ts';
import { type SourceClock, sourceClock } from './frames/pick-frame.ts';

/** A sheet of small pictures of a source, for showing something at once. */
export interface Filmstrip {
  url: string;
  columns: number;
  tileWidth: number;
  tileHeight: number;
  count: number;
  intervalSeconds: number;
}

/** What drawing an asset exactly as the export does takes. */
export interface ExactFacts {
  readonly kind: 'moving' | 'still';
  readonly url: string;
  readonly mime: string;
  /** How its pixels lie; `coded` is null for a file derived from it, whose own size counts. */
  readonly grid: Omit<PictureGrid, 'coded'> & { readonly coded: Size | null };
  readonly hasAlpha: boolean;
  readonly colour: Pick<ColourFacts, 'range' | 'matrix'>;
  readonly clock: SourceClock;
}

/** What the preview needs to know of an asset. */
export interface PreviewSource {
  readonly assetId: AssetId;
  readonly name: string;
  /** `moving`: played by a media element; `still`: one picture; `sound`: heard only; `frames`: single frames by URL until a playable copy exists. */
  readonly mode: 'moving' | 'still' | 'sound' | 'frames' | 'missing';
  /** Shown size, as the layout maths uses it; null for sound. */
  readonly size: Size | null;
  readonly hasSound: boolean;
  /** What a media element plays, or the picture itself. Empty when there is nothing to load. */
  readonly url: string;
  readonly durationSeconds: Rational | null;
  readonly filmstrip: Filmstrip | null;
  /** Null where the preview can only show something like it. */
  readonly exact: ExactFacts | null;
  /** Why it is not simply played, for people. */
  readonly note: string | null;
  /** URL of one frame. */
  frameUrl(seconds: number, height: number): string;
}

/** The filmstrip of an asset; null while it is being made. */
export function filmstripOf(mediaBase: string, asset: Asset): Filmstrip | null {
  const url = renditionUrl(mediaBase, asset, 'filmstrip');
  const sheet = asset.renditions.find((rendition) => rendition.kind === 'filmstrip')?.filmstrip;
  if (!url || !sheet) return null;
  const { columns, tileWidth, tileHeight, count, intervalSeconds } = sheet;
  return { url, columns, tileWidth, tileHeight, count, intervalSeconds };
}

/** Where in the sheet the picture nearest before a moment is, in sheet pixels. */
export function tileAt(strip: Filmstrip, seconds: number): { x: number; y: number; width: number; height: number } {
  const index = Math.min(strip.count - 1, Math.max(0, Math.floor(seconds / strip.intervalSeconds + 1e-6)));
  return {
    x: (index % strip.columns) * strip.tileWidth,
    y: Math.floor(index / strip.columns) * strip.tileHeight,
    width: strip.tileWidth,
    height: strip.tileHeight,
  };
}

function modeOf(asset: Asset): PreviewSource['mode'] {
  if (asset.isMissing && asset.playback !== 'proxy') return 'missing';
  const { video, audio } = asset.probe;
  const moves = asset.kind === 'video' || (video?.isAnimated ?? false);
  if (asset.kind === 'audio' || (!video && audio.length > 0)) return 'sound';
  if (!moves) return 'still';
  if (asset.playback === 'none') return asset.isMissing ? 'missing' : 'frames';
  return 'moving';
}

function urlOf(asset: Asset, mode: PreviewSource['mode'], mediaBase: string): string {
  const original = originalUrl(mediaBase, asset.id);
  switch (mode) {
    case 'missing':
    case 'frames':
      return '';
    case 'still':
      return renditionUrl(mediaBase, asset, 'still') ?? original;
    default:
      return playableUrl(mediaBase, asset) ?? original;
  }
}

/** An upright picture made of a photo that browsers do not read: JPEG's own colours. */
const derivedStill = {
  grid: { coded: null, rotationDeg: 0, isMirrored: false },
  colour: { range: 'full', matrix: 'bt470bg' },
} as const;

function exactFacts(asset: Asset, mode: PreviewSource['mode'], mediaBase: string): ExactFacts | null {
  const { video } = asset.probe;
  if (!video || asset.isMissing || video.colour.hdr !== 'none') return null;
  const { rotationDeg, isMirrored, hasAlpha, colour } = video;
  const coded = { width: video.codedWidth, height: video.codedHeight };
  const whole = { hasAlpha, clock: sourceClock(asset.probe), mime: '' };
  const original = originalUrl(mediaBase, asset.id);
  if (mode === 'still') {
    const derived = renditionUrl(mediaBase, asset, 'still');
    if (derived) return { kind: 'still', url: derived, ...whole, ...derivedStill };
    return { kind: 'still', url: original, ...whole, grid: { coded, rotationDeg, isMirrored }, colour };
  }
  // A proxy has other pixels than the export will have; single frames of what does not play smoothly can be had all the same.
  if (video.isAnimated || mode === 'sound') return null;
  return { kind: 'moving', url: original, ...whole, grid: { coded, rotationDeg, isMirrored }, colour };
}

/** Says how an asset is shown and heard in the preview. */
export function previewSource(asset: Asset, mediaBase: string): PreviewSource {
  const mode = modeOf(asset);
  const { video, audio, durationSeconds } = asset.probe;
  return {
    assetId: asset.id,
    name: asset.name,
    mode,
    size: video ? { width: video.width, height: video.height } : null,
    hasSound: audio.length > 0 && mode !== 'missing',
    url: urlOf(asset, mode, mediaBase),
    durationSeconds,
    filmstrip: filmstripOf(mediaBase, asset),
    exact: exactFacts(asset, mode, mediaBase),
    note: mode === 'frames' ? 'Preview copy is being made' : asset.playbackNote,
    // URLs carry milliseconds: half a millisecond later keeps a rounded time from falling before its frame.
    frameUrl: (seconds, height) => frameUrl(mediaBase, asset.id, seconds + 0.0006, height),
  };
}

/** All sources of a preview by asset. */
export type PreviewSources = ReadonlyMap<AssetId, PreviewSource>;

/** Sources of these assets. */
export function previewSources(assets: Iterable<Asset>, mediaBase: string): PreviewSources {
  return new Map([...assets].map((asset) => [asset.id, previewSource(asset, mediaBase)]));
}

/** Shown sizes, for the layout maths. */
export function sizesOf(sources: PreviewSources): SourceSizes {
  return (assetId) => sources.get(assetId)?.size ?? null;
}

/** Lengths of assets, for placing loops and clips that last to the end of their source. */
export function lengthsOf(assets: ReadonlyMap<AssetId, Asset>): SourceLengths {
  return (assetId) => assets.get(assetId)?.probe.durationSeconds ?? null;
}

/** Length in seconds as a number; 0 for stills. */
export function durationOf(asset: Asset): number {
  return asset.probe.durationSeconds ? toNumber(asset.probe.durationSeconds) : 0;
}
