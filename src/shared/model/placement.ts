import { z } from 'zod';

/** Places an ad is published in; their rules are in the table of placements. */
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
