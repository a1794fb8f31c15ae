import { z } from 'zod';
import { maxOwnLooks, ownLookSchema } from '../captions/text-looks.ts';
import { procedure } from './base.ts';

/** What the user can set; stored in the library. */
export const settingsSchema = z.object({
  /** A certain ffmpeg to use; null = the best one found. */
  ffmpegPath: z.string().nullable(),
  /** Where exports go unless told otherwise; null = `exports` in the library folder. */
  exportFolder: z.string().nullable(),
  /** What a drop does with files: use them where they are, or copy them into the library. */
  importMode: z.enum(['link', 'copy']),
  /** Make playable copies of footage a browser cannot play smoothly. */
  areProxiesMade: z.boolean(),
  /** Most bytes the render cache may take. */
  cacheLimitBytes: z.int().min(100_000_000),
  /** Heavy jobs at one time; null = as many as the machine has cores. */
  cpuJobs: z.int().min(1).max(64).nullable(),
  /** Stands for {brand} in the names of exported files. */
  brandName: z.string().max(100),
  /** Names of exported files: tokens of `nameTokens` and names of slots in braces, and "/" for folders. */
  namingPattern: z.string().min(1).max(200),
  /** Seconds a still lasts when it is put on a timeline. */
  stillSeconds: z.number().min(0.2).max(60),
  /** A certain whisper.cpp program for making transcripts; null = the one found. */
  whisperPath: z.string().nullable(),
  /** The speech model it works with; null = the largest found. */
  whisperModelPath: z.string().nullable(),
  /** Looks of text that somebody made. */
  textLooks: z.array(ownLookSchema).max(maxOwnLooks),
  /** `system`: as the operating system has it. Around pictures it is always dark. */
  theme: z.enum(['dark', 'light', 'system']),
  /** Keys chosen for commands, by their ids ("timeline.split": ["Mod+K"]); an empty list = none, absent = as they come. */
  shortcuts: z.record(z.string().max(80), z.array(z.string().max(40)).max(4)),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settingsContract = {
  get: procedure.output(settingsSchema),
  update: procedure.input(settingsSchema.partial()).output(settingsSchema),
};
