import { AppError, type AppErrorData, type ErrorCode, isCancelled, toAppError } from '#shared/errors/index.ts';
import type { JobId } from '#shared/model/index.ts';
import type { Backoff } from './types.ts';

/** How an attempt ended. `released`: put back without counting it. `lost`: another process owns the job now. */
export type Outcome =
  | { kind: 'succeeded'; resultJson: string | null }
  | { kind: 'retry'; error: AppErrorData; delayMs: number }
  | { kind: 'failed'; error: AppErrorData }
  | { kind: 'cancelled' }
  | { kind: 'released' }
  | { kind: 'lost' };

/** Why a running job was told to stop. */
export type StopReason = 'cancel' | 'shutdown' | 'lost';

/** Pauses between attempts unless a definition says otherwise. */
export const defaultBackoff: Backoff = { firstMs: 1_000, factor: 4, maxMs: 60_000 };

/** Failures that may go away by themselves; all others need a person and are not tried again. */
const transientCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'internal',
  'ffmpeg-crashed',
  'timed-out',
  'not-connected',
]);

/** True if trying again may help. */
export function isTransient(code: ErrorCode): boolean {
  return transientCodes.has(code);
}

/** The pause before attempt `attempt + 1`; `random` is 0..1. */
export function backoffDelayMs(backoff: Backoff, attempt: number, random: number): number {
  const delayMs = Math.min(backoff.maxMs, backoff.firstMs * backoff.factor ** Math.max(0, attempt - 1));
  return Math.round(delayMs * (0.8 + 0.4 * random));
}

/** Decides what a thrown error means for the job. */
export function judgeFailure(
  thrown: unknown,
  stop: StopReason | null,
  job: { attempt: number; maxAttempts: number; backoff: Backoff; random: number },
): Outcome {
  if (stop === 'lost') return { kind: 'lost' };
  if (stop === 'cancel') return { kind: 'cancelled' };
  if (stop === 'shutdown') return { kind: 'released' };
  if (isCancelled(thrown)) return { kind: 'cancelled' };
  const error = toAppError(thrown).toData();
  if (!isTransient(error.code) || job.attempt >= job.maxAttempts) return { kind: 'failed', error };
  return { kind: 'retry', error, delayMs: backoffDelayMs(job.backoff, job.attempt, job.random) };
}

/** The error of a job that could not start because one it depends on failed. */
export function blockedError(dependency: { id: JobId; title: string }, cause: AppErrorData | null): AppErrorData {
  const because = cause === null ? '' : ` ${cause.userMessage}`;
  return new AppError('job-failed', `"${dependency.title}" has to be done first, and it failed.${because}`, {
    message: `dependency ${dependency.id} failed${cause === null ? '' : `: ${cause.code}`}`,
    retry: 'retry',
    details: { dependency: dependency.id, cause: cause?.code ?? null },
  }).toData();
}

/** The error of a job that was running each time the engine died. */
export function interruptedError(interruptions: number): AppErrorData {
  const text = `Spotloom stopped unexpectedly ${interruptions} times while doing this, so it was given up. Try it alone.`;
  return new AppError('job-failed', text, { retry: 'retry', details: { interruptions } }).toData();
}
