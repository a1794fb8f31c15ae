import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorCodes } from '../errors/index.ts';

/** Wire form of an AppError. */
export const appErrorDataSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  userMessage: z.string(),
  retry: z.enum(['retry', 'relink', 'choose-folder', 'free-space', 'install-ffmpeg', 'open-settings', 'none']),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** Every procedure starts from this: its one typed error carries an {@link appErrorDataSchema}. */
export const procedure = oc.errors({ APP_ERROR: { status: 422, data: appErrorDataSchema } });

/** A path on the engine's machine. Control characters are refused; the rest is decided by whoever opens it. */
export const pathSchema = z
  .string()
  .min(1)
  .max(4096)
  .refine((path) => !path.includes('\0'), 'a path has no NUL character');

/** Answer of calls that only do something. */
export const doneSchema = z.object({ ok: z.literal(true) });

/** Which page of a long list: at most 500 rows. */
export const pageSchema = { offset: z.int().nonnegative().default(0), limit: z.int().min(1).max(500).default(100) };
