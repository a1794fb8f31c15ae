import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder, systemCode, toFileError } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { mostWavBytes, pcm24Bytes, wavHeader, wavHeaderBytes } from '#shared/sound/pcm.ts';

const factsSchema = z.object({
  sampleRateHz: z.int().positive(),
  channels: z.int().min(1).max(2),
  beganAtMs: z.number(),
});

/** What is known of a recording besides its samples. */
export type RecordingFacts = z.infer<typeof factsSchema>;

/** A recording on disk, as it is now. */
export interface RecordingState extends RecordingFacts {
  /** Samples of each channel. */
  samples: number;
  /** When something was last written, ms since 1970. */
  changedAtMs: number;
}

const soundName = 'sound.wav';
const factsName = 'recording.json';

/** Where the samples of a recording lie. */
export function soundPath(folder: string): string {
  return join(folder, soundName);
}

/** Makes the files of a new recording: a WAV file without samples, and what is known of it. */
export async function createRecording(folder: string, facts: RecordingFacts): Promise<void> {
  try {
    await makeFolder(join(folder, '..'));
    await mkdir(folder);
    await writeFile(soundPath(folder), wavHeader({ ...facts, samples: 0 }));
    // Last: a folder without it is no recording yet.
    await writeFile(join(folder, factsName), JSON.stringify(facts));
  } catch (error) {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    throw toFileError(error, folder, 'write');
  }
}

/** A recording as it is on disk; null when it is not there (any more). */
export async function readRecording(folder: string): Promise<RecordingState | null> {
  try {
    const facts = factsSchema.parse(JSON.parse(await readFile(join(folder, factsName), 'utf8')));
    const { size, mtimeMs } = await stat(soundPath(folder));
    const samples = Math.max(0, Math.floor((size - wavHeaderBytes) / (facts.channels * pcm24Bytes)));
    return { ...facts, samples, changedAtMs: mtimeMs };
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw toFileError(error, folder, 'read');
  }
}

/** Names of the recordings there are. */
export async function listRecordings(root: string): Promise<string[]> {
  return (await readdir(root).catch(() => [])).filter((name) => /^recording-[0-9a-f]{20}$/.test(name)).sort();
}

/**
 * Writes samples at their place; over what is there already nothing changes. Throws `conflict` where a gap would be left,
 * `invalid-input` for half samples, `file-too-large` beyond what a WAV file can hold.
 */
export async function writeSamples(
  folder: string,
  state: RecordingState,
  startSample: number,
  pcm: Uint8Array,
): Promise<number> {
  const blockBytes = state.channels * pcm24Bytes;
  if (pcm.length % blockBytes !== 0) {
    throw new AppError('invalid-input', 'A piece of the recording does not hold whole samples.');
  }
  if (startSample > state.samples) {
    throw new AppError('conflict', 'A piece of the recording is missing before this one.', {
      details: { samples: state.samples },
    });
  }
  if (startSample * blockBytes + pcm.length > mostWavBytes) {
    throw new AppError('file-too-large', 'The recording has become too long for one file. Stop it and record on anew.');
  }
  const path = soundPath(folder);
  try {
    const file = await open(path, 'r+');
    try {
      for (let at = 0; at < pcm.length; ) {
        const position = wavHeaderBytes + startSample * blockBytes + at;
        at += (await file.write(pcm, at, pcm.length - at, position)).bytesWritten;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toFileError(error, path, 'write');
  }
  return Math.max(state.samples, startSample + pcm.length / blockBytes);
}

/** Makes the file exactly this long and says so in its header. */
export async function sealRecording(folder: string, state: RecordingState, samples: number): Promise<void> {
  const path = soundPath(folder);
  try {
    const file = await open(path, 'r+');
    try {
      await file.truncate(wavHeaderBytes + samples * state.channels * pcm24Bytes);
      await file.write(wavHeader({ ...state, samples }), 0, wavHeaderBytes, 0);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toFileError(error, path, 'write');
  }
}
