import { z } from 'zod';
import { rationalSchema } from '../units/index.ts';
import { assetIdSchema, collectionIdSchema, subclipIdSchema } from './ids.ts';

/** What a media item is. */
export const assetKindSchema = z.enum(['video', 'image', 'audio', 'caption', 'document']);
export type AssetKind = z.infer<typeof assetKindSchema>;

/** Colour as resolved once at probe: preview and export both use these, whatever the file's own tags lack. */
export const colourFactsSchema = z.object({
  range: z.enum(['limited', 'full']),
  /** ffmpeg's names: bt709, smpte170m, bt470bg, bt2020nc, gbr … */
  matrix: z.string(),
  primaries: z.string(),
  transfer: z.string(),
  hdr: z.enum(['none', 'hlg', 'pq']),
});
export type ColourFacts = z.infer<typeof colourFactsSchema>;

/** The picture stream that is used. `width`/`height` are as shown: after pixel aspect ratio and rotation. */
export const videoFactsSchema = z.object({
  streamIndex: z.int().nonnegative(),
  codec: z.string(),
  pixelFormat: z.string(),
  bitDepth: z.int().positive(),
  codedWidth: z.int().positive(),
  codedHeight: z.int().positive(),
  /** Shown width in pixels. */
  width: z.int().positive(),
  /** Shown height in pixels. */
  height: z.int().positive(),
  /** Clockwise turn needed to show the picture upright. */
  rotationDeg: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  isMirrored: z.boolean(),
  pixelAspect: rationalSchema,
  /** Average frames per second; null for stills. */
  averageRate: rationalSchema.nullable(),
  isVariableRate: z.boolean(),
  /** Frames, where the container says so. */
  frameCount: z.int().nonnegative().nullable(),
  /** Presentation time of the first frame. */
  startSeconds: rationalSchema,
  durationSeconds: rationalSchema.nullable(),
  colour: colourFactsSchema,
  hasAlpha: z.boolean(),
  /** An animated GIF/WebP/PNG: plays like a video though its kind is image. */
  isAnimated: z.boolean(),
});
export type VideoFacts = z.infer<typeof videoFactsSchema>;

/** One audio stream. */
export const audioFactsSchema = z.object({
  streamIndex: z.int().nonnegative(),
  codec: z.string(),
  sampleRateHz: z.int().positive(),
  channels: z.int().positive(),
  language: z.string().nullable(),
  isDefault: z.boolean(),
  startSeconds: rationalSchema,
  durationSeconds: rationalSchema.nullable(),
});
export type AudioFacts = z.infer<typeof audioFactsSchema>;

/** What looking at a file told. */
export const probeSchema = z.object({
  /** ffprobe's format name, or our own word for what ffmpeg does not read ("heic"). */
  container: z.string(),
  /** Length on its own clock; null for stills and documents. */
  durationSeconds: rationalSchema.nullable(),
  video: videoFactsSchema.nullable(),
  /** All audio streams; the first with `isDefault`, else the first, is used. */
  audio: z.array(audioFactsSchema),
  /** Streams that are neither picture nor sound: timed metadata, data, subtitles. */
  otherStreams: z.array(z.object({ streamIndex: z.int().nonnegative(), type: z.string(), codec: z.string() })),
  /** When it was shot, ms since 1970, as far as the file tells. */
  capturedAtMs: z.number().nullable(),
  device: z.string().nullable(),
});
export type Probe = z.infer<typeof probeSchema>;

/** Files derived from an asset. `still` is an upright, decoded JPEG/PNG of a photo that browsers or ffmpeg cannot read. */
export const renditionKindSchema = z.enum(['thumbnail', 'filmstrip', 'waveform', 'proxy', 'still']);
export type RenditionKind = z.infer<typeof renditionKindSchema>;

