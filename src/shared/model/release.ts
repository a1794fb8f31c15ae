import { z } from 'zod';
import { rationalSchema } from '../units/index.ts';
import {
  assetIdSchema,
  creativeIdSchema,
  optionIdSchema,
  projectIdSchema,
  ratioGroupIdSchema,
  releaseIdSchema,
  slotIdSchema,
} from './ids.ts';
import { outputVersionSchema } from './output-version.ts';
import { placementIdSchema } from './placement.ts';
import { ratioSchema } from './ratio.ts';
import { variantSchema } from './variant.ts';

/**
 * The immutable record of an exported variant. Results attach to it, never to the living project.
 * Also written beside the file as its manifest.
 */
export const releaseSchema = z.object({
  id: releaseIdSchema,
  /** The same for every revision of one variant in one ratio. */
  creativeId: creativeIdSchema,
  /** The same for all ratios of one variant; null in records of before there were any. */
  ratioGroupId: ratioGroupIdSchema.nullable().default(null),
  /** 1, 2, 3 … */
  revision: z.int().positive(),
  projectId: projectIdSchema,
  projectName: z.string(),
  variant: variantSchema,
  variantKey: z.string(),
  variantName: z.string(),
  ratio: ratioSchema,
  version: outputVersionSchema.default('full'),
  /** Placements whose rules it was held against. */
  placements: z.array(placementIdSchema).default([]),
  presetId: z.string(),
  rate: rationalSchema,
  frameCount: z.int().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
  /** Which option played where. */
  sections: z.array(
    z.object({
      slotId: slotIdSchema,
      slotName: z.string(),
      optionId: optionIdSchema,
      optionName: z.string(),
      startFrame: z.int(),
      lengthFrames: z.int(),
    }),
  ),
  /** Fields and the words or media they held. */
  values: z.record(z.string(), z.string()),
  /** Words that go beside the ad; null when the variant has none. */
  copy: z.object({ primaryText: z.string(), headline: z.string(), url: z.string() }).nullable().default(null),
  /** Words in the picture of the full version, in order: its captions, or its titles when it has none. */
  captions: z.array(z.object({ startFrame: z.int(), endFrame: z.int(), text: z.string() })).default([]),
  /** The pieces the picture was joined from: equal fingerprints are equal pictures, in whichever file. */
  segments: z.array(z.object({ startFrame: z.int(), frames: z.int(), fingerprint: z.string() })).default([]),
  /** Sources used, by content. */
  media: z.array(z.object({ assetId: assetIdSchema, name: z.string(), contentHash: z.string().nullable() })),
  /** Path within the export folder, "/" between its parts. */
  fileName: z.string(),
  sha256: z.string(),
  sizeBytes: z.int().nonnegative(),
  /** Fingerprint of the plan it was made from: equal plans give equal pictures and sound. */
  planFingerprint: z.string(),
  createdAtMs: z.number(),
  engineVersion: z.string(),
});
export type Release = z.infer<typeof releaseSchema>;
/** Words in the picture while they show: frames of the ad, `endFrame` exclusive. */
export type CaptionCue = Release['captions'][number];
