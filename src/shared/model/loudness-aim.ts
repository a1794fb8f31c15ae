import { z } from 'zod';

/** Integrated loudness that exports are brought to, LUFS (EBU R 128); null = what the export's preset says. */
export const loudnessAimSchema = z.number().min(-40).max(-5).nullable();

/**
 * What an export aims at, LUFS. A preset without loudness leaves the mix as it is; of the others, the project's own aim
 * goes before.
 */
export function aimedLoudness(presetLufs: number | null, own: { loudnessLufs?: number | null }): number | null {
  return presetLufs === null ? null : (own.loudnessLufs ?? presetLufs);
}
