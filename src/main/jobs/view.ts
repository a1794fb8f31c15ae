import { z } from 'zod';
import { type AppErrorData, errorCodes } from '#shared/errors/index.ts';
import type { JobId } from '#shared/model/index.ts';
import type { JobRow } from './schema.ts';
import type { JobProgress, JobView } from './types.ts';

const storedProgressSchema = z.object({
  fraction: z.number().min(0).max(1),
  step: z.string().nullable(),
  etaMs: z.number().nullable(),
});

const storedErrorSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  userMessage: z.string(),
  retry: z.enum(['retry', 'relink', 'choose-folder', 'free-space', 'install-ffmpeg', 'open-settings', 'none']),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** A stored row as the outside sees it; what cannot be read is shown as absent, never thrown. */
export function toJobView(row: JobRow, liveProgress: JobProgress | undefined): JobView {
  return {
    id: row.id as JobId,
    type: row.type,
    title: row.title,
    lane: row.lane,
    state: row.state,
    priority: row.priority,
    attempt: row.attempt,
    maxAttempts: row.maxAttempts,
    progress: row.state === 'running' ? (liveProgress ?? readProgress(row.progress)) : null,
    error: readError(row.error),
    group: row.group,
    createdAtMs: row.createdAt,
    startedAtMs: row.startedAt,
    finishedAtMs: row.finishedAt,
    retryAtMs: row.state === 'retrying' ? row.runAt : null,
  };
}

/** Stored JSON → value; null when absent or unreadable. */
export function readJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The stored reason of a failure; null when absent or unreadable. */
export function readError(text: string | null): AppErrorData | null {
  const parsed = storedErrorSchema.safeParse(readJson(text));
  if (!parsed.success) return null;
  const { details, ...rest } = parsed.data;
  return details === undefined ? rest : { ...rest, details };
}

function readProgress(text: string | null): JobProgress | null {
  const parsed = storedProgressSchema.safeParse(readJson(text));
  return parsed.success ? parsed.data : null;
}
