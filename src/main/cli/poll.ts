import { setTimeout as delay } from 'node:timers/promises';
import { cancelledError } from '#shared/errors/index.ts';

/** Looks again and again until `look` says true. Throws `cancelled` when the signal aborts. */
export async function pollUntil(look: () => Promise<boolean>, everyMs: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    if (signal.aborted) throw cancelledError();
    if (await look()) return;
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
