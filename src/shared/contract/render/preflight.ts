import { z } from 'zod';
import { placementIdSchema } from '../../model/placement.ts';
import { ratioSchema } from '../../model/ratio.ts';
import { procedure } from '../base.ts';
import { exportRequestSchema, handoffSchema } from './exports.ts';
import { rateControlSchema } from './preset.ts';

/** What one click changes about the request, or about the project, to mend a finding. */
export const preflightFixSchema = z.discriminatedUnion('kind', [
  /** Change the export request: these keys of it. */
  z.object({
    kind: z.literal('request'),
    label: z.string(),
    // Without the defaults that the request has: what is not changed has to stay away.
    change: z.object({
      rateControl: rateControlSchema.optional(),
      placements: z.array(placementIdSchema).optional(),
      ratios: exportRequestSchema.shape.ratios.optional(),
      except: exportRequestSchema.shape.except.unwrap().optional(),
      presetId: z.string().optional(),
      handoff: handoffSchema.optional(),
    }),
  }),
  /** Apply these edits to the project (as one step that undo takes back). */
  z.object({ kind: z.literal('edits'), label: z.string(), edits: z.array(z.unknown()) }),
]);

/** One rule of a placement that outputs would break, or nearly do. */
export const preflightFindingSchema = z.object({
  /** Which rule: `length`, `size`, `ratio`, `pixels`, `frame-rate`, `bitrate`, `loudness`, `cover`, `copy`, `safe-zone`. */
  id: z.string(),
  severity: z.enum(['error', 'warning']),
  placement: placementIdSchema,
  /** The outputs it is about; all of them when it is about the request. */
  outputs: z.array(z.object({ variantKey: z.string(), variantName: z.string(), ratio: ratioSchema })),
  /** What is wrong and what to do, for people. */
  message: z.string(),
  /** Where the rule is from. */
  source: z.string(),
  fix: preflightFixSchema.nullable(),
});
export type PreflightFinding = z.infer<typeof preflightFindingSchema>;

export const preflightContract = {
  /** Holds a request against the rules of its placements; nothing is rendered. */
  preflight: procedure.input(exportRequestSchema).output(z.object({ findings: z.array(preflightFindingSchema) })),
};
