import { isCancelled } from '#shared/errors/index.ts';
import type { Log } from './types.ts';

/** Starts something nobody waits for; the only place where a promise may float. What it throws is logged. */
export function runInBackground(name: string, task: () => Promise<unknown>, log: Log): void {
  // The extra step makes a task that throws at once behave like one that throws later.
  Promise.resolve()
    .then(task)
    .catch((error: unknown) => {
      if (isCancelled(error)) log.debug(`${name} was cancelled`);
      else log.error(`${name} failed`, { error });
    });
}
