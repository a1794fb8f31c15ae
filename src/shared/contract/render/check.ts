import { z } from 'zod';

/** One thing an output check looked at. */
export const checkFindingSchema = z.object({
  id: z.string(),
  label: z.string(),
  /** `skipped`: not judged, `found` says why. `note`: worth knowing, no rule is about it. */
  state: z.enum(['ok', 'failed', 'skipped', 'note']),
  expected: z.string(),
  found: z.string(),
  /** Where it was found: frame numbers of the file, at most 20. */
  frames: z.array(z.int().nonnegative()).default([]),
  /** Pictures that show it, as paths below the media base; "" stands for none. */
  pictures: z.array(z.object({ label: z.string(), url: z.string() })).default([]),
});
export type CheckFinding = z.infer<typeof checkFindingSchema>;

/** Result of looking at a finished file. */
export const checkReportSchema = z.object({
  path: z.string(),
  isPassed: z.boolean(),
  findings: z.array(checkFindingSchema),
});
export type CheckReport = z.infer<typeof checkReportSchema>;
