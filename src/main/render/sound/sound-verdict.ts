import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { openNote } from '../encode/sealed-note.ts';

/** What is known of a cached sound; written after it was decoded once, so that no export has to decode it again. */
const soundVerdictSchema = z.object({
  sizeBytes: z.int().positive(),
  /** MD5 of each packet, in file order. */
  packets: z.array(z.string()),
  /** Time of the first packet, samples: below 0 by what the encoder puts before the sound. */
  startSample: z.int(),
  /** Loudness it was brought to; null when it was left as mixed. */
  targetLufs: z.number().nullable(),
  /** Why the target was not reached, for people; null when it was, or there was none. */
  note: z.string().nullable(),
  /** One gain for the whole. */
  gainDb: z.number(),
  /** Of the encoded sound; null for silence. */
  integratedLufs: z.number().nullable(),
  truePeakDb: z.number().nullable(),
});
export type SoundVerdict = z.infer<typeof soundVerdictSchema>;

/** A finished sound that can be joined to a picture. */
export interface CachedSound extends SoundVerdict {
  path: string;
}

/** The verdict of a cached sound; null when there is none that can be read. */
export async function readSoundVerdict(path: string): Promise<SoundVerdict | null> {
  try {
    return soundVerdictSchema.parse(openNote(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}
