import { z } from 'zod';

/** How music gives way to voices in the whole ad. */
export const duckingSchema = z.object({
  isOn: z.boolean().default(false),
  /** Voices louder than this count, dBFS (mean square of 10 ms, both sides). */
  thresholdDb: z.number().min(-70).max(0).default(-40),
  /** How much quieter music is meanwhile, dB. */
  depthDb: z.number().min(0).max(60).default(12),
  /** How long the music takes to give way; it begins so early that it has when the voice sets in. */
  attackMs: z.number().min(10).max(3000).default(150),
  /** How long it takes to come back. */
  releaseMs: z.number().min(10).max(10_000).default(600),
});
export type Ducking = z.infer<typeof duckingSchema>;
/** A sparse change of {@link Ducking}. */
export const duckingPatchSchema = z.object({
  isOn: z.boolean().optional(),
  thresholdDb: z.number().min(-70).max(0).optional(),
  depthDb: z.number().min(0).max(60).optional(),
  attackMs: z.number().min(10).max(3000).optional(),
  releaseMs: z.number().min(10).max(10_000).optional(),
});

/** How music gives way in a timeline; null where it does not. */
export function activeDucking({ ducking }: { ducking?: Ducking }): Ducking | null {
  return ducking?.isOn && ducking.depthDb > 0 ? ducking : null;
}
