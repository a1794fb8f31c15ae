import { useEffect } from 'react';
import { type EngineClient, useEngine } from '../../engine/index.ts';

/** Shortest time between two looks that nobody asked for: longer while nothing is missing. */
const everyMs = 60_000;
const whileMissingMs = 5_000;
/** While something is missing, it is looked for this often without anybody doing anything. */
const againMs = 30_000;

let lookedAtMs = Number.NEGATIVE_INFINITY;
let lastMissing = 0;

async function look(engine: EngineClient, signal: AbortSignal): Promise<void> {
  const pauseMs = lastMissing > 0 ? whileMissingMs : everyMs;
  if (document.hidden || performance.now() - lookedAtMs < pauseMs) return;
  lookedAtMs = performance.now();
  try {
    lastMissing = (await engine.library.checkMissing(undefined, { signal })).missing;
  } catch {
    // Nobody asked for it: a failure is not worth a message.
  }
}

/**
 * Looks which files are still there whenever the window comes back (at most once a minute), and keeps looking while some
 * are missing: what is put back is found without anybody asking. Once, at the top of the page.
 */
export function useLookForMissing(): void {
  const engine = useEngine();
  useEffect(() => {
    const abort = new AbortController();
    const onFocus = () => void look(engine, abort.signal);
    const timer = setInterval(() => void (lastMissing > 0 && look(engine, abort.signal)), againMs);
    window.addEventListener('focus', onFocus);
    return () => {
      window.removeEventListener('focus', onFocus);
      clearInterval(timer);
      abort.abort();
    };
  }, [engine]);
}

/** Looks as soon as a page opens that is about the files; at once when missing ones are what it was opened for. */
export function useLookNow(isAskedFor: boolean): void {
  const engine = useEngine();
  useEffect(() => {
    if (isAskedFor) lookedAtMs = Number.NEGATIVE_INFINITY;
    const abort = new AbortController();
    void look(engine, abort.signal);
    return () => abort.abort();
  }, [engine, isAskedFor]);
}
