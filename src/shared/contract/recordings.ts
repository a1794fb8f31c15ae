import { z } from 'zod';
import { assetIdSchema } from '../model/ids.ts';
import { doneSchema, procedure } from './base.ts';

/** A recording that has begun and is not media yet. */
export const recordingIdSchema = z.string().regex(/^recording-[0-9a-f]{20}$/, 'this is no recording');

/** Most characters of one piece: half a minute of stereo at 48 kHz, so that what waited comes in few calls. */
export const longestPiece = 12 * 1024 * 1024;

/** A recording that was not ended: its page was closed, or the engine went away. */
export const openRecordingSchema = z.object({
  recordingId: recordingIdSchema,
  beganAtMs: z.number(),
  /** Samples of each channel kept so far. */
  samples: z.int(),
  seconds: z.number(),
  /** Since its last piece. */
  idleMs: z.number(),
});
export type OpenRecording = z.infer<typeof openRecordingSchema>;

/**
 * What a microphone hears, on its way to the library: it is on the engine's disk from its first piece on, so that neither
 * a closed page nor a crash loses it. The only media whose bytes come over the contract, at some 0.2 MB a second.
 */
export const recordingsContract = {
  /** Throws `disk-full`, `folder-unwritable`. */
  begin: procedure
    .input(z.object({ sampleRateHz: z.int().min(8000).max(192_000), channels: z.int().min(1).max(2) }))
    .output(z.object({ recordingId: recordingIdSchema })),
  /**
   * Keeps samples from `startSample` on: 24-bit little-endian, channels interleaved, as base64. Writing the same again
   * changes nothing. Throws `conflict` where something before would be missing, `not-found`, `disk-full`, `file-too-large`.
   */
  write: procedure
    .input(
      z.object({
        recordingId: recordingIdSchema,
        startSample: z.int().nonnegative(),
        pcm: z.string().max(longestPiece),
      }),
    )
    .output(z.object({ samples: z.int() })),
  /**
   * Makes it media of the library, "Voice-over 3.wav": exactly `samples` long, or all there is (null). Asked again it
   * answers the same. Throws `not-found`, `file-empty`, or why it cannot be imported now; it is then still there.
   */
  finish: procedure
    .input(z.object({ recordingId: recordingIdSchema, samples: z.int().positive().nullable().default(null) }))
    .output(z.object({ assetId: assetIdSchema })),
  /** Throws it away; unknown ones are gone already. */
  discard: procedure.input(z.object({ recordingId: recordingIdSchema })).output(doneSchema),
  /** Those not ended, oldest first. */
  list: procedure.output(z.object({ recordings: z.array(openRecordingSchema) })),
};
