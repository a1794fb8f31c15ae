import { z } from 'zod';
import { assetIdSchema } from '../../model/ids.ts';
import { rationalSchema } from '../../units/index.ts';
import { procedure } from '../base.ts';

/** A stretch of one asset's sound where it plays. */
export const soundStretchSchema = z.object({
  assetId: assetIdSchema,
  /** Counts from where the source begins. */
  sourceInSeconds: rationalSchema,
  speed: rationalSchema.refine(({ num, den }) => num * 20 >= den && num <= den * 100, 'speed is 0.05 to 100'),
  startFrame: z.int().nonnegative(),
  lengthFrames: z.int().positive().max(5_000_000),
});
export type SoundStretch = z.infer<typeof soundStretchSchema>;

const stretchesSchema = z.object({ rate: rationalSchema, stretches: z.array(soundStretchSchema).min(1).max(200) });

export const soundLevelsContract = {
  /**
   * How loud stretches of sound are before gain and fades, every 10 ms: what exports let music give way to. Null for a
   * source without sound or that cannot be read now.
   */
  soundLevels: procedure.input(stretchesSchema).output(
    z.object({
      /** Hundredths of dBFS. */
      levels: z.array(z.array(z.int()).nullable()),
    }),
  ),
  /** Integrated loudness of stretches of sound before gain and fades, LUFS (EBU R 128); null for silence and what has none. */
  soundLoudness: procedure.input(stretchesSchema).output(z.object({ integratedLufs: z.array(z.number().nullable()) })),
  /** The beats of an asset: tempo (null without a steady one) and moments, seconds from where it begins. Found once, then kept. */
  beats: procedure
    .input(z.object({ assetId: assetIdSchema }))
    .output(z.object({ bpm: z.number().nullable(), seconds: z.array(z.number()) })),
};
