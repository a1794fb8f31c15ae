import { readFile, stat } from 'node:fs/promises';
import { atomicWrite, toFileError } from '#main/platform/files/index.ts';
import { maxCaptionBytes } from '#shared/captions/index.ts';
import type { JobView } from '#shared/contract/index.ts';
import { AppError, isCancelled } from '#shared/errors/index.ts';
import { type AssetId, assetIdSchema, type JobId } from '#shared/model/index.ts';
import {
  languageSchema,
  plainWords,
  readTranscript,
  type Transcript,
  type TranscriptFormat,
  transcriptFormats,
  writeTranscript,
} from '#shared/transcript/index.ts';
import { exitCodeOfItems, exitCodes } from '../exit-codes.ts';
import { count } from '../format.ts';
import { pollUntil } from '../poll.ts';
import type { CommandContext, Outcome } from '../types.ts';

function assetId(text: string): AssetId {
  const id = assetIdSchema.safeParse(text);
  if (id.success) return id.data;
  throw new AppError('invalid-input', `“${text}” is no id of media. See “spotloom assets”.`);
}

function languageFrom(text: string | undefined): string | null {
  if (text === undefined || text === 'auto') return null;
  const language = languageSchema.safeParse(text.toLowerCase());
  if (language.success) return language.data;
  throw new AppError('invalid-input', `“${text}” is no language. Write a code like “en”, or “auto”.`);
}

async function transcriptOf({ client }: CommandContext, id: AssetId): Promise<Transcript> {
  const { transcript } = await client.transcripts.get({ assetId: id });
  if (transcript) return transcript;
  throw new AppError(
    'not-found',
    'This media has no transcript. Make one with “spotloom transcript make”, or import one with “spotloom transcript import”.',
  );
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > maxCaptionBytes)
      throw new AppError('file-too-large', `“${path}” is larger than 20 MB: no transcript. Choose another file.`);
    return await readFile(path);
  } catch (error) {
    throw error instanceof AppError ? error : toFileError(error, path, 'read');
  }
}

/** `transcript import <media> <file>`: words from a file, in place of those the media has. */
export async function transcriptImport(
  { client, path }: CommandContext,
  id: string,
  file: string,
  options: { language?: string },
): Promise<Outcome> {
  const read = readTranscript(await bytesOf(path(file)));
  const language = languageFrom(options.language) ?? read.language;
  const kept = await client.transcripts.set({ assetId: assetId(id), words: read.words, language, origin: 'imported' });
  const { words, ...facts } = kept;
  return {
    json: { ...facts, words: words.length, notes: read.notes },
    text: [`${count(words.length, 'word')} kept.`, ...read.notes].join(' '),
    code: exitCodes.ok,
  };
}

/** `transcript show <media>`: what is said, as text; with `--json` each word. */
export async function transcriptShow(context: CommandContext, id: string): Promise<Outcome> {
  const transcript = await transcriptOf(context, assetId(id));
  return { json: transcript, text: plainWords(transcript.words), code: exitCodes.ok };
}

function formatOf(file: string, wanted: string | undefined): TranscriptFormat {
  const given = (wanted ?? /\.([a-z]+)$/i.exec(file)?.[1] ?? '').toLowerCase();
  const format = transcriptFormats.find((one) => one === given);
  if (format) return format;
  throw new AppError('invalid-input', `A transcript is written as .json, .srt or .vtt, not as “${given || file}”.`);
}

/** `transcript export <media> <file>`: as SRT, WebVTT or word-timed JSON, told by the file's ending. */
export async function transcriptExport(
  context: CommandContext,
  id: string,
  file: string,
  options: { format?: string; force?: boolean },
): Promise<Outcome> {
  const path = context.path(file);
  const format = formatOf(path, options.format);
  const transcript = await transcriptOf(context, assetId(id));
  const isThere = (await stat(path).catch(() => null)) !== null;
  if (isThere && !options.force)
    throw new AppError('conflict', `“${path}” is there already. Choose another name, or overwrite it with --force.`);
  await atomicWrite(path, writeTranscript(transcript, format));
  return { json: { path, format, words: transcript.words.length }, text: path, code: exitCodes.ok };
}

const isOver = ({ state }: JobView): boolean => ['succeeded', 'failed', 'cancelled'].includes(state);

/** Waits until a job is over; Ctrl-C stops it. */
async function followJob({ client, deps, signal }: CommandContext, id: JobId): Promise<JobView> {
  let job = await client.jobs.get({ id });
  const look = async () => {
    job = await client.jobs.get({ id });
    if (deps.isTty) deps.stderr(`\r${job.title}: ${Math.floor((job.progress?.fraction ?? 0) * 100)} % `);
    return isOver(job);
  };
  try {
    await pollUntil(look, 100, signal);
  } catch (error) {
    if (isCancelled(error)) await client.jobs.cancel({ id });
    throw error;
  }
  if (deps.isTty) deps.stderr('\n');
  return job;
}

/** `transcript make <media…>`: words made of the sound by whisper.cpp; waits for them. */
export async function transcriptMake(
  context: CommandContext,
  ids: string[],
  options: { language?: string },
): Promise<Outcome> {
  const { client } = context;
  const assetIds = [...new Set(ids.map(assetId))];
  const { jobIds } = await client.transcripts.make({ assetIds, language: languageFrom(options.language) });
  const transcripts = [];
  for (const [at, jobId] of jobIds.entries()) {
    const { state, error } = await followJob(context, jobId);
    const id = assetIds[at];
    const made = id && state === 'succeeded' ? (await client.transcripts.get({ assetId: id })).transcript : null;
    transcripts.push({ assetId: id, state, error, words: made?.words.length ?? 0, language: made?.language ?? null });
  }
  const lines = transcripts.map(({ assetId: id, words, error }) =>
    error ? `${id}: ${error.userMessage}` : `${id}: ${count(words, 'word')}`,
  );
  return {
    json: { transcripts },
    text: lines.join('\n'),
    code: exitCodeOfItems(transcripts.map(({ error }) => error)),
  };
}
