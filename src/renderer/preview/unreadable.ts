const listeners = new Set<() => void>();

/** Hears that some media could not be read, whatever the reason: its file may have gone. The answer ends it. */
export function onUnreadable(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Says that some media could not be read. */
export function tellUnreadable(): void {
  for (const tell of [...listeners]) tell();
}
