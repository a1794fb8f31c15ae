import type { Clock } from '#main/platform/clock/index.ts';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import type { ProcessEnd, RunningProcess } from './spawn.ts';

/** Waits for the end, for the signal, for the time limit, or for the reader of stdout to fail; the latter three kill. */
export async function waitForEnd(
  running: RunningProcess,
  clock: Clock,
  options: { signal?: AbortSignal | undefined; timeoutMs?: number | undefined },
  reading: Promise<void>,
): Promise<ProcessEnd> {
  let stop = (_error: unknown) => {};
  const stopped = new Promise<{ error: unknown }>((resolve) => {
    stop = (error) => resolve({ error });
  });
  const onAbort = () => stop(cancelledError());
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted === true) onAbort();
  const clearTimer =
    options.timeoutMs === undefined
      ? () => {}
      : clock.after(options.timeoutMs, () => stop(timedOut(options.timeoutMs)));
  reading.catch(stop);
  try {
    const first = await Promise.race([stopped, running.ended]);
    if (!('error' in first)) {
      await reading;
      return first;
    }
    await running.kill();
    throw first.error;
  } finally {
    clearTimer();
    options.signal?.removeEventListener('abort', onAbort);
  }
}

function timedOut(timeoutMs: number | undefined): AppError {
  return new AppError('timed-out', 'This took too long and was stopped. Please try again.', {
    message: `timed out after ${timeoutMs} ms`,
    retry: 'retry',
  });
}