/** A rendition's state and how to read it. Its bytes are at `<mediaBase>/<assetId>/<kind>?v=<version>`. */
export const renditionSchema = z.object({
  kind: renditionKindSchema,
  state: z.enum(['queued', 'ready', 'failed']),
  mime: z.string(),
  sizeBytes: z.int().nonnegative(),
  /** Changes whenever the bytes do. */
  version: z.string(),
  /** Filmstrip: one JPEG sheet of equal tiles, left to right, top to bottom; tile i shows the source at i · intervalSeconds. */
  filmstrip: z
    .object({
      columns: z.int().positive(),
      rows: z.int().positive(),
      tileWidth: z.int().positive(),
      tileHeight: z.int().positive(),
      count: z.int().positive(),
      intervalSeconds: z.number().positive(),
    })
    .nullable(),
  /** Waveform: signed 8-bit pairs (min, max) per bucket, channels mixed. */
  waveform: z.object({ bucketsPerSecond: z.number().positive(), count: z.int().nonnegative() }).nullable(),
});
export type Rendition = z.infer<typeof renditionSchema>;

/** Where an asset's bytes are. */
export const assetLocationSchema = z.object({
  path: z.string(),
  /** `link`: the user's own file, never touched. `copy`: inside the library folder. */
  mode: z.enum(['link', 'copy']),
  isMissing: z.boolean(),
});
export type AssetLocation = z.infer<typeof assetLocationSchema>;

/** How it came into the library. */
export const assetOriginSchema = z.enum(['import', 'sample', 'generated', 'recorded']);
export type AssetOrigin = z.infer<typeof assetOriginSchema>;

/** What may be done with it, and until when. */
export const usageRightsSchema = z.object({
  owner: z.string().max(200),
  /** Ms since 1970; null = no end known. */
  expiresAtMs: z.number().nullable(),
  note: z.string().max(2000),
});
export type UsageRights = z.infer<typeof usageRightsSchema>;

/** An asset as the interface and the terminal see it. */
export const assetSchema = z.object({
  id: assetIdSchema,
  kind: assetKindSchema,
  /** File name at import, or what the user renamed it to. */
  name: z.string(),
  /** SHA-256 of the content, lower-case hex; null until it has been read whole. */
  contentHash: z.string().nullable(),
  sizeBytes: z.int().nonnegative(),
  probe: probeSchema,
  locations: z.array(assetLocationSchema),
  /** No location is readable at present. */
  isMissing: z.boolean(),
  renditions: z.array(renditionSchema),
  /**
   * What a browser can play smoothly: the file itself, its proxy, or (`none`) nothing yet, in which case
   * single frames are at `<mediaBase>/<assetId>/frame?t=<seconds>&h=<px>`.
   */
  playback: z.enum(['original', 'proxy', 'none']),
  /** Why the original is not played, for people; null when it is. */
  playbackNote: z.string().nullable(),
  origin: assetOriginSchema,
  rights: usageRightsSchema.nullable(),
  /** 0 (none) to 5. */
  rating: z.int().min(0).max(5),
  isRejected: z.boolean(),
  tags: z.array(z.string()),
  collectionIds: z.array(collectionIdSchema),
  /** Folder it was in when imported (its last part is the usual "creator"). */
  sourceFolder: z.string(),
  /** Local date of shooting, YYYY-MM-DD; falls back to the file's date. */
  shootDay: z.string(),
  importedAtMs: z.number(),
  hasTranscript: z.boolean(),
});
export type Asset = z.infer<typeof assetSchema>;

/** A named in/out range of an asset. */
export const subclipSchema = z.object({
  id: subclipIdSchema,
  assetId: assetIdSchema,
  name: z.string().min(1).max(200),
  inSeconds: rationalSchema,
  outSeconds: rationalSchema,
});
export type Subclip = z.infer<typeof subclipSchema>;

/** A hand-made group of assets. */
export const collectionSchema = z.object({ id: collectionIdSchema, name: z.string().min(1).max(200), count: z.int() });
export type Collection = z.infer<typeof collectionSchema>;
