import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { defineJob, type Jobs } from '#main/jobs/index.ts';
import type { Clock } from '#main/platform/clock/index.ts';
import { type Ffmpeg, inputArgs } from '#main/platform/ffmpeg/index.ts';
import { findModels, findWhisper, runWhisper, type WhisperPlaces } from '#main/platform/whisper/index.ts';
import type { SettingsStore } from '#main/settings/index.ts';
import type { Recogniser } from '#shared/contract/index.ts';
import { AppError, isCancelled, toAppError } from '#shared/errors/index.ts';
import { type AssetId, assetIdSchema, clockOrigin, type JobId, type Probe } from '#shared/model/index.ts';
import { languageSchema, type ReadTranscript, readTranscript, withoutNoises } from '#shared/transcript/index.ts';
import { toNumber } from '#shared/units/index.ts';
import type { AssetStore } from '../asset-store.ts';
import { readablePath } from '../media/locate.ts';
import { usedAudio } from '../playback.ts';
import type { Transcripts } from './transcripts.ts';

/** Type of the jobs that make transcripts. */
export const transcribeJobType = 'library.transcribe';

/** Part of the progress that reading the sound takes; the rest is hearing. */
const readingShare = 0.1;

/** What transcribing needs. */
export interface TranscribingOptions {
  jobs: Jobs;
  ffmpeg: Ffmpeg;
  assets: AssetStore;
  settings: SettingsStore;
  transcripts: Transcripts;
  /** Working folders are made below it. */
  temp: string;
  clock: Clock;
  /** Where programs and models may lie besides the settings; for tests. */
  places?: Omit<WhisperPlaces, 'programPath' | 'modelPath'>;
}

/** Makes transcripts of what is said in media, with a whisper.cpp found on this machine. */
export interface Transcribing {
  recogniser(): Promise<Recogniser>;
  /** Queues one job for each. Throws `capability-missing`, `not-found`, `invalid-input` for media without sound. */
  make(ids: readonly AssetId[], language: string | null): Promise<JobId[]>;
}

/** Registers the job; call before `jobs.start()`. */
export function createTranscribing(options: TranscribingOptions): Transcribing {
  const { jobs, assets, settings } = options;

  async function recogniser(): Promise<Recogniser> {
    const { whisperPath: programPath, whisperModelPath: modelPath } = settings.get();
    const places = { ...options.places, programPath, modelPath };
    const program = await findWhisper(places);
    const models = await findModels(program, places);
    return { program, models, problem: problemOf({ program, programPath, modelPath, models }) };
  }

  async function usable(): Promise<{ program: string; model: string }> {
    const { program, models, problem } = await recogniser();
    const [model] = models;
    if (problem === null && program !== null && model !== undefined) return { program, model: model.path };
    throw new AppError('capability-missing', problem ?? 'There is no speech model.', { retry: 'open-settings' });
  }

  jobs.register(
    defineJob({
      type: transcribeJobType,
      lane: 'cpu',
      input: z.object({ assetId: assetIdSchema, language: languageSchema.nullable() }),
      maxAttempts: 1,
      async run({ id, input, signal, reportProgress }) {
        const row = assets.byId(input.assetId);
        // Taken out of the library meanwhile.
        if (row === undefined || row.removed_at !== null) return;
        const tools = await usable();
        const folder = join(options.temp, `transcribe-${id}`);
        await mkdir(folder, { recursive: true });
        try {
          const wavFile = join(folder, 'sound.wav');
          const source = { path: await readablePath(assets, row), probe: assets.probe(row.seq), name: row.name };
          await writeSpeech(options.ffmpeg, source, wavFile, {
            signal,
            onProgress: (fraction) => reportProgress({ fraction: fraction * readingShare, step: 'Reading the sound' }),
          });
          const json = await runWhisper({
            ...{ ...tools, wavFile, outputStem: join(folder, 'words'), language: input.language },
            ...{ clock: options.clock, signal },
            onProgress: (fraction) =>
              reportProgress({ fraction: readingShare + fraction * (1 - readingShare), step: 'Listening' }),
          });
          const { words, language } = understood(json, row.name);
          options.transcripts.set(row.id, { words, language: input.language ?? language, origin: 'whisper' });
        } finally {
          await rm(folder, { recursive: true, force: true }).catch(() => {});
        }
      },
    }),
  );

  return {
    recogniser,
    async make(ids, language) {
      await usable();
      const wanted = [...new Set(ids)].map((id) => {
        const row = assets.byId(id);
        if (row === undefined) throw new AppError('not-found', 'This media is not in the library.');
        if (usedAudio(assets.probe(row.seq)) === null) throw silent(row.name);
        return row;
      });
      return jobs.enqueueMany(
        wanted.map(({ id, name }) => ({
          type: transcribeJobType,
          input: { assetId: id, language },
          title: `Make transcript of ${name}`.slice(0, 200),
          idempotencyKey: `${transcribeJobType}:${id}`,
          group: `transcript:${id}`,
          priority: 5,
        })),
      );
    },
  };
}

