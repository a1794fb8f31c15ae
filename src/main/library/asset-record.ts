import { z } from 'zod';
import {
  type Asset,
  type AssetId,
  assetKindSchema,
  assetOriginSchema,
  collectionIdSchema,
  type Probe,
  probeSchema,
  type Rendition,
  renditionKindSchema,
  renditionSchema,
  usageRightsSchema,
} from '#shared/model/index.ts';

/** One row of `assets`, as SQLite gives it. */
export interface AssetRow {
  seq: number;
  id: AssetId;
  kind: Asset['kind'];
  name: string;
  size_bytes: number;
  content_hash: string | null;
  quick_key: string;
  duration_ms: number | null;
  ratio: string | null;
  playback_note: string | null;
  origin: string;
  rights: string | null;
  rating: number;
  is_rejected: number;
  is_missing: number;
  removed_at: number | null;
  source_folder: string;
  shoot_day: string;
  imported_at: number;
}

/** One row of `asset_locations`. */
export interface LocationRow {
  path: string;
  asset_seq: number;
  mode: 'link' | 'copy';
  is_missing: number;
  size_bytes: number;
  modified_ms: number;
  /** Null until it was looked at with this in mind. */
  changed_ms: number | null;
}

/** One row of `renditions`. */
export interface RenditionRow {
  asset_seq: number;
  kind: Rendition['kind'];
  state: Rendition['state'];
  mime: string;
  size_bytes: number;
  version: string;
  file: string | null;
  shape: string | null;
  error: string | null;
  job_id: string | null;
}

/** An asset's row with everything that hangs on it. */
export interface AssetParts {
  row: AssetRow;
  /** JSON. */
  probe: string;
  locations: readonly LocationRow[];
  renditions: readonly RenditionRow[];
  tags: readonly string[];
  collectionIds: readonly string[];
  hasTranscript: boolean;
}

const shapeSchema = z.object({
  filmstrip: renditionSchema.shape.filmstrip.optional(),
  waveform: renditionSchema.shape.waveform.optional(),
});

/** Rows → the asset as the outside sees it. */
export function toAsset(parts: AssetParts): Asset {
  const { row } = parts;
  const renditions = parts.renditions.map(toRendition);
  return {
    id: row.id,
    kind: assetKindSchema.parse(row.kind),
    name: row.name,
    contentHash: row.content_hash,
    sizeBytes: row.size_bytes,
    probe: parseProbe(parts.probe),
    locations: parts.locations.map(({ path, mode, is_missing }) => ({ path, mode, isMissing: is_missing === 1 })),
    isMissing: row.is_missing === 1,
    renditions,
    playback: playbackOf(row, renditions),
    playbackNote: row.playback_note,
    origin: assetOriginSchema.parse(row.origin),
    rights: row.rights === null ? null : usageRightsSchema.parse(JSON.parse(row.rights)),
    rating: row.rating,
    isRejected: row.is_rejected === 1,
    tags: [...parts.tags],
    collectionIds: parts.collectionIds.map((id) => collectionIdSchema.parse(id)),
    sourceFolder: row.source_folder,
    shootDay: row.shoot_day,
    importedAtMs: row.imported_at,
    hasTranscript: parts.hasTranscript,
  };
}

/** A stored probe. */
export function parseProbe(json: string): Probe {
  return probeSchema.parse(JSON.parse(json));
}

/** One rendition's row → as the outside sees it. */
export function toRendition(row: RenditionRow): Rendition {
  const shape = row.shape === null ? {} : shapeSchema.parse(JSON.parse(row.shape));
  return {
    kind: renditionKindSchema.parse(row.kind),
    state: row.state,
    mime: row.mime,
    sizeBytes: row.size_bytes,
    version: row.version,
    filmstrip: shape.filmstrip ?? null,
    waveform: shape.waveform ?? null,
  };
}

/** A photo's `still` counts as its proxy: `<mediaBase>/<id>/proxy` serves it. */
function playbackOf(row: AssetRow, renditions: readonly Rendition[]): Asset['playback'] {
  const isReady = (kind: Rendition['kind']) => renditions.some((one) => one.kind === kind && one.state === 'ready');
  if (isReady('proxy')) return 'proxy';
  if (row.playback_note === null) return 'original';
  return isReady('still') ? 'proxy' : 'none';
}
