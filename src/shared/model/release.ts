import { z } from 'zod';
import { rationalSchema } from '../units/index.ts';
import {
  assetIdSchema,
  creativeIdSchema,
  optionIdSchema,
  projectIdSchema,
  releaseIdSchema,
  slotIdSchema,
} from './ids.ts';
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
  /** 1, 2, 3 … */
  revision: z.int().positive(),
  projectId: projectIdSchema,
  projectName: z.string(),
  variant: variantSchema,
  variantKey: z.string(),
  variantName: z.string(),
  ratio: ratioSchema,
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
  /** Sources used, by content. */
  media: z.array(z.object({ assetId: assetIdSchema, name: z.string(), contentHash: z.string().nullable() })),
  /** File name within the export folder. */
  fileName: z.string(),
  sha256: z.string(),
  sizeBytes: z.int().nonnegative(),
  /** Fingerprint of the plan it was made from: equal plans give equal pictures and sound. */
  planFingerprint: z.string(),
  createdAtMs: z.number(),
  engineVersion: z.string(),
});
export type Release = z.infer<typeof releaseSchema>;
