import { StreamBuffer } from './stream-buffer.ts';
import type { Events, StreamOptions } from './types.ts';

type Listener = (value: never) => void;

/** The bus behind `createEvents`. */
export class Listeners<EventMap extends object> implements Events<EventMap> {
  readonly #listeners = new Map<keyof EventMap, Set<Listener>>();
  readonly #streams = new Set<{ end(): void }>();
  readonly #onListenerError: (error: unknown) => void;

  constructor(onListenerError: (error: unknown) => void) {
    this.#onListenerError = onListenerError;
  }

  emit<Name extends keyof EventMap>(name: Name, value: EventMap[Name]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        (listener as (value: EventMap[Name]) => void)(value);
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }

  on<Name extends keyof EventMap>(name: Name, listener: (value: EventMap[Name]) => void): () => void {
    // One wrapper per subscription, so that the same function may listen twice.
    const own: Listener = (value) => listener(value);
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(own));
    return () => void listeners.delete(own);
  }

  hasListeners(name: keyof EventMap): boolean {
    return (this.#listeners.get(name)?.size ?? 0) > 0;
  }

  stream<Name extends keyof EventMap>(
    name: Name,
    signal?: AbortSignal,
    options: StreamOptions<EventMap[Name]> = {},
  ): AsyncGenerator<EventMap[Name], void, void> {
    const buffer = new StreamBuffer<EventMap[Name]>(options.limit ?? 1000, options.coalesceBy);
    const stop = this.on(name, (value) => buffer.push(value));
    const end = () => buffer.end();
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end, { once: true });
    this.#streams.add(buffer);
    return buffer.read(() => {
      stop();
      this.#streams.delete(buffer);
      signal?.removeEventListener('abort', end);
    });
  }

  dispose(): void {
    this.#listeners.clear();
    for (const stream of this.#streams) stream.end();
    this.#streams.clear();
  }
}
