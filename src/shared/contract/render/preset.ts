import { z } from 'zod';

/** Codec settings of an export. */
export const presetSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** For people: what it is for. */
  note: z.string(),
  /** Pixels of the output's short side; 1080 is full size. */
  shortSide: z.int().min(64).max(2160),
  x264Preset: z.enum(['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow']),
  crf: z.number().min(0).max(40),
  /** Ceiling of the bitrate, bits/s, and how many seconds it is taken over. */
  maxBitrate: z.int().positive(),
  bufferSeconds: z.number().positive(),
  /** Longest distance between key frames, seconds. */
  gopSeconds: z.number().positive(),
  audioBitrate: z.int().positive(),
  /** Integrated loudness of the finished sound, LUFS (ITU-R BS.1770-4); null leaves it as it was mixed. */
  loudnessLufs: z.number().min(-40).max(-5).nullable(),
});
export type Preset = z.infer<typeof presetSchema>;

/**
 * How large files may become. `quality`: as large as the preset's quality needs, below its ceiling. `bitrate`: a lower
 * ceiling of the picture, bits/s; over the whole file it is kept. `size`: each file at most this many bytes; `isTwoPass` encodes every file whole and twice, which shares
 * nothing between variants.
 */
export const rateControlSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('quality') }),
  z.object({ mode: z.literal('bitrate'), maxBitrate: z.int().min(100_000).max(200_000_000) }),
  z.object({ mode: z.literal('size'), maxBytes: z.int().min(50_000), isTwoPass: z.boolean().default(false) }),
]);
export type RateControl = z.infer<typeof rateControlSchema>;
