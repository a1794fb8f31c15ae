import { Listeners } from './listeners.ts';
import type { Events } from './types.ts';

/** Creates an event bus. `onListenerError` hears what listeners throw; without it such errors surface as uncaught. */
export function createEvents<EventMap extends object>(
  options: { onListenerError?: (error: unknown) => void } = {},
): Events<EventMap> {
  return new Listeners<EventMap>(options.onListenerError ?? throwLater);
}

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
