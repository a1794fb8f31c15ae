import type { Clock } from '#main/platform/clock/index.ts';
import type { Events } from '#main/platform/events/index.ts';
import type { EngineEvent } from '#shared/contract/index.ts';
import type { EngineEventMap } from './types.ts';

/** How long events gather before a reader gets them: one frame of a screen and a bit. */
const gatherMs = 40;
/** More ids than this in one event are "many": the reader asks for what it shows. */
const maxIds = 500;
/** More jobs than this in one event make the reader ask anew as well. */
const maxJobs = 500;

/**
 * The engine's events for one reader until the signal aborts. What happens while the reader is busy is merged: one
 * event per thing, with its newest state. A reader so slow that even merged events pile up gets `resync`.
 */
export async function* eventFeed(
  events: Events<EngineEventMap>,
  clock: Clock,
  signal: AbortSignal,
  maxPending = 1000,
): AsyncGenerator<EngineEvent, void, void> {
  let pending = new Map<string, EngineEvent>();
  let wake: (() => void) | null = null;
  const stop = events.on('event', (event) => {
    const key = keyOf(event);
    const before = pending.get(key);
    pending.set(key, before ? merge(before, event) : event);
    if (pending.size > maxPending) pending = new Map([['resync', { type: 'resync' }]]);
    wake?.();
  });
  const onAbort = () => wake?.();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    while (!signal.aborted) {
      if (pending.size === 0) await new Promise<void>((resolve) => (wake = resolve));
      wake = null;
      if (signal.aborted) return;
      await clock.sleep(gatherMs, signal).catch(() => undefined);
      const batch = pending;
      pending = new Map();
      for (const event of batch.values()) {
        if (signal.aborted) return;
        yield event;
      }
    }
  } finally {
    stop();
    signal.removeEventListener('abort', onAbort);
  }
}

function keyOf(event: EngineEvent): string {
  switch (event.type) {
    case 'import-changed':
      return `import:${event.import.id}`;
    case 'project-changed':
      return `project:${event.id}`;
    case 'exports-changed':
      return `exports:${event.batchId ?? ''}`;
    default:
      return event.type;
  }
}

function merge(before: EngineEvent, after: EngineEvent): EngineEvent {
  if (before.type === 'assets-changed' && after.type === 'assets-changed') {
    if (before.ids === null || after.ids === null) return { type: 'assets-changed', ids: null };
    const ids = [...new Set([...before.ids, ...after.ids])];
    return { type: 'assets-changed', ids: ids.length > maxIds ? null : ids };
  }
  if (before.type === 'jobs-changed' && after.type === 'jobs-changed') {
    const jobs = new Map([...before.jobs, ...after.jobs].map((job) => [job.id, job]));
    if (jobs.size > maxJobs)
      return { type: 'jobs-changed', jobs: [...jobs.values()].slice(-maxJobs), counts: after.counts };
    return { type: 'jobs-changed', jobs: [...jobs.values()], counts: after.counts };
  }
  return after;
}
