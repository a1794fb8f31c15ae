import { z } from 'zod';

const gibibyte = 1024 ** 3;
const absolutePath = z.string().min(1).max(4096);

/** Every setting with its default. A new setting is one line here. */
export const settingsSchema = z.object({
  /** An ffmpeg the person chose; null finds one. */
  ffmpegPath: absolutePath.nullable().default(null),
  /** Folders watched as sources of footage. */
  footageFolders: z.array(absolutePath).max(100).default([]),
  /** Where exports go; null is `exports` in the library. */
  exportFolder: absolutePath.nullable().default(null),
  /** Imports stay where they are, or are copied into the library. */
  importMode: z.enum(['link', 'copy']).default('link'),
  /** Space for rendered segments and proxies before the oldest are removed. */
  cacheLimitBytes: z
    .number()
    .int()
    .min(gibibyte)
    .default(50 * gibibyte),
  /** `needed`: for what browsers cannot play smoothly. */
  proxies: z.enum(['never', 'needed', 'always']).default('needed'),
  /** Jobs at once per lane; null fits the machine. */
  laneLimits: z
    .object({
      cpu: z.number().int().min(1).max(64).nullable(),
      net: z.number().int().min(1).max(64).nullable(),
      gpu: z.number().int().min(1).max(64).nullable(),
    })
    .default({ cpu: null, net: null, gpu: null }),
  /** Tokens in braces, e.g. `{project}_{hook}_{body}_{cta}_{ratio}`. */
  namingPattern: z.string().min(1).max(200).default('{project}_{variant}_{ratio}'),
  theme: z.enum(['dark', 'light', 'system']).default('dark'),
});

/** All settings, valid. */
export type Settings = z.infer<typeof settingsSchema>;
/** Some settings to change; null where a setting itself may be null, or to put it back to its default. */
export type SettingsPatch = { [Key in keyof Settings]?: Settings[Key] | null };
