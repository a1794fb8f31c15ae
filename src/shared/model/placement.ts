import { z } from 'zod';
import type { Ratio, Size } from './ratio.ts';

/** Places an ad is published in; their rules are in {@link placements}. */
export const placementIdSchema = z.enum([
  'tiktok-post',
  'tiktok-in-feed',
  'instagram-reels',
  'instagram-stories',
  'facebook-reels',
  'meta-feed-square',
  'meta-feed-vertical',
  'youtube-shorts',
  'landscape',
]);
export type PlacementId = z.infer<typeof placementIdSchema>;

/** Names of the rules a placement may have. */
export type PlacementRule =
  | 'ratio'
  | 'pixels'
  | 'length'
  | 'size'
  | 'container'
  | 'codec'
  | 'frame-rate'
  | 'bitrate'
  | 'loudness'
  | 'cover'
  | 'copy';

/** From and to; null = no limit known. */
export interface Limits {
  min: number | null;
  max: number | null;
}

/** What words may be put beside the ad. */
export interface CopyLimits {
  maxCharacters: number | null;
  /** `utf16`: code units, as the platform counts them; otherwise whole characters. */
  unit: 'characters' | 'utf16';
  isRequired: boolean;
  /** What must not be in it, with its name for people. */
  forbidden: readonly { pattern: RegExp; label: string }[];
}

/** One place of publishing with its published rules; null = no rule known. */
export interface Placement {
  id: PlacementId;
  name: string;
  platform: 'TikTok' | 'Instagram' | 'Facebook' | 'Meta' | 'YouTube' | 'any';
  kind: 'post' | 'ad';
  ratios: readonly Ratio[];
  /** Smallest picture per ratio; a side of 0 has no limit. */
  smallest: Partial<Record<Ratio, Size>>;
  largest: { width: number | null; height: number | null };
  seconds: Limits;
  /** What the platform advises, within the limits. */
  advisedSeconds: { min: number; max: number } | null;
  maxBytes: number | null;
  /** As file name endings. */
  containers: readonly string[] | null;
  /** As ffmpeg names them. */
  codecs: readonly string[] | null;
  framesPerSecond: Limits;
  /** Of the picture, bits/s. */
  bitrate: Limits;
  /** Integrated loudness it plays at, LUFS. */
  loudnessLufs: number | null;
  isCoverNeeded: boolean;
  cover: { maxBytes: number | null; maxPixels: number | null };
  primaryText: CopyLimits | null;
  headline: CopyLimits | null;
  /** Rules whose numbers no reliable source confirms: breaking one is only a warning. */
  unconfirmed: readonly PlacementRule[];
  /** Where the numbers are from. */
  source: string;
  /** When they were read, YYYY-MM-DD. */
  date: string;
}

const none: Limits = { min: null, max: null };
const megabyte = 1_000_000;
const gigabyte = 1_000_000_000;
const checked = '2026-11-20';
const vertical = { width: 540, height: 960 };

const caption2200: CopyLimits = { maxCharacters: 2200, unit: 'characters', isRequired: false, forbidden: [] };

/** What is the same for most; rows say what differs. */
const plain = {
  smallest: {},
  largest: { width: null, height: null },
  seconds: none,
  advisedSeconds: null,
  maxBytes: null,
  containers: null,
  codecs: null,
  framesPerSecond: none,
  bitrate: none,
  loudnessLufs: null,
  isCoverNeeded: false,
  cover: { maxBytes: null, maxPixels: null },
  primaryText: null,
  headline: null,
  unconfirmed: [],
  date: checked,
} as const satisfies Partial<Placement>;

/** What Instagram asks of every video it publishes. */
const instagram = {
  ...plain,
  platform: 'Instagram',
  kind: 'post',
  ratios: ['9:16'],
  largest: { width: 1920, height: null },
  containers: ['mp4', 'mov'],
  codecs: ['h264', 'hevc'],
  framesPerSecond: { min: 23, max: 60 },
  bitrate: { min: null, max: 25_000_000 },
  cover: { maxBytes: 8 * megabyte, maxPixels: null },
  source: 'Instagram content publishing, media reference (developers.facebook.com/docs/instagram-platform)',
} as const satisfies Partial<Placement>;

/** Feed ads: the limits of the video ads API, those of Instagram ads, and otherwise what third parties say. */
const metaFeed = {
  ...plain,
  platform: 'Meta',
  kind: 'ad',
  seconds: { min: 1, max: 241 * 60 },
  advisedSeconds: { min: 3, max: 60 },
  maxBytes: 4 * gigabyte,
  containers: ['mp4', 'mov'],
  codecs: ['h264', 'hevc'],
  framesPerSecond: { min: 24, max: 60 },
  isCoverNeeded: true,
  // "At least 1200 wide" is stated and contradicted by practice; Instagram's own 600 is left as the limit.
  unconfirmed: ['length', 'size', 'container'],
  source: 'Meta Marketing API, video ads and Instagram ads media requirements (developers.facebook.com/docs)',
} as const satisfies Partial<Placement>;

