import { z } from 'zod';
import { exportBatchIdSchema } from '../../model/ids.ts';
import { appErrorDataSchema, procedure } from '../base.ts';

/** One file written beside those of a batch. */
export const handoffFileSchema = z.object({
  kind: z.enum(['captions', 'cover', 'table', 'mapping', 'zip']),
  /** Whose it is; null = the whole batch's. */
  exportId: z.string().nullable(),
  /** Absolute. */
  path: z.string(),
});
export type HandoffFile = z.infer<typeof handoffFileSchema>;

/** Where the files beside those of a batch stand. `none`: nothing was asked for. `waiting`: for exports, or being written. */
export const handoffStateSchema = z.object({
  state: z.enum(['none', 'waiting', 'written', 'failed']),
  files: z.array(handoffFileSchema),
  error: appErrorDataSchema.nullable(),
});
export type HandoffState = z.infer<typeof handoffStateSchema>;

export const handoffContract = {
  /** What was written beside the files of a batch: captions, covers, table, mapping, ZIP. */
  handoff: procedure.input(z.object({ batchId: exportBatchIdSchema })).output(handoffStateSchema),
  /** Writes it again, e.g. after space was freed. */
  rewriteHandoff: procedure.input(z.object({ batchId: exportBatchIdSchema })).output(handoffStateSchema),
};
