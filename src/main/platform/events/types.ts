/** How {@link Events.stream} behaves when its reader is slower than the events. */
export interface StreamOptions<Value> {
  /** Most values kept for a slow reader; the oldest are dropped beyond it. Default 1000. */
  limit?: number;
  /** Values with the same key replace each other in the buffer, keeping the place of the first. */
  coalesceBy?: (value: Value) => string;
}

/** A small typed event bus: events announce what happened, they never ask for anything. */
export interface Events<EventMap extends object> {
  /** Tells every listener, in order of subscription; a listener that throws does not stop the others. */
  emit<Name extends keyof EventMap>(name: Name, value: EventMap[Name]): void;
  /** Listens until the returned function is called. */
  on<Name extends keyof EventMap>(name: Name, listener: (value: EventMap[Name]) => void): () => void;
  /** True while someone listens; saves the work of building an event nobody hears. */
  hasListeners(name: keyof EventMap): boolean;
  /** The events from now on, until the signal aborts (then it ends, without throwing) or the bus is disposed. */
  stream<Name extends keyof EventMap>(
    name: Name,
    signal?: AbortSignal,
    options?: StreamOptions<EventMap[Name]>,
  ): AsyncGenerator<EventMap[Name], void, void>;
  /** Forgets all listeners and ends all streams. */
  dispose(): void;
}
