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
  lengthFrames: z.int().positive(),
});
export type SoundStretch = z.infer<typeof soundStretchSchema>;

export const soundLevelsContract = {
  /**
   * How loud stretches of sound are before gain and fades, every 10 ms: what exports let music give way to. Null for a
   * source without sound or that cannot be read now.
   */
  soundLevels: procedure
    .input(z.object({ rate: rationalSchema, stretches: z.array(soundStretchSchema).min(1).max(200) }))
    .output(
      z.object({
        /** Hundredths of dBFS. */
        levels: z.array(z.array(z.int()).nullable()),
      }),
    ),
};