function problemOf(
  found: Pick<Recogniser, 'program' | 'models'> & { programPath: string | null; modelPath: string | null },
) {
  const { program, programPath, models, modelPath } = found;
  if (program === null && programPath !== null)
    return `“${programPath}” is not there or may not be run. Choose the whisper.cpp program again in the settings.`;
  if (program === null)
    return 'whisper.cpp was not found on this machine. Install it, or choose its program in the settings.';
  if (modelPath !== null && models[0]?.path !== modelPath)
    return `The speech model “${modelPath}” is not there any more. Choose another in the settings.`;
  if (models.length > 0) return null;
  return 'whisper.cpp is here, but no speech model. Put one (a file like ggml-base.bin) beside it, or choose one in the settings.';
}

function silent(name: string): AppError {
  return new AppError('invalid-input', `“${name}” has no sound, so nothing is said in it. Choose other media.`);
}

/** The sound as recognisers want it: 16 kHz, mono, 16 bit, its first sample at time 0 of the source. */
async function writeSpeech(
  ffmpeg: Ffmpeg,
  { path, probe, name }: { path: string; probe: Probe; name: string },
  target: string,
  progress: { signal: AbortSignal; onProgress: (fraction: number) => void },
): Promise<void> {
  const track = usedAudio(probe);
  if (track === null) throw silent(name);
  const origin = toNumber(clockOrigin(probe));
  const begin = origin === 0 ? '' : `asetpts=PTS-${origin}/TB,atrim=start=0,`;
  await ffmpeg.run({
    args: [
      ...['-copyts', ...inputArgs(path, { demuxer: probe.container })],
      ...['-map', `0:${track.streamIndex}`, '-vn', '-sn', '-dn'],
      ...['-af', `${begin}aresample=16000:async=1:first_pts=0`, '-ac', '1', '-c:a', 'pcm_s16le', '-y', target],
    ],
    signal: progress.signal,
    priority: 'background',
    ...(probe.durationSeconds === null ? {} : { durationMs: toNumber(probe.durationSeconds) * 1000 }),
    onProgress: ({ fraction }) => progress.onProgress(fraction ?? 0),
    logLevel: 'error',
  });
}

/** The words whisper.cpp wrote. Throws `job-failed` when they cannot be read, and when none was heard. */
function understood(json: Uint8Array, name: string): ReadTranscript {
  let read: ReadTranscript | null = null;
  try {
    read = readTranscript(json);
  } catch (error) {
    if (isCancelled(error)) throw error;
    const { message, details } = toAppError(error);
    // An empty list is an answer: there was nothing to hear.
    if (details?.place !== 'the end')
      throw new AppError('job-failed', 'whisper.cpp wrote words that cannot be read. Update it, then try again.', {
        message,
        cause: error,
        retry: 'retry',
      });
  }
  const words = withoutNoises(read?.words ?? []);
  if (words.length > 0) return { words, language: read?.language ?? null, notes: [] };
  throw new AppError(
    'job-failed',
    `No words were heard in “${name}”. Choose another language or model, then try again.`,
    {
      retry: 'retry',
    },
  );
}