const table: Record<PlacementId, Omit<Placement, 'id'>> = {
  'tiktok-post': {
    ...plain,
    name: 'TikTok post',
    platform: 'TikTok',
    kind: 'post',
    ratios: ['9:16', '4:5', '1:1', '16:9'],
    smallest: {
      '9:16': { width: 360, height: 360 },
      '4:5': { width: 360, height: 360 },
      '1:1': { width: 360, height: 360 },
      '16:9': { width: 360, height: 360 },
    },
    largest: { width: 4096, height: 4096 },
    seconds: { min: null, max: 600 },
    maxBytes: 4 * gigabyte,
    containers: ['mp4', 'mov', 'webm'],
    codecs: ['h264', 'hevc', 'vp8', 'vp9'],
    framesPerSecond: { min: 23, max: 60 },
    primaryText: { ...caption2200, unit: 'utf16' },
    source: 'TikTok Content Posting API, media transfer guide (developers.tiktok.com/doc)',
  },
  'tiktok-in-feed': {
    ...plain,
    name: 'TikTok in-feed ad',
    platform: 'TikTok',
    kind: 'ad',
    ratios: ['9:16', '1:1', '16:9'],
    smallest: { '9:16': vertical, '1:1': { width: 640, height: 640 }, '16:9': { width: 960, height: 540 } },
    seconds: { min: 5, max: 60 },
    advisedSeconds: { min: 21, max: 34 },
    maxBytes: 500 * megabyte,
    containers: ['mp4', 'mov', 'mpeg', '3gp', 'avi'],
    bitrate: { min: 516_000, max: null },
    isCoverNeeded: true,
    cover: { maxBytes: 50 * megabyte, maxPixels: 3_686_400 },
    primaryText: {
      maxCharacters: 100,
      unit: 'characters',
      isRequired: true,
      forbidden: [
        { pattern: /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F/u, label: 'emoji' },
        { pattern: /[{}]/, label: 'braces' },
        { pattern: /#/, label: '“#”' },
      ],
    },
    source: 'https://ads.tiktok.com/help/article?aid=10002742',
  },
  'instagram-reels': {
    ...instagram,
    name: 'Instagram Reel',
    seconds: { min: 3, max: 900 },
    maxBytes: 300 * megabyte,
    primaryText: caption2200,
    // 9:16 is advised, other shapes are taken; another copy of the document says 1 GB.
    unconfirmed: ['ratio', 'size'],
  },
  'instagram-stories': {
    ...instagram,
    name: 'Instagram Story',
    seconds: { min: 3, max: 60 },
    maxBytes: 100 * megabyte,
    unconfirmed: ['ratio'],
  },
  'facebook-reels': {
    ...plain,
    name: 'Facebook Reel',
    platform: 'Facebook',
    kind: 'post',
    ratios: ['9:16'],
    smallest: { '9:16': vertical },
    seconds: { min: 3, max: 90 },
    codecs: ['h264', 'hevc', 'vp9', 'av1'],
    framesPerSecond: { min: 24, max: 60 },
    source: 'Facebook Page Reels publishing (developers.facebook.com/docs/video-api)',
  },
  'meta-feed-square': {
    ...metaFeed,
    name: 'Meta feed ad 1:1',
    ratios: ['1:1'],
    smallest: { '1:1': { width: 600, height: 0 } },
  },
  'meta-feed-vertical': {
    ...metaFeed,
    name: 'Meta feed ad 4:5',
    ratios: ['4:5'],
    smallest: { '4:5': { width: 600, height: 0 } },
  },
  'youtube-shorts': {
    ...plain,
    name: 'YouTube Short',
    platform: 'YouTube',
    kind: 'post',
    ratios: ['9:16', '1:1'],
    seconds: { min: null, max: 180 },
    unconfirmed: ['ratio', 'length'],
    source: 'General knowledge, not confirmed by a document of the platform',
  },
  landscape: {
    ...plain,
    name: 'Landscape 16:9',
    platform: 'any',
    kind: 'post',
    ratios: ['16:9'],
    source: 'The shape alone; no platform meant',
  },
};

/** Every placement by its id. */
export const placements: Readonly<Record<PlacementId, Placement>> = Object.fromEntries(
  placementIdSchema.options.map((id) => [id, { id, ...table[id] }]),
) as Record<PlacementId, Placement>;

/** The placements of a list that files of this ratio are held against. */
export function placementsForRatio(ids: readonly PlacementId[], ratio: Ratio): PlacementId[] {
  return ids.filter((id) => placements[id].ratios.includes(ratio));
}
